"""What aggregates of a field go over: amounts of records in several currencies count in the workspace's.

*How it works*: where an object says which field has a record's rate (`ObjectDef.rate_field`), an amount in another
currency than the workspace's is taken times that rate, rounded to the workspace's minor unit record by record, as
the record's own total in it is. An amount whose record has no rate counts as none.

*Rules*: sums, averages and extremes only; lists, filters and sorts see the amount as it is written.
"""

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
