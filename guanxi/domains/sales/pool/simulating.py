"""What a rule would do tonight, before it is switched on: how many, whose, which, and how many are warned.

*Rules*: counts are those of the night (finding.py). Needs the area `rules`: it tells of everybody's records.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.pool.finding import plan
from guanxi.domains.sales.pool.rules import RecycleRule
from guanxi.domains.sales.pool.settings import checked_rules
from guanxi.domains.sales.pool.sight import PoolDef
from guanxi.engine.identity.facade import people, require_admin
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

SHOWN = 20
BROKEN = Text("条件已经不适用，请先改好。", "The conditions no longer fit. Put them right first.")


def simulate(ctx: Ctx, pool: PoolDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """`{"due", "warned", "owners": […], "sample": […]}` of a rule, stored or not; raises Forbidden, Invalid."""
    require_admin(ctx, "rules")
    obj = get_schema(ctx).objects[pool.object]
    rule = RecycleRule(**checked_rules(ctx, obj, [given])[0])
    ready = plan(ctx, pool, rule)
    if ready is None:
        raise invalid("rules.0.filter", "broken", BROKEN)
    due = ready.from_due()
    by_owner = select_rows(
        Sql("SELECT r.owner_id, count(*) ") + due + " GROUP BY r.owner_id ORDER BY count(*) DESC, r.owner_id"
    )
    sample = select_rows(
        Sql("SELECT r.id, r.title, r.owner_id, ") + ready.event_day + " " + due
        + f" ORDER BY {ready.kind.event}, r.id LIMIT {SHOWN}"
    )  # fmt: skip
    warned = select_rows(Sql("SELECT count(*) ") + ready.from_warned())[0][0] if rule.warn_days else 0
    names = people(ctx, {row[0] for row in by_owner})
    return {
        "due": sum(count for _, count in by_owner), "warned": warned,
        "owners": [{"person": {"id": i, "name": names.get(i, "")}, "count": count} for i, count in by_owner[:SHOWN]],
        "sample": [
            {"id": record, "title": title, "owner": {"id": owner, "name": names.get(owner, "")}, "since": day}
            for record, title, owner, day in sample
        ],
    }  # fmt: skip
