"""`lookup`: a field of a linked record, shown here.

*How it works*: `config.path` leads over at most three links to a field (`customer.industry`). The field
settles to the type of what it leads to, and compiles to the very joins that the path makes in a filter.

*Rules*: read-only, nothing is stored. What leads to a record that the actor may not see is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_seams import Scope
from guanxi.engine.schema.field_types.base import FieldType, Refusal
from guanxi.engine.schema.field_types.text import TextFieldType
from guanxi.engine.schema.settling import check_ring, walk
from guanxi.kit.errors import Invalid
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

NEEDS_PATH = Text(
    "请选择要引用的字段，例如 customer.industry。", "Choose the field to show, such as customer.industry."
)
NEEDS_LINK = Text("引用字段要经过至少一个关联。", "A lookup goes through at least one link.")
NOT_SHOWN = Text(
    "「{field}」这种字段不能引用。", "The field “{field}” is of a type that cannot be looked up."
)
UNKNOWN_CONFIG = Text("没有「{name}」这个设置。", "There is no setting “{name}”.")
MAX_PATH = 200


@dataclass(frozen=True, slots=True)
class PathValue:
    """The value at a path."""

    path: str
    column_type: str

    @property
    def inputs(self) -> frozenset[str]:
        """The path."""
        return frozenset({self.path})

    def compile(self, scope: Scope) -> Sql:
        """The value; NULL where the actor may not read a field on the way."""
        try:
            return scope.value(self.path)[1]
        except Invalid:
            return Sql(f"NULL::{self.column_type}")


@dataclass(frozen=True, slots=True)
class Nothing:
    """What a derived field gives whose parts are gone: nothing."""

    @property
    def inputs(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def compile(self, scope: Scope) -> Sql:
        """NULL."""
        return Sql("NULL::text")


def known_settings(config: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Refuse settings that the type does not have."""
    for name in config:
        if name not in allowed:
            raise Refusal("unknown_config", UNKNOWN_CONFIG, name=str(name)[:40])


def as_result(f: FieldDef, like: FieldDef, declared: str, **details: Any) -> FieldDef:
    """The derived field `f` as one that holds what `like` holds; its own settings stay in `config`."""
    return replace(
        f,
        type=like.type,
        declared=declared,
        options=like.options,
        options_source=like.options_source,
        target=like.target,
        config={**like.config, **f.config},
        required=False,
        unique=False,
        searchable=False,
        readonly=True,
        in_create=False,
        default=None,
        **details,
    )


def unavailable(f: FieldDef, declared: str) -> FieldDef:
    """The derived field whose parts are gone: an empty text."""
    return as_result(f, replace(f, type=TextFieldType(), options=(), target=None, config={}), declared,
                     computed=Nothing())  # fmt: skip


class LookupFieldType(FieldType):
    """A field of a linked record."""

    type = "lookup"
    label = Text("引用", "Lookup")
    doc = Text(
        "显示关联记录上的字段，只读，随那条记录变化。",
        "A field of a linked record, shown here, read-only.",
    )
    sortable = False
    groupable = False
    measures = frozenset()
    always_readonly = True
    derived = True

    def settle(self, field: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
        """The field as one of the type it leads to."""
        try:
            return self._settled(field, obj, objects)
        except Refusal:
            return unavailable(field, self.type)

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`path`."""
        known_settings(config, frozenset({"path"}))
        path = config.get("path")
        if path is None:
            return {}
        if not isinstance(path, str) or not path or len(path) > MAX_PATH:
            raise Refusal("bad_config", NEEDS_PATH)
        return {"path": path}

    def check_declaration(
        self, config: Mapping[str, Any], key: str, obj: ObjectDef, objects: Mapping[str, ObjectDef]
    ) -> dict[str, Any]:
        """The path leads somewhere, and not back here."""
        checked = self.check_config(config)
        if not checked:
            raise Refusal("bad_config", NEEDS_PATH)
        field = self._settled(FieldDef(key, self, Text(key, key), config=checked), obj, objects)
        check_ring(field, obj, objects)
        return checked

    def _settled(self, field: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
        path = str(field.config.get("path") or "")
        found = walk(obj, path, objects)
        if len(found) < 2:
            raise Refusal("bad_config", NEEDS_LINK)
        last = found[-1][1]
        if last.type.storage != "value" or last.type.references == "file" or last.seal is not None:
            raise Refusal("not_possible", NOT_SHOWN, field=last.key)
        return as_result(field, last, self.type, computed=PathValue(path, last.type.column_type))
