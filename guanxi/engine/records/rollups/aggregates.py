"""The SQL of rollups: every figure of one object over one link, in one statement for any number of records.

*How it works*: a `Group` holds the rollups of an object that follow the same link of the same other object.
`figures` selects, by record, one JSON value a rollup; `update` writes those that differ into `custom`, and
`differences` lists them. The other object's rows are compiled by the read door's own compiler, as the
program sees them: live, of all owners.

*Rules*: conditions stand in FILTER, so that one pass over the linked rows gives all figures. A rollup that
does not compile any more (an option of its filter was taken away) is left as it is and logged.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from guanxi.engine.records.query.compile import Compiler, RowScope, rows_of, table_of
from guanxi.engine.records.query.measuring import measured
from guanxi.engine.schema.definitions import FieldDef, ObjectDef, Rollup, WorkspaceSchema
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.field_types.number import NumberFieldType
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.errors import Problem
from guanxi.kit.sql import TRUE, Sql, all_of, join, literal, sql

logger = logging.getLogger(__name__)
MAX_JOINED = 500


@dataclass(frozen=True)
class Group:
    """Rollups of `obj` over the records of `other` whose `link` leads to it."""

    obj: ObjectDef
    other: ObjectDef
    link: FieldDef
    rollups: tuple[FieldDef, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The fields it keeps."""
        return frozenset(f.key for f in self.rollups)

    @property
    def reads(self) -> frozenset[str]:
        """The fields of the other object that it depends on, besides the link."""
        return frozenset(key for f in self.rollups if f.rollup for key in f.rollup.reads)


class WholeCompiler(Compiler):
    """A compiler for the program's own figures, which fields that are hidden from people are part of."""

    def _readable(
        self, obj: ObjectDef, key: str, path: str, at: str, scope: RowScope, *, shown: bool = False
    ) -> FieldDef:
        if key in obj.fields:
            return obj.fields[key]
        return super()._readable(obj, key, path, at, scope, shown=shown)


def groups_over(schema: WorkspaceSchema, other: ObjectDef) -> tuple[Group, ...]:
    """The groups that depend on records of `other`."""
    found: dict[tuple[str, str], list[tuple[ObjectDef, FieldDef, Rollup]]] = defaultdict(list)
    for obj, f in schema.rollups_over.get(other.key, ()):
        if f.rollup is not None and f.rollup.link in other.fields:
            found[obj.key, f.rollup.link].append((obj, f, f.rollup))
    return tuple(
        Group(members[0][0], other, other.fields[link], tuple(f for _, f, _ in members))
        for (_, link), members in sorted(found.items())
    )


def groups_of(schema: WorkspaceSchema, obj: ObjectDef) -> tuple[Group, ...]:
    """The groups that `obj` has."""
    others = sorted({f.rollup.object for f in obj.fields.values() if f.rollup is not None})
    return tuple(
        group
        for key in others
        if (other := schema.find(key)) is not None
        for group in groups_over(schema, other)
        if group.obj.key == obj.key
    )


def link_value(link: FieldDef, alias: str, object_key: str) -> Sql:
    """The id that a row's link holds."""
    return link.type.expression(Source(alias, link.column, link.key, object_key))


def shape(ctx: Ctx, group: Group, f: FieldDef, *, as_actor: bool = False) -> Sql:
    """The SQL of a rollup's figure, as the program computes it (or as the actor would); raises Invalid.

    Two of them differ where the figure depends on the moment or on who asks.
    """
    return _value(WholeCompiler(ctx if as_actor else replace(ctx, actor=SYSTEM), group.other), f)


