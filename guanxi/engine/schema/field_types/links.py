"""`links`: any number of other records."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.link import LINK_LOST, parse_reference
from guanxi.engine.schema.field_types.many_values import parse_list
from guanxi.engine.schema.field_types.operators import NEEDS_LIST, Operator, nothing, offered
from guanxi.kit.sql import TRUE, Sql, all_of, sql
from guanxi.kit.text import Text

MAX_ALL = 50


def _ids(limit: int) -> Callable[[Any, FieldDef, Env], list[uuid.UUID]]:
    def operand(value: Any, field: FieldDef, env: Env) -> list[uuid.UUID]:
        given = value if isinstance(value, list) else [value]
        if not given or len(given) > limit:
            raise Refusal("wrong_type", NEEDS_LIST, max=limit)
        found = [parse_reference(item) for item in given]
        if None in found:
            raise Refusal("wrong_type", NEEDS_LIST, max=limit)
        return [item for item in found if item is not None]

    return operand


def _exists(field: FieldDef, source: Source, target: Sql = TRUE) -> Sql:
    """A link of this field from the row of `source` whose target fits; an index serves it from both ends."""
    return sql(
        "EXISTS (SELECT 1 FROM record_link l WHERE l.workspace_id = {} AND l.object_key = {} "
        "AND l.field_key = {} AND l.source_id = {} AND {})",
        Sql(f"{source.alias}.workspace_id"), source.object_key, field.key, Sql(f"{source.alias}.id"), target,
    )  # fmt: skip


def _has_any(field: FieldDef, source: Source, operand: list[uuid.UUID], env: Env) -> Sql:
    return _exists(field, source, Sql("l.target_id = ANY(%s::uuid[])", (operand,)))


def _has_all(field: FieldDef, source: Source, operand: list[uuid.UUID], env: Env) -> Sql:
    return all_of(_exists(field, source, Sql("l.target_id = %s::uuid", (item,))) for item in operand)


def _has_none(field: FieldDef, source: Source, operand: list[uuid.UUID], env: Env) -> Sql:
    return sql("NOT {}", _has_any(field, source, operand, env))


def _empty(field: FieldDef, source: Source, operand: None, env: Env) -> Sql:
    return sql("NOT {}", _exists(field, source))


def _not_empty(field: FieldDef, source: Source, operand: None, env: Env) -> Sql:
    return _exists(field, source)


class LinksFieldType(FieldType):
    """Links to records of `field.target`, kept in the link table in the order given."""

    type = "links"
    label = Text("多条关联", "Links")
    doc = Text("关联到另一个对象的多条记录。", "Links to any number of records of another object.")
    storage = "links"
    column_type = "uuid[]"
    as_json_value = True
    operators = offered(
        Operator("has_any", _ids(1000), _has_any),
        Operator("has_all", _ids(MAX_ALL), _has_all),
        Operator("has_none", _ids(1000), _has_none),
        Operator("is_empty", nothing, _empty),
        Operator("is_not_empty", nothing, _not_empty),
    )
    sortable = False
    groupable = False
    measures = frozenset()
    is_record_link = True
    references = "record"
    refers_to_many = True
    lost_as_text = LINK_LOST
    max_items: ClassVar[int] = 500

    def parse(self, value: Any, field: FieldDef, env: Env) -> list[uuid.UUID] | None:
        """A list of ids or `{"id"}`, each once."""
        return parse_list(value, parse_reference, self.max_items)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """The ids as text (for the journal)."""
        return None if value is None else [str(item) for item in value]

    def load(self, stored: Any, field: FieldDef) -> list[uuid.UUID] | None:
        """The ids."""
        return None if stored is None else [uuid.UUID(str(item)) for item in stored]

    def expression(self, source: Source) -> Sql:
        """There is none: the values are rows of the link table."""
        raise NotImplementedError

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The linked records' titles."""
        titles = [str(item.get("title") or "") for item in value or () if isinstance(item, dict)]
        return Text("、", ", ").in_(env.locale).join(title for title in titles if title)

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: the linked records are found by themselves."""
        return ""
