"""`sub_table`: lines inside a record: the parts of a repair, the items of a quote.

*How it works*: the field itself stores nothing. Declaring it makes an object of lines
(`<object>_<field>`, schema/lines.py) whose fields are added like any object's; a line links to its record
by `parent` and stands at `position`. The record's API takes and gives the lines under the field's key.

*Rules*: in a journal the field's value is a summary of what happened to the lines, `{"created": 2 …}`.

*See*: records/store/lines.py.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.rules import KEY, KEY_TAKEN
from guanxi.kit.text import Text

TOO_LONG = Text(
    "对象和字段的标识合起来最多 39 个字符。",
    "The keys of the object and the field have at most 39 characters together.",
)
NOT_IN_LINES = Text("明细里不能再有明细。", "Lines have no lines of their own.")
NOT_READ = Text("明细要作为记录的一部分写入。", "Lines are written as part of their record.")
_SAID = {
    "created": Text("新增 {count} 行", "{count} added"),
    "updated": Text("修改 {count} 行", "{count} changed"),
    "deleted": Text("删除 {count} 行", "{count} removed"),
    "restored": Text("恢复 {count} 行", "{count} restored"),
    "moved": Text("调整顺序 {count} 行", "{count} moved"),
}


def line_key(object_key: str, field_key: str) -> str:
    """The key of the object of lines that a field declares."""
    return f"{object_key}_{field_key}"


class SubTableFieldType(FieldType):
    """Lines inside a record."""

    type = "sub_table"
    label = Text("明细", "Line items")
    doc = Text(
        "记录里的多行明细，有自己的字段，可合计。",
        "Lines inside the record, with fields of their own and totals.",
    )
    storage = "none"
    column_type = "jsonb"
    as_json_value = True
    sortable = False
    groupable = False
    measures = frozenset()
    holds_lines = True

    def settle(self, field: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
        """The field with its object of lines as `target`."""
        key = line_key(obj.key, field.key)
        return field if field.target == key else replace(field, target=key, required=False, in_list=False)

    def parse(self, value: Any, field: FieldDef, env: Env) -> Any:
        """Lines are read by the write door, never as one value."""
        raise Refusal("readonly_field", NOT_READ)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """What happened to the lines, of a journal's summary; the number of lines, of lines."""
        if isinstance(value, list):
            return Text("{count} 行", "{count} lines").in_(env.locale, count=len(value))
        said = [
            _SAID[key].in_(env.locale, count=count) for key, count in (value or {}).items() if key in _SAID
        ]
        return Text("，", ", ").in_(env.locale).join(said)

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: lines are no part of the record's own words."""
        return ""

    def check_declaration(
        self, config: Mapping[str, Any], key: str, obj: ObjectDef, objects: Mapping[str, ObjectDef]
    ) -> dict[str, Any]:
        """The object of lines can have its key."""
        made = line_key(obj.key, key)
        if obj.line_of is not None:
            raise Refusal("not_possible", NOT_IN_LINES)
        if not KEY.fullmatch(made):
            raise Refusal("bad_key", TOO_LONG)
        holder = objects.get(made)
        if holder is not None and (holder.line_of is None or holder.line_of != (obj.key, key)):
            raise Refusal("key_taken", KEY_TAKEN, key=made)
        return self.check_config(config)