def update(ctx: Ctx, group: Group, ids: Sequence[uuid.UUID]) -> Sql | None:
    """The UPDATE of these records' figures, which returns the ids of those that had others; None: nothing to do."""
    found = _figures(ctx, group, ids)
    if found is None:
        return None
    keys, figures = found
    pieces = [
        Sql(
            f"CASE WHEN a.v{i} IS NULL THEN '{{}}'::jsonb ELSE jsonb_build_object({literal(key).text}, a.v{i}) END"
        )
        for i, key in enumerate(keys)
    ]
    fresh = sql("(q.custom - {}) || ", Sql("%s::text[]", (keys,))) + join(pieces, " || ")
    table = table_of(group.obj)
    return sql(
        f"UPDATE {table} p SET custom = n.custom FROM (SELECT q.id, {{}} AS custom FROM {table} q"
        " LEFT JOIN ({}) a ON a.record = q.id WHERE {} AND q.id = ANY({})) n"
        " WHERE p.id = n.id AND p.workspace_id = {} AND p.custom IS DISTINCT FROM n.custom RETURNING p.id",
        fresh, figures, rows_of(ctx, group.obj, "q"), Sql("%s::uuid[]", (list(ids),)), ctx.workspace.id,
    )  # fmt: skip


def differences(ctx: Ctx, group: Group, ids: Sequence[uuid.UUID]) -> Sql | None:
    """The SELECT of (id, field, kept, true) for every figure of these records that is not what it should be."""
    found = _figures(ctx, group, ids)
    if found is None:
        return None
    keys, figures = found
    rows = join(
        Sql(f"({literal(key).text}, q.custom -> {literal(key).text}, a.v{i})") for i, key in enumerate(keys)
    )
    return sql(
        f"SELECT q.id, x.key, x.kept, x.fresh FROM {table_of(group.obj)} q LEFT JOIN ({{}}) a ON a.record = q.id,"
        " LATERAL (VALUES {}) AS x(key, kept, fresh) WHERE {} AND q.id = ANY({}) AND x.kept IS DISTINCT FROM x.fresh"
        " ORDER BY q.id, x.key",
        figures, rows, rows_of(ctx, group.obj, "q"), Sql("%s::uuid[]", (list(ids),)),
    )  # fmt: skip


def _figures(ctx: Ctx, group: Group, ids: Sequence[uuid.UUID]) -> tuple[list[str], Sql] | None:
    """The keys that compile, and the SELECT of (record, v0, v1 …) for all of `ids`."""
    compiler = WholeCompiler(replace(ctx, actor=SYSTEM), group.other)
    values: dict[str, Sql] = {}
    for f in group.rollups:
        try:
            values[f.key] = _value(compiler, f)
        except Problem:
            logger.warning("The rollup %s.%s does not compile any more", group.obj.key, f.key)
    if not values:
        return None
    link = link_value(group.link, compiler.alias, group.other.key)
    wanted = Sql("%s::uuid[]", (list(ids),))
    columns = join(value + f" AS v{i}" for i, value in enumerate(values.values()))
    linked = sql("SELECT {} AS record, {} {} GROUP BY 1", link, columns,
                 compiler.base(where=sql("{} = ANY({})", link, wanted)))  # fmt: skip
    zeros = group.obj.zeros
    shown = join(
        Sql(f"coalesce(f.v{i}, '0'::jsonb) AS v{i}" if key in zeros else f"f.v{i}")
        for i, key in enumerate(values)
    )
    every = sql("SELECT i.record, {} FROM unnest({}) AS i(record) LEFT JOIN ({}) f ON f.record = i.record",
                shown, wanted, linked)  # fmt: skip
    return list(values), every


def _value(compiler: Compiler, f: FieldDef) -> Sql:
    """One rollup as an aggregate that gives JSON."""
    rollup = f.rollup
    assert rollup is not None
    conditions = [compiler.where(rollup.filter)] if rollup.filter else []
    return _AGGREGATES[rollup.op](compiler, f, rollup, conditions)


def _typed(compiler: Compiler, key: str | None) -> tuple[FieldDef, Sql]:
    found = compiler.resolve(key or "", "config.measure")
    return found.field, found.field.type.typed_expression(found.source)


