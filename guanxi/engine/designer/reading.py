"""From a value of one type to a value of another: through the text that people would read and type.

*How it works*: the former field writes a value (`schema/written.py`), the coming one reads it like the cell
of a spreadsheet (`read_cell`). No type knows another. What reads back the same was converted; what reads
differently is `changed`; what the coming field refuses is `lost`.

*Rules*: pure but for nothing: no database here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.field_types.base import EMPTY_CELLS, Env, FieldType, Refusal
from guanxi.engine.schema.written import written
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

Outcome = Literal["kept", "changed", "lost"]
NOTHING_LEFT = Text("读出来是空的。", "It reads as empty.")


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
    if (
        field.seal is not None
        or not field.custom
        or not field.in_row
        or field.type.references == "file"
        or field.declared
    ):
        return []
    return [
        kind
        for kind in field_type_registry
        if kind.can_be_created
        and kind.storage == "value"
        and kind.references is None
        and not kind.always_readonly
        and kind.convertible
        and kind.type != field.type.type
    ]


def convert(former: FieldDef, coming: FieldDef, shown: Any, env: Env) -> Converted:
    """What an API value of the former field becomes in the coming one."""
    text = written(former, shown, env)
    try:
        value = (
            None
            if text.strip().casefold() in EMPTY_CELLS
            else coming.type.read_cell(text.strip(), coming, env)
        )
    except Refusal as refusal:
        return Converted("lost", None, text, reason=refusal.text.in_(env.locale, **refusal.values))
    if value is None:
        return Converted("lost", None, text, reason=NOTHING_LEFT.in_(env.locale))
    stored = loads(dumps(coming.type.dump(value, coming)))
    becomes = written(
        coming, coming.type.to_api(coming.type.load(stored, coming), coming, from_json=True), env
    )
    return Converted("kept" if becomes == text else "changed", stored, text, becomes)


def shown_value(field: FieldDef, stored: Any, titles: Mapping[Any, Mapping[str, Any]]) -> Any:
    """A stored JSON value of a field as the API shows it; `titles` of what it refers to, by id."""
    if stored is None:
        return None
    value = field.type.load(stored, field)
    if field.type.references is not None:
        return titles.get(value)
    return field.type.to_api(value, field, from_json=True)
