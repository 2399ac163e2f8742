"""The objects of lines that fields of type `sub_table` declare.

*How it works*: there is no row for such an object: while a schema is built, every sub-table field gets
one, with the fields that a standard object declares for it (`ObjectDef.lines`: those stay, and can be renamed,
hidden and made required like any standard field) and those that were added under its key. Put the field away
and its lines are out of sight; bring it back and they are there.

*Rules*: a line belongs to its record (`parent`): whoever may see or change the record may see or change
the line. Lines have no owner of their own, no pages, and are not found by searching.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from guanxi.engine.schema.definitions import BASIC, FieldDef, LineOf, ObjectDef, Section
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.registry import field, system_fields
from guanxi.kit.text import Text

TABLE = "custom_record"
PARENT = "parent"
POSITION = "position"
MAX_LINES = 500


def line_object(
    obj: ObjectDef, f: FieldDef, made: Iterable[FieldDef], changed: Mapping[str, FieldDef]
) -> ObjectDef:
    """The object of the lines of `f`; `made` are its own fields, `changed` the fixed ones that were changed."""
    key = line_key(obj.key, f.key)
    declared = {item.key: changed.get(item.key, item) for item in (*fixed_fields(obj, f), *made, *_kept())}
    return ObjectDef(
        key=key,
        label=Text(f"{obj.label.zh} · {f.label.zh}", f"{obj.label.en} · {f.label.en}"),
        label_plural=Text(f"{obj.label.zh} · {f.label.zh}", f"{obj.label.en} · {f.label.en}"),
        table=TABLE,
        discriminator=key,
        fields=declared,
        icon="list",
        group="lines",
        position=1000,
        sections=(BASIC, Section("system", Text("系统信息", "System"))),
        parents=(PARENT,),
        shared=obj.shared,
        seen_by=obj.seen_by,
        custom=True,
        timeline=False,
        default_sort=POSITION,
        line_of=LineOf(obj.key, f.key),
    )


def fixed_fields(obj: ObjectDef, f: FieldDef) -> list[FieldDef]:
    """What every line of `f` has: what it is called, its record, its place, and what its object declares."""
    declared = {} if f.custom else {item.key: item for item in obj.lines.get(f.key, ())}
    every = [
        field("name", "text", Text("名称", "Item"), in_list=True, position=1),
        field(PARENT, "link", obj.label, target=obj.key, required=True, position=2),
        field(POSITION, "number", Text("序号", "Position"), config={"min": 0}, in_create=False, position=3),
    ]
    return [*(declared.pop(item.key, item) for item in every), *declared.values()]


def _kept() -> list[FieldDef]:
    return [replace(f, hidden=True) if f.key == "owner" else f for f in system_fields()]