def _measured(compiler: Compiler, key: str | None) -> tuple[FieldDef, Sql]:
    found = compiler.resolve(key or "", "config.measure")
    return found.field, measured(found, compiler.env)


def _filtered(aggregate: Sql, conditions: Iterable[Sql]) -> Sql:
    where = all_of(conditions)
    return aggregate if where.text == TRUE.text else aggregate + " FILTER (WHERE " + where + ")"


def _count(compiler: Compiler, f: FieldDef, rollup: Rollup, conditions: list[Sql]) -> Sql:
    return sql("to_jsonb({})", _filtered(Sql("count(*)"), conditions))


def _sum(compiler: Compiler, f: FieldDef, rollup: Rollup, conditions: list[Sql]) -> Sql:
    _, value = _measured(compiler, rollup.measure)
    return sql("to_jsonb(coalesce({}, 0))", _filtered(sql("sum({})", value), conditions))


def _avg(compiler: Compiler, f: FieldDef, rollup: Rollup, conditions: list[Sql]) -> Sql:
    _, value = _measured(compiler, rollup.measure)
    places = f.type.places(f) if isinstance(f.type, NumberFieldType) else 0
    return sql(f"to_jsonb(round({{}}, {places}))", _filtered(sql("avg({})", value), conditions))


def _extreme(compiler: Compiler, f: FieldDef, rollup: Rollup, conditions: list[Sql]) -> Sql:
    measure, value = _measured(compiler, rollup.measure)
    return measure.type.json_value(_filtered(sql(f"{rollup.op}({{}})", value), conditions))


def _picked(compiler: Compiler, f: FieldDef, rollup: Rollup, conditions: list[Sql]) -> Sql:
    measure, value = _typed(compiler, rollup.measure)
    there = sql("{} IS NOT NULL", value)
    picked = sql("array_agg({} {})", measure.type.json_value(value), _order(compiler, rollup))
    return sql("({})[1]", _filtered(picked, [*conditions, there]))


def _joined(compiler: Compiler, f: FieldDef, rollup: Rollup, conditions: list[Sql]) -> Sql:
    measure, value = _typed(compiler, rollup.measure)
    text = _said(compiler, measure, value)
    joined = sql("string_agg({}, {} {})", text, rollup.separator, _order(compiler, rollup))
    return sql("to_jsonb(left({}, {}))", _filtered(joined, conditions), MAX_JOINED)


def _said(compiler: Compiler, measure: FieldDef, value: Sql) -> Sql:
    """A value as text: options by their label in the workspace's language, numbers without trailing zeros."""
    if measure.options:
        locale = compiler.ctx.workspace.locale
        values = [option.value for option in measure.options]
        labels = [option.label.in_(locale) for option in measure.options]
        place = sql("array_position({}, {}::text)", Sql("%s::text[]", (values,)), value)
        return sql("({})[{}]", Sql("%s::text[]", (labels,)), place)
    if measure.type.column_type == "numeric":
        return sql("trim_scale({})::text", value)
    return sql("nullif(({})::text, '')", value)


def _order(compiler: Compiler, rollup: Rollup) -> Sql:
    """Empty places come last either way; those alike stand in the order they were made."""
    direction = "DESC" if rollup.op == "last" else "ASC"
    end = Sql(f"{compiler.alias}.id {direction}")
    if rollup.order is None:
        return "ORDER BY " + end
    _, value = _typed(compiler, rollup.order)
    return sql("ORDER BY {} {} NULLS LAST, {}", value, Sql(direction), end)


_AGGREGATES: Mapping[str, Callable[[Compiler, FieldDef, Rollup, list[Sql]], Sql]] = {
    "count": _count,
    "sum": _sum,
    "avg": _avg,
    "min": _extreme,
    "max": _extreme,
    "first": _picked,
    "last": _picked,
    "joined": _joined,
}
