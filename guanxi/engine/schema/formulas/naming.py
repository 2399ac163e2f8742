"""Names of fields in formulas: from what people write to keys, and back to labels.

*How it works*: a stored formula names fields by their keys and options by their values, which never change;
an editor shows labels. Both ways replace only the characters of the names, so that spaces and line breaks
stay as they were written.

*Rules*: a key wins over a label; a label that two fields share has to be written as a key. Hidden fields
do not exist. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.formulas import errors
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.tree import Binary, Call, Node, Part, Ref, Unary, Words, refs
from guanxi.kit.sql import Sql

if TYPE_CHECKING:
    from guanxi.engine.schema.field_types.base import Env

MAX_HOPS = 3
Objects = Mapping[str, ObjectDef]
Change = tuple[int, int, str]
_PLAIN_NAME = re.compile(r"[^\W\d]\w*\Z")
_KEPT_WORDS = frozenset({"and", "or", "not", "并且", "或者", "且", "或", "非", "true", "false", "真", "假"})


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    """A row without data: the fields of an object as they are declared, for checks."""

    object: ObjectDef
    objects: Objects
    env: "Env"

    def value(self, path: str) -> tuple[FieldDef, Sql]:
        """The field at a path of keys; raises KeyError where there is none."""
        return walk(self.object, path.split("."), self.objects)[-1], Sql("NULL")


def walk(obj: ObjectDef, keys: list[str], objects: Objects) -> list[FieldDef]:
    """The fields that a path of keys leads over; raises KeyError where it does not lead on."""
    found: list[FieldDef] = []
    here: ObjectDef | None = obj
    for key in keys:
        if here is None:
            raise KeyError(key)
        field = here.fields[key]
        found.append(field)
        here = entered(field, objects)
    return found


def entered(field: FieldDef, objects: Objects) -> ObjectDef | None:
    """The object that a field leads to, if it leads to one record."""
    if field.type.storage != "value" or field.computed is not None:
        return None
    key = field.target or (field.type.references if field.type.references in ("user", "team") else None)
    return objects.get(key) if key else None


def keyed(node: Node, obj: ObjectDef, objects: Objects) -> Node:
    """The tree with keys for names, each at the place of the name; raises FormulaError."""
    if isinstance(node, Ref):
        return replace(node, parts=_found(node, obj, objects))
    if isinstance(node, Unary):
        return replace(node, operand=keyed(node.operand, obj, objects))
    if isinstance(node, Binary):
        return replace(node, left=keyed(node.left, obj, objects), right=keyed(node.right, obj, objects))
    if isinstance(node, Call):
        return replace(node, args=tuple(keyed(arg, obj, objects) for arg in node.args))
    return node


def stored_text(text: str, node: Node, named: list[tuple[Node, FieldDef, str | None]]) -> str:
    """The formula as it is stored; `node` is its keyed tree, `named` its literals that name options."""
    changes: list[Change] = [(ref.at, ref.length, ref.path) for ref in refs(node)]
    changes += [(at.at, at.length, _quoted(stored)) for at, _, stored in named if stored is not None]
    return _changed(text, changes)


def shown_text(
    text: str, node: Node, named: list[tuple[Node, FieldDef, str | None]], obj: ObjectDef, objects: Objects,
    locale: str,
) -> str:  # fmt: skip
    """A stored formula with labels for keys and for the values of options."""
    changes: list[Change] = [(ref.at, ref.length, _labelled(ref, obj, objects, locale)) for ref in refs(node)]
    for at, field, stored in named:
        option = field.option(stored) if stored else None
        label = option.label.in_(locale) if option else ""
        if isinstance(at, Words) and label and field.options_by_label.get(label.strip().casefold()) == stored:
            changes.append((at.at, at.length, _quoted(label)))
    return _changed(text, changes)


def _changed(text: str, changes: list[Change]) -> str:
    written, end = [], 0
    for at, length, new in sorted(set(changes)):
        if at < end:
            continue  # the same literal was asked about twice
        written += [text[end:at], new]
        end = at + length
    return "".join([*written, text[end:]])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _labelled(ref: Ref, obj: ObjectDef, objects: Objects, locale: str) -> str:
    shown: list[str] = []
    here: ObjectDef | None = obj
    for part in ref.parts:
        field = here.fields.get(part.name) if here else None
        if here is None or field is None:
            return ref.path
        label = field.label.in_(locale).strip()
        known = _by_label(here, label)
        if known != [field] or label in here.fields or re.search(r"[{}｛｝\n]", label):
            shown.append(part.name)
        elif _PLAIN_NAME.match(label) and label.lower() not in _KEPT_WORDS:
            shown.append(label)
        else:
            shown.append("{" + label + "}")
        here = entered(field, objects)
    return ".".join(shown)


def _by_label(obj: ObjectDef, name: str) -> list[FieldDef]:
    wanted = name.strip().casefold()
    return [
        field
        for field in obj.fields.values()
        if not field.hidden
        and wanted in (field.label.zh.strip().casefold(), field.label.en.strip().casefold())
    ]


def _found(ref: Ref, obj: ObjectDef, objects: Objects) -> tuple[Part, ...]:
    parts = list(ref.parts)
    if len(parts) == 1 and parts[0].braced and not _by_label(obj, parts[0].name):
        inner = parts[0]  # {客户.行业}: the braces around the whole path
        parts = [Part(inner.at, inner.length, name.strip(), True) for name in inner.name.split(".")]
    if len(parts) > MAX_HOPS + 1:
        raise FormulaError("path_too_long", errors.TOO_FAR, ref.at, ref.length, max=MAX_HOPS)
    keys: list[Part] = []
    here: ObjectDef | None = obj
    previous = ""
    for part in parts:
        if here is None:
            raise FormulaError("not_a_link", errors.NOT_A_LINK, part.at, part.length, field=previous)
        field = _field(here, part)
        keys.append(replace(part, name=field.key))
        previous, here = part.name, entered(field, objects)
    return tuple(keys)


def _field(obj: ObjectDef, part: Part) -> FieldDef:
    found = obj.fields.get(part.name)
    if found is not None and not found.hidden:
        return found
    labelled = _by_label(obj, part.name)
    if len(labelled) == 1:
        return labelled[0]
    values: dict[str, object] = {"object": obj.label, "field": part.name[:60]}
    if labelled:
        keys = "、".join(field.key for field in labelled)
        raise FormulaError(
            "ambiguous_field", errors.AMBIGUOUS_FIELD, part.at, part.length, keys=keys, **values
        )
    names = {name for f in obj.fields.values() if not f.hidden for name in (f.key, f.label.zh, f.label.en)}
    near = next(iter(get_close_matches(part.name, sorted(names), 1, 0.6)), None)
    text = errors.UNKNOWN_FIELD_NEAR if near else errors.UNKNOWN_FIELD
    raise FormulaError("unknown_field", text, part.at, part.length, near=near, **values)
