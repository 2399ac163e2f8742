"""What aggregates of a field go over: amounts of records in several currencies count in the workspace's.

*How it works*: a `Counted` is a measure as SQL: an aggregate over an expression, over those rows alone that its
condition holds for, or one such divided by another (NULL over nothing). `pieces` are its expressions, so that a
subquery can give them as columns, and `aggregate` puts it together from wherever they stand. Where an object says which field has a record's rate (`ObjectDef.rate_field`), an amount in another
currency than the workspace's is taken times that rate, rounded to the workspace's minor unit record by record, as
the record's own total in it is. An amount whose record has no rate counts as none.

*Rules*: sums, averages and extremes only; lists, filters and sorts see the amount as it is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guanxi.engine.records.query.compile import Resolved
from guanxi.engine.schema.field_types.base import Env, Source
from guanxi.kit.currencies import places
from guanxi.kit.sql import Sql, sql

MONEY = "money"
WORKSPACE = "workspace"
"""The `currency` in the configuration of fields whose amounts are in the workspace's currency anyway."""


def measured(found: Resolved, env: Env) -> Sql:
    """The values that a measure of the field adds up, averages or compares."""
    field, obj = found.field, found.object
    value = field.type.typed_expression(found.source)
    rate = obj.fields.get(obj.rate_field)
    if field.type.type != MONEY or field.config.get("currency") == WORKSPACE or rate is None:
        return value
    alias = found.source.alias
    in_rate = rate.type.typed_expression(Source(alias, rate.column, rate.key, obj.key))
    return sql(
        f"(CASE WHEN coalesce({alias}.currency, {{}}) = {{}} THEN {{}} ELSE round({{}} * {{}}, {{}}) END)",
        env.currency, env.currency, value, value, in_rate, places(env.currency),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure: `op` over `value` (None: the rows themselves) where `where` holds, or a ratio of two such."""

    op: str
    value: Sql | None = None
    where: Sql | None = None
    parts: "tuple[Counted, Counted] | None" = None

    def pieces(self) -> Iterator[Sql | None]:
        """Value and condition of each part, in the order in which `aggregate` takes them."""
        if self.parts is None:
            yield from (self.value, self.where)
            return
        for part in self.parts:
            yield from part.pieces()

    def aggregate(self, pieces: Sequence[Sql | None] | None = None) -> Sql:
        """The aggregate, over its own expressions or over those given in their place."""
        given = list(self.pieces()) if pieces is None else list(pieces)
        if self.parts is None:
            value, where = given
            return _of(self.op, value) + (sql(" FILTER (WHERE {})", where) if where is not None else "")
        of, over = self.parts
        return sql(
            "round(({})::numeric / nullif(({})::numeric, 0), 6)",
            of.aggregate(given[:2]),
            over.aggregate(given[2:]),
        )


def _of(op: str, value: Sql | None) -> Sql:
    if value is None:
        return Sql("count(*)")
    if op == "distinct":
        return sql("count(DISTINCT {})", value)
    if op == "median":
        return sql("percentile_cont(0.5) WITHIN GROUP (ORDER BY ({})::float8)", value)
    return sql(f"{op}({{}})", value)
