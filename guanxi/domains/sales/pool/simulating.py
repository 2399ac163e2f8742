"""What a rule would do tonight, before it is switched on: how many, whose, which, and how many are warned.

*How it works*: the night's own plan (finding.py), read with the eyes of whoever asks. Who sees every record gets the
counts of the night; who sees some, those of what they see (`whole` is false). Where the rule, the pool or the kind go
by what they do not read, nothing is counted: a count would tell of it.

*Rules*: needs the area `rules`.

*See*: docs/adr/0079-two-people.md.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.pool.finding import Plan, plan
from guanxi.domains.sales.pool.kinds import EXEMPT_READS, OPEN_DEALS_READS, RecycleKind
from guanxi.domains.sales.pool.rules import RecycleRule
from guanxi.domains.sales.pool.settings import checked_rules
from guanxi.domains.sales.pool.sight import PoolDef
from guanxi.engine.access import rights
from guanxi.engine.identity.facade import people, require_admin
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

SHOWN = 20
BROKEN = Text("条件已经不适用，请先改好。", "The conditions no longer fit. Put them right first.")


def simulate(ctx: Ctx, pool: PoolDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """`{"due", "warned", "whole", "owners": […], "sample": […]}` of a rule, stored or not.

    `due` and `warned` are null where the rule goes by what the actor does not read. Raises Forbidden, Invalid.
    """
    require_admin(ctx, "rules")
    obj = get_schema(ctx).objects[pool.object]
    rule = RecycleRule(**checked_rules(ctx, obj, [given])[0])
    by_night = plan(ctx, pool, rule)
    if by_night is None:
        raise invalid("rules.0.filter", "broken", BROKEN)
    whole = rights.sees_everything(ctx, obj) and rights.can(ctx, obj, "read")
    ready = plan(ctx, pool, rule, eyes=ctx) if _reads(ctx, obj, pool, by_night.kind) else None
    if ready is None:
        return {"due": None, "warned": None, "whole": whole, "owners": [], "sample": []}
    return {"whole": whole} | _counted(ctx, ready)


def _reads(ctx: Ctx, obj: ObjectDef, pool: PoolDef, kind: RecycleKind) -> bool:
    """True when the actor reads all that a rule of the kind goes by besides its filters, of every record they see."""
    looked = [kind.reads, EXEMPT_READS.get(obj.key, {}), OPEN_DEALS_READS if pool.spare_open_deals else {}]
    for key, fields in ((key, fields) for reads in looked for key, fields in reads.items()):
        other = get_schema(ctx).objects[key] if key else obj
        if not rights.can(ctx, other, "read") or not fields <= rights.readable(ctx, other).keys():
            return False
        if key and not (rights.sees_everything(ctx, other) or _hangs_on(other, obj)):
            return False
    return True


def _hangs_on(other: ObjectDef, obj: ObjectDef) -> bool:
    """True when who sees a record of `obj` sees what of `other` belongs to it."""
    return any(other.fields[key].target == obj.key for key in other.parents)


def _counted(ctx: Ctx, ready: Plan) -> dict[str, Any]:
    due = ready.from_due()
    by_owner = select_rows(
        Sql("SELECT r.owner_id, count(*) ") + due + " GROUP BY r.owner_id ORDER BY count(*) DESC, r.owner_id"
    )
    sample = select_rows(
        Sql("SELECT r.id, r.title, r.owner_id, ") + ready.event_day + " " + due
        + f" ORDER BY {ready.kind.event}, r.id LIMIT {SHOWN}"
    )  # fmt: skip
    warned = select_rows(Sql("SELECT count(*) ") + ready.from_warned())[0][0] if ready.rule.warn_days else 0
    names = people(ctx, {row[0] for row in by_owner})
    return {
        "due": sum(count for _, count in by_owner), "warned": warned,
        "owners": [{"person": {"id": i, "name": names.get(i, "")}, "count": count} for i, count in by_owner[:SHOWN]],
        "sample": [
            {"id": record, "title": title, "owner": {"id": owner, "name": names.get(owner, "")}, "since": day}
            for record, title, owner, day in sample
        ],
    }  # fmt: skip
