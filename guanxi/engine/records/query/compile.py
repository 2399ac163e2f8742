"""From names to SQL: field paths, joins, filter trees and sort keys of one query.

*How it works*: a `Compiler` stands for one SELECT over one object. `resolve("customer.owner.team")`
walks the path, joins each relation once (LEFT JOIN, with the visibility of the joined object in its ON)
and gives the field with its `Source`; `where` compiles the filter tree; `base` is the FROM and WHERE
that every question over the object shares: live rows of the workspace that the actor may see.

*Rules*: a field the actor may not read does not exist here: the same 422 as a misspelt one. Every hop
checks the rights of the object it enters; a link that leads out of the actor's sight is empty to them. The workspace stands in every predicate besides row-level
security, so that indexes that start with it serve.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from guanxi.engine.access import rights
from guanxi.engine.records.query.spec import Leaf, Node, parse_tree
from guanxi.engine.records.search import matching_records
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env, Refusal, Source
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.sql import TRUE, Sql, all_of, any_of, ident, join, sql
from guanxi.kit.text import Text

MAX_HOPS = 3
_EMPTINESS = ("is_empty", "is_not_empty")
MAX_NESTING = 5
# Every record has an id; it can be filtered by (chosen rows of a list), and is no field of a form.
ID_FIELD = field("id", "link", Text("记录编号", "Record id"), column="id", readonly=True, system=True)
UNKNOWN_FIELD = Text("「{object}」没有字段「{field}」。", "“{object}” has no field “{field}”.")
MASKED_FIELD = Text(
    "「{field}」对你是掩码显示，不能用来筛选、排序或统计。",
    "You see “{field}” masked: it cannot be filtered, sorted, grouped or measured.",
)
UNKNOWN_OPERATOR = Text("字段「{field}」不支持「{op}」。", "The field “{field}” has no operator “{op}”.")
TOO_DEEP = Text("计算字段最多嵌套 {max} 层。", "Computed fields nest at most {max} deep.")
TOO_FAR = Text("路径最多跨 {max} 层关联。", "A path crosses at most {max} relations.")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A field reached by a path: its object, declaration and place in the SELECT."""

    path: str
    object: ObjectDef
    field: FieldDef
    source: Source


@dataclass(frozen=True, slots=True)
class RowScope:
    """A row of the query as computed fields see it (`definitions.Scope`): reached by `prefix`."""

    compiler: "Compiler"
    object: ObjectDef
    alias: str
    prefix: str
    depth: int = 0
    reveals: bool = False
    """True inside a computed field that shows results of fields the actor does not see."""

    @property
    def env(self) -> Env:
        """What field types need of the context."""
        return self.compiler.env

    def value(self, path: str) -> tuple[FieldDef, Sql]:
        """The field at `path` from this row, and its typed value."""
        found = self.compiler.resolve_from(self, path, "field")
        return found.field, found.field.type.typed_expression(found.source)

    def beside(self, table: str) -> str:
        """The alias of the row of `table` with the same id: what the program keeps of a record outside of it."""
        return self.compiler.beside(self, table)


def environment(ctx: Ctx) -> Env:
    """What field types need of the context."""
    actor = ctx.actor
    return Env(
        zone=ctx.workspace.zone,
        now=ctx.now,
        locale=ctx.locale,
        currency=ctx.workspace.currency,
        language=ctx.workspace.locale,
        user_id=actor.user_id,
        team_user_ids=actor.team_user_ids,
        subtree_user_ids=actor.subtree_user_ids,
        team_id=actor.team_id,
        subtree_team_ids=actor.subtree_team_ids,
    )


def table_of(obj: ObjectDef) -> str:
    """The FROM item of an object: its table, or the subquery that stands for it."""
    return obj.table if obj.table.startswith("(") else ident(obj.table)


def rows_of(ctx: Ctx, obj: ObjectDef, alias: str) -> Sql:
    """The predicate of the workspace's rows of `obj` (live or not)."""
    own = sql(f"{alias}.workspace_id = {{}}", ctx.workspace.id)
    return (
        own
        if obj.discriminator is None
        else all_of([own, sql(f"{alias}.object_key = {{}}", obj.discriminator)])
    )


