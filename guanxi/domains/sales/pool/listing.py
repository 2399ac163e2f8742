"""What members see of a pool: how much they may still claim, and its records, newest first.

*How it works*: the list is read with the program's eyes over the records of this one pool, and shows of each what
the member's role lets them read, less what the pool hides: hidden fields are there as masks (138****4519). It
has no filter and no sort but its own, and searches in the title alone, so that no mask can be looked behind.

*Rules*: fields that lead to other records, and what is computed from others, are not in the list.
"""

from dataclasses import replace
from typing import Any

from guanxi.domains.sales.pool.claiming import used_of
from guanxi.domains.sales.pool.rules import CAPS, room
from guanxi.domains.sales.pool.sight import PoolDef, pools_of
from guanxi.engine.access import rights
from guanxi.engine.records.query.read import count_matching, fetch_page
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, system_ctx

PAGE = 50
ALWAYS = ("pooled_at", "pool_reason", "pool_note", "previous_owner")


def list_pools(ctx: Ctx) -> list[dict[str, Any]]:
    """The pools that are open to the actor, in their order."""
    found = []
    for pool in pools_of(ctx):
        obj = get_schema(ctx).find(pool.object)
        if obj is not None and rights.can(ctx, obj, "read") and (pool.open_to(ctx) or pool.may_manage(ctx)):
            found.append(brief(ctx, pool))
    return found


def brief(ctx: Ctx, pool: PoolDef) -> dict[str, Any]:
    """A pool as its members know it."""
    manages = pool.may_manage(ctx)
    return {
        "key": pool.key, "name": pool.name.as_dict(), "object": pool.object, "manages": manages,
        "claimable": pool.open_to(ctx) and (pool.claimable or pool.open_to(ctx, managing=True)),
        "sets_up": ctx.actor.may("rules"),
    }  # fmt: skip


def show_pool(ctx: Ctx, pool: PoolDef) -> dict[str, Any]:
    """A pool with the number of its records and what is left of the actor's limits."""
    obj = rights.get_object(ctx, pool.object)
    used = used_of(ctx, pool, obj)
    spent = (used.claimed, used.held, used.team_claimed, used.team_held)
    left, limit = room(
        pool.limits, claimed=used.claimed, held=used.held, team_claimed=used.team_claimed, team_held=used.team_held
    )  # fmt: skip
    count, exact = count_matching(system_ctx(ctx.workspace), _query(pool))
    return brief(ctx, pool) | {
        "limits": [
            {"key": cap, "limit": getattr(pool.limits, cap), "used": used}
            for cap, used in zip(CAPS, spent, strict=True)
            if getattr(pool.limits, cap) is not None
        ],
        "cooldown_days": pool.limits.cooldown_days, "protection_days": pool.limits.protection_days,
        "left": left, "left_by": limit, "count": {"value": count, "exact": exact},
    }  # fmt: skip


def list_records(ctx: Ctx, pool: PoolDef, *, search: str = "", cursor: str | None = None) -> dict[str, Any]:
    """One page of a pool's records: `{"fields": […], "data": […], "page": {…}}`."""
    obj = rights.get_object(ctx, pool.object)
    fields = list_fields(ctx, obj, pool)
    query = _query(pool, obj, search, cursor, tuple(f.key for f in fields))
    page = fetch_page(replace(system_ctx(ctx.workspace), locale=ctx.locale), query)
    masked = [f for f in fields if _masks(ctx, pool, f)]
    data = []
    for record in page.data:
        kept = {key: record[key] for key in ("id", "title", *(f.key for f in fields))}
        for f in masked:
            if kept[f.key] is not None:
                kept[f.key] = f.type.mask(kept[f.key])
        data.append(kept)
    count = None if page.count is None else {"value": page.count, "exact": page.exact}
    shown = [{"key": f.key, "label": f.label.as_dict(), "masked": _masks(ctx, pool, f)} for f in fields]
    return {"fields": shown, "data": data, "page": {"next": page.next, "count": count}}


def list_fields(ctx: Ctx, obj: ObjectDef, pool: PoolDef) -> list[FieldDef]:
    """The fields of a pool's list, as the actor has them."""
    found = []
    for f in rights.shown(ctx, obj).values():
        own = f.in_row and not f.declared and f.target is None and f.key != obj.title_field
        wanted = f.key in ALWAYS or (f.in_list and f.type.references is None)
        if own and wanted and not f.hidden and f.key != "pool":
            found.append(f)
    return found


def _masks(ctx: Ctx, pool: PoolDef, f: FieldDef) -> bool:
    """True when the actor sees the field masked: by their role, or until they have claimed the record."""
    return f.masked or (f.key in pool.hidden_fields and not pool.may_manage(ctx))


def _query(
    pool: PoolDef, obj: ObjectDef | None = None, search: str = "", cursor: str | None = None, fields: tuple[str, ...] = ("id",)
) -> RecordQuery:  # fmt: skip
    parts: list[dict[str, Any]] = [{"field": "pool", "op": "is", "value": pool.key}]
    if search and obj is not None:
        parts.append({"field": obj.title_field, "op": "contains", "value": search})
    sort = (Sort("pooled_at", descending=True),)
    return RecordQuery(pool.object, {"and": parts}, sort, fields=fields, limit=PAGE, cursor=cursor)
