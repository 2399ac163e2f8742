"""From a value of one type to a value of another: through the text that people would read and type.

*How it works*: the former field writes a value (`schema/written.py`), the coming one reads it like the cell
of a spreadsheet (`read_cell`), or, where it refers to something, looks up what the text means (meanings.py).
No type knows another. What reads back the same was converted; what reads differently is `changed`; what the
coming field refuses is `lost`. Between two fields that refer to the same kind of thing the ids go over.

*Rules*: no database here: titles and meanings are given.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guanxi.engine.designer.meanings import NOTHING_MEANT, Meanings
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.field_types.base import EMPTY_CELLS, Env, FieldType, Refusal
from guanxi.engine.schema.written import written
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

Outcome = Literal["kept", "changed", "lost"]
NOTHING_LEFT = Text("读出来是空的。", "It reads as empty.")
OUT_OF_SIGHT = Text(
    "它指向的内容已经不在，或者你看不到。", "What it refers to is gone, or out of your sight."
)
ONE_ONLY = Text("只能留下第一个，另外 {count} 个会丢。", "Only the first can stay; {count} more are lost.")
ONLY_TEXT = Text("文件只能变成文字（文件名）。", "Files can only become text (their names).")
UNFIT = Text("「{value}」不是{type}。", "“{value}” does not fit “{type}”.")
SAID = 3


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one value: its JSON form (None when lost), how it reads, and why it was refused."""

    outcome: Outcome
    stored: Any
    text: str
    becomes: str = ""
    reason: str = ""


def targets_of(field: FieldDef) -> list[FieldType]:
    """The types that a custom field's values can be tried to become."""
    return [kind for kind in _other_types(field) if refusal_of(field, kind) is None]


def refused_types(field: FieldDef) -> list[tuple[FieldType, Text]]:
    """The types that people may look for and that no value of the field can become, each with why."""
    refused = [(kind, refusal_of(field, kind)) for kind in _other_types(field)]
    return [(kind, why) for kind, why in refused if why is not None]


def refusal_of(field: FieldDef, kind: FieldType) -> Text | None:
    """Why values of the field cannot become ones of the type; None where that can be tried."""
    if field.type.references == kind.references:
        return None
    return ONLY_TEXT if field.type.no_text is not None and kind.references is not None else kind.no_text


def _other_types(field: FieldDef) -> list[FieldType]:
    keeps_values = field.in_row or field.type.storage == "links"
    if field.seal is not None or not field.custom or not keeps_values or field.declared:
        return []
    return [
        kind
        for kind in field_type_registry
        if kind.can_be_created
        and kind.storage != "none"
        and not kind.always_readonly
        and kind.convertible
        and kind.type != field.type.type
    ]


def convert(
    former: FieldDef, coming: FieldDef, shown: Any, env: Env, meant: Meanings = NOTHING_MEANT
) -> Converted:
    """What an API value of the former field becomes in the coming one; `meant`: what texts mean there."""
    text = written(former, shown, env)
    if coming.type.references is not None:
        return _referring(former, coming, shown, text, env, meant)
    try:
        value = (
            None
            if text.strip().casefold() in EMPTY_CELLS
            else coming.type.read_cell(text.strip(), coming, env)
        )
    except Refusal as refusal:
        return Converted("lost", None, text, reason=refusal.text.in_(env.locale, **refusal.values))
    if value is None:
        gone = OUT_OF_SIGHT if former.type.references is not None and not text else NOTHING_LEFT
        return Converted("lost", None, text, reason=gone.in_(env.locale))
    stored = loads(dumps(coming.type.dump(value, coming)))
    becomes = written(
        coming, coming.type.to_api(coming.type.load(stored, coming), coming, from_json=True), env
    )
    return Converted("kept" if becomes == text else "changed", stored, text, becomes)


def _referring(
    former: FieldDef, coming: FieldDef, shown: Any, text: str, env: Env, meant: Meanings
) -> Converted:
    many = coming.type.refers_to_many
    faults: list[tuple[Text, dict[str, object]]] = []
    if former.type.references == coming.type.references and former.target == coming.target:
        things = [thing for thing in (shown if isinstance(shown, list) else [shown]) if thing]
    elif text.strip().casefold() in EMPTY_CELLS:
        things = []
    else:
        ids, faults = meant.read(text.strip(), many=many)
        things = [{"id": str(i), "title": meant.names[i], "name": meant.names[i]} for i in ids]
    unfit = [thing for thing in things if coming.type.accept and thing.get("type") not in coming.type.accept]
    faults += [(UNFIT, {"value": thing["name"], "type": coming.type.label}) for thing in unfit]
    things = [thing for thing in things if thing not in unfit]
    if not many and len(things) > 1:
        faults = [*faults, (ONE_ONLY, {"count": len(things) - 1})]
        things = things[:1]
    reason = "；".join(said.in_(env.locale, **values) for said, values in faults[:SAID])
    if not things:
        gone = OUT_OF_SIGHT if former.type.references is not None and not text else NOTHING_LEFT
        return Converted("lost", None, text, reason=reason or gone.in_(env.locale))
    ids = [uuid.UUID(thing["id"]) for thing in things]
    stored = loads(dumps(coming.type.dump(ids if many else ids[0], coming)))
    becomes = written(coming, things if many else things[0], env)
    return Converted("kept" if becomes == text and not faults else "changed", stored, text, becomes, reason)


def shown_value(field: FieldDef, stored: Any, titles: Mapping[Any, Mapping[str, Any]]) -> Any:
    """A stored JSON value of a field as the API shows it; `titles` of what it refers to, by id."""
    if stored is None:
        return None
    value = field.type.load(stored, field)
    if field.type.references is not None:
        found = [titles.get(i) or {"id": str(i), "title": "", "name": ""}
                 for i in (value if field.type.refers_to_many else [value])]  # fmt: skip
        return found if field.type.refers_to_many else found[0]
    return field.type.to_api(value, field, from_json=True)