class Compiler:
    """One SELECT over one object, under one context.

    `rows` replaces the object's table: rows of the same columns that are not stored (yet), see drafts.py.
    `verb` is what will be done with the records: `see`, or `export`, which may reach less far. `joins` begins
    the names of joined rows.
    """

    def __init__(
        self,
        ctx: Ctx,
        obj: ObjectDef,
        *,
        alias: str = "r",
        rows: Sql | None = None,
        verb: str = "see",
        joins: str = "j",
    ) -> None:
        self.ctx = ctx
        self.schema = get_schema(ctx)
        self.object = obj
        self.alias = alias
        self.verb = verb
        self.env = environment(ctx)
        self._rows = rows
        self._prefix = joins
        self._joins: dict[str, tuple[str, ObjectDef, Sql]] = {}
        self._readable_fields: dict[str, dict[str, FieldDef]] = {}
        self._judging = False

    @contextmanager
    def judging(self) -> Iterator[None]:
        """What is compiled inside is a rule of the firm: fields that roles keep from the actor count in it too.

        For what is answered by yes or no alone, never for values. Records out of sight stay out of it.
        """
        self._judging = True
        try:
            yield
        finally:
            self._judging = False

    def resolve(self, path: str, at: str, *, shown: bool = False) -> Resolved:
        """The field that `path` leads to; raises Invalid naming `at` when there is none to be seen.

        With `shown`, fields that the actor sees masked are there too: for values that will be masked.
        """
        return self.resolve_from(RowScope(self, self.object, self.alias, ""), path, at, shown=shown)

    def resolve_from(self, scope: "RowScope", path: str, at: str, *, shown: bool = False) -> Resolved:
        """The field that `path` leads to from a row that is part of the query already."""
        steps = path.split(".")
        if len(steps) > MAX_HOPS + 1:
            raise invalid(at, "path_too_long", TOO_FAR, max=MAX_HOPS)
        row = scope
        for step in steps[:-1]:
            link = self._readable(row.object, step, path, at, scope)
            source = self._source(link, row, at)
            prefix = f"{row.prefix}.{step}" if row.prefix else step
            obj, alias = self._join(prefix, link, source, row.object, path, at)
            row = replace(row, object=obj, alias=alias, prefix=prefix)
        found = self._readable(row.object, steps[-1], path, at, scope, shown=shown)
        return Resolved(path, row.object, found, self._source(found, row, at))

    def beside(self, row: RowScope, table: str) -> str:
        """The alias of a table's row that belongs to a row of the query by its id, joined once."""
        prefix = f"{row.prefix}#{table}"
        if prefix not in self._joins:
            joined = f"{self._prefix}{len(self._joins) + 1}"
            own = sql(f"{joined}.id = {row.alias}.id AND {joined}.workspace_id = {{}}", self.ctx.workspace.id)
            self._joins[prefix] = (joined, row.object, Sql(f"LEFT JOIN {ident(table)} {joined} ON ") + own)
        return self._joins[prefix][0]

    def where(self, tree: object, at: str = "filter") -> Sql:
        """The filter tree that stands at `at`, as a predicate; raises Invalid."""
        parsed = parse_tree(tree, at)
        return TRUE if parsed is None else self._node(parsed)

    def marked(self, tree: object, index: int) -> Sql:
        """Whether a row matches the filter tree `marks.index`, as a value; raises Invalid."""
        parsed = parse_tree(tree, f"marks.{index}")
        return sql("({}) IS TRUE", TRUE if parsed is None else self._node(parsed))

    @property
    def has_joins(self) -> bool:
        """True when a path has led to other rows."""
        return bool(self._joins)

    @property
    def joins(self) -> Sql:
        """The rows that paths have led to (ask after every `resolve`)."""
        return join((piece for _, _, piece in self._joins.values()), " ")

    def base(self, *, where: Sql = TRUE, deleted: bool = False, q: str = "") -> Sql:
        """FROM … WHERE … of the rows in question, joins included (call it after every `resolve`)."""
        joins = self.joins
        if self._rows is not None:
            return "FROM " + self._rows + f" {self.alias} " + joins + " WHERE " + where
        conditions = [rows_of(self.ctx, self.object, self.alias)]
        if self.object.record:
            conditions.append(Sql(f"{self.alias}.deleted_at IS {'NOT ' if deleted else ''}NULL"))
        conditions.append(rights.visible(self.ctx, self.schema, self.object, self.alias, self.verb))
        if q:
            conditions.append(matching_records(self.ctx, self.object, q, self.alias))
        conditions.append(where)
        start = Sql(f"FROM {table_of(self.object)} {self.alias} ")
        return start + joins + " WHERE " + all_of(conditions)

    def sort_expression(self, found: Resolved) -> tuple[Sql, bool]:
        """What to order by for a field, and whether it can be NULL.

        Titles sort by pinyin, links by the title of what they lead to, selects in the options' order.
        """
        field, alias = found.field, found.source.alias
        if found.object.record and field.key == found.object.title_field:
            return Sql(f"{alias}.title_sort"), False
        if field.target or field.type.references in ("user", "team"):
            obj, joined = self._join(found.path, field, found.source, found.object, found.path, "sort")
            return Sql(f"{joined}.title_sort" if obj.record else f"{joined}.name"), True
        expression = field.type.expression(found.source)
        if field.type.has_options and field.options:
            order = [option.value for option in field.options]
            return sql("array_position({}, {}::text)", Sql("%s::text[]", (order,)), expression), True
        nullable = field.column not in ("created_at", "updated_at")
        return expression, nullable

    def seen_reference(self, found: Resolved) -> Sql:
        """The id that a link leads to; NULL where that record is gone or hidden from the actor."""
        _, joined = self._join(found.path, found.field, found.source, found.object, found.path, "group")
        return Sql(f"{joined}.id")

    def may_hide(self, found: Resolved) -> bool:
        """True for a link to one record of an object whose records the actor does not all see."""
        f = found.field
        if self._judging or f.type.references != "record" or f.type.storage != "value":
            return False
        target = self.schema.find(f.target) if f.target else None
        return target is not None and not rights.sees_everything(self.ctx, target)

    def _node(self, node: Node | Leaf) -> Sql:
        if isinstance(node, Leaf):
            return self._leaf(node)
        parts = [self._node(part) for part in node.parts]
        if node.kind == "not":
            return sql("({}) IS NOT TRUE", parts[0])
        return all_of(parts) if node.kind == "and" else any_of(parts)

    def _leaf(self, leaf: Leaf) -> Sql:
        found = self.resolve(leaf.path, f"{leaf.at}.field")
        operator = found.field.type.operators.get(leaf.op)
        if operator is None:
            raise invalid(
                f"{leaf.at}.op", "unknown_operator", UNKNOWN_OPERATOR, field=leaf.path, op=leaf.op[:40]
            )
        source = found.source
        if leaf.op in _EMPTINESS and self.may_hide(found):
            source = replace(source, column=None, expression=self.seen_reference(found))
        try:
            return operator.compile(found.field, source, leaf.value, self.env)
        except Refusal as refusal:
            raise invalid(f"{leaf.at}.value", refusal.code, refusal.text, **refusal.values) from refusal

    def _source(self, f: FieldDef, row: RowScope, at: str) -> Source:
        """Where the value of a row's field is, or the expression that computes it."""
        if f.computed is None:
            return Source(row.alias, f.column, f.key, row.object.key)
        if row.depth >= MAX_NESTING:
            raise invalid(at, "nested_too_deep", TOO_DEEP, max=MAX_NESTING)
        inside = replace(row, depth=row.depth + 1, reveals=row.reveals or f.reveals)
        value = f.computed.compile(inside)
        return Source(row.alias, None, f.key, row.object.key, value)

    def _readable(
        self, obj: ObjectDef, key: str, path: str, at: str, scope: "RowScope", *, shown: bool = False
    ) -> FieldDef:
        if key == ID_FIELD.key and obj.record:
            return ID_FIELD
        whole = scope.reveals or self._judging
        found = obj.fields.get(key) if whole else self._fields_of(obj).get(key)
        if found is not None and found.masked and not shown:
            raise invalid(at, "masked_field", MASKED_FIELD, field=path[:100])
        if found is None or (found.hidden and not scope.reveals):
            name = obj.label.in_(self.ctx.locale)
            raise invalid(at, "unknown_field", UNKNOWN_FIELD, object=name, field=path[:100])
        return found

    def _fields_of(self, obj: ObjectDef) -> dict[str, FieldDef]:
        """The fields of an object that exist for the actor, asked once a query."""
        if obj.key not in self._readable_fields:
            self._readable_fields[obj.key] = rights.shown(self.ctx, obj)
        return self._readable_fields[obj.key]

    def _join(
        self, prefix: str, link: FieldDef, source: Source, owner: ObjectDef, path: str, at: str
    ) -> tuple[ObjectDef, str]:
        if prefix in self._joins:
            known, entered, _ = self._joins[prefix]
            return entered, known
        target_key = link.target or (
            link.type.references if link.type.references in ("user", "team") else None
        )
        obj = self.schema.find(target_key) if target_key and link.type.storage == "value" else None
        if obj is None:
            name = owner.label.in_(self.ctx.locale)
            raise invalid(at, "unknown_field", UNKNOWN_FIELD, object=name, field=path[:100])
        joined = f"{self._prefix}{len(self._joins) + 1}"
        conditions = [
            sql(f"{joined}.id = {{}}", link.type.expression(source)),
            rows_of(self.ctx, obj, joined),
        ]
        if obj.record:
            conditions.append(Sql(f"{joined}.deleted_at IS NULL"))
        conditions.append(rights.visible(self.ctx, self.schema, obj, joined))
        piece = Sql(f"LEFT JOIN {table_of(obj)} {joined} ON ") + all_of(conditions)
        self._joins[prefix] = (joined, obj, piece)
        return obj, joined
