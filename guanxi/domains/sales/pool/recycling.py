"""The night's work: what nobody looked after falls into its pool, and owners are warned of what is going to.

*How it works*: after two in the morning of the workspace an hourly chore starts the day's run (one a day, a row of
its own). The run goes through the rules in their order and through the records in the order of their ids, a
stretch (one statement of the write door, store/rewriting.py) a transaction: rows are locked while they still match, so
that whoever logs a call at that moment keeps the record. All of a rule has one id: history tells every record with
its reason, and who looks after changes can undo it like any bulk change. What was done before a crash is not found again.
Warnings are a date in the row (`pool_due_at`) and one notice a person and night, to owners and their managers.

*Rules*: a constant number of statements a stretch. Days are those of the workspace's time zone.

*See*: finding.py for what a rule takes, docs/adr/0066-public-pools.md.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.db.models.functions import Coalesce

from guanxi.domains.sales.pool.finding import NOTHING, Plan
from guanxi.domains.sales.pool.models import PoolRun
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records import store
from guanxi.engine.records.store.change_sets import begin_own
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

FIRST_HOUR = 2
RECYCLED, WARNED = "pool.recycled", "pool.warning"
_DAY = "\x00"
"""Where a day will stand in a text."""
_RECYCLED = Text(
    "{count} 个{objects}进入了公海「{pool}」", "{count} {objects} have gone to the pool “{pool}”"
)
_WARNED = Text(
    "{count} 个{objects}即将进入公海，最早 {date}",
    "{count} {objects} are about to go to a pool, the first on {date}",
)
_OF_YOURS = Text(
    "你的下属有 {count} 个{objects}即将进入公海，最早 {date}",
    "{count} {objects} of your people are about to go to a pool, the first on {date}",
)


def recycle_stretch(each: Plan, change_id: uuid.UUID, after: uuid.UUID | None) -> store.Rewritten:
    """Put the next records of a rule into its pool, in the caller's transaction, under one id to undo them by."""
    key, ctx = each.pool.object, each.ctx.with_batch(change_id)
    done = store.rewrite(ctx, key, each.from_due(), _values(each), action="recycle", after=after)
    if done.count:
        begin_own(ctx, change_id, "recycle", each.compiler.object, done.count)
    return done


def warn(ctx: Ctx, ready: list[Plan]) -> int:
    """Bring `pool_due_at` up to date and tell owners and managers what is new; gives how many records that were."""
    told = 0
    for key in sorted({each.pool.object for each in ready} | _marked_objects(ctx)):
        told += _warn(ctx, get_schema(ctx).objects[key], [each for each in ready if each.pool.object == key])
    return told


def tell_recycled(ctx: Ctx, each: Plan, owners: Mapping[uuid.UUID, int]) -> None:
    """Tell former owners how many records have gone to a pool."""
    obj = get_schema(ctx).objects[each.pool.object]
    url = _list_url(obj, {"field": "pool", "op": "is", "value": each.pool.key})
    notices = [
        Notice(owner, _RECYCLED, url=url, data=_said(obj, count) | {"pool": each.pool.name.as_dict()})
        for owner, count in owners.items() if count
    ]  # fmt: skip
    notify_each(ctx, RECYCLED, notices)


def is_due(ctx: Ctx) -> bool:
    """True when it is night enough and the day's run has not been made, or died."""
    if ctx.today.hour < FIRST_HOUR:
        return False
    kept = PoolRun.objects.filter(workspace_id=ctx.workspace.id, day=ctx.today.date()).first()
    return kept is None or (kept.state == "running" and kept.started_at < ctx.now - timedelta(hours=3))


def begin_run(ctx: Ctx) -> PoolRun:
    """The row of the day's run."""
    row, _ = PoolRun.objects.update_or_create(
        workspace_id=ctx.workspace.id,
        day=ctx.today.date(),
        defaults={"state": "running", "started_at": ctx.now},
    )
    return row


def _values(each: Plan) -> dict[str, Sql]:
    """What a record of a rule becomes: all that hooks.py would make of it, too."""
    said = each.kind.said.in_(each.ctx.workspace.locale, days=each.rule.days, date=_DAY)
    parts = join(sql("{}::text", part) for part in said.split(_DAY))
    note = sql("concat_ws(to_char({}, 'YYYY-MM-DD'), {})", each.event_day, parts)
    given = {"pool": each.pool.key, "pooled_at": each.ctx.now, "pool_reason": each.kind.key}
    emptied = dict.fromkeys(("owner", "owned_since", "protected_until", "pool_due_at"), Sql("NULL"))
    return {key: sql("{}", value) for key, value in given.items()} | emptied | {
        "pool_note": note, "previous_owner": Sql("r.owner_id"),
    }  # fmt: skip


def _marked_objects(ctx: Ctx) -> set[str]:
    """The objects whose records may be marked as going to fall into a pool."""
    return {obj.key for obj in get_schema(ctx).listed if obj.kept_by is not None}


def _warn(ctx: Ctx, obj: ObjectDef, ready: list[Plan]) -> int:
    """Set and take back the marks of one object's records; gives how many were set."""
    warned = [each.warned() for each in ready] or [NOTHING]
    found = sql("SELECT w.id, min(w.at) AS value FROM ({}) w GROUP BY w.id", join(warned, " UNION ALL "))
    fresh = {
        owner: (count, first)
        for owner, count, first in store.touch_found(ctx, obj.key, "pool_due_at", found)
        if owner is not None
    }
    _tell_warned(ctx, obj, fresh)
    return sum(count for count, _ in fresh.values())


def _tell_warned(ctx: Ctx, obj: ObjectDef, fresh: Mapping[uuid.UUID, tuple[int, datetime]]) -> None:
    """One notice an owner, one a manager with what their people are warned of."""
    above: dict[uuid.UUID, tuple[int, datetime]] = {}
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=list(fresh))
    for person, manager in rows.values_list("user_id", Coalesce("manager_id", "team__manager_id")):
        if manager is not None and manager != person:
            count, first = fresh[person]
            sofar, earliest = above.get(manager, (0, first))
            above[manager] = sofar + count, min(earliest, first)
    marked = {"field": "pool_due_at", "op": "is_not_empty"}
    mine = {"and": [marked, {"field": "owner", "op": "is", "value": "me"}]}
    told = ((_WARNED, _list_url(obj, mine), fresh), (_OF_YOURS, _list_url(obj, marked), above))
    notify_each(ctx, WARNED, [
        Notice(person, title, url=url, data=_said(obj, count) | {"date": _day(ctx, first)})
        for title, url, people in told for person, (count, first) in people.items()
    ])  # fmt: skip


def _day(ctx: Ctx, moment: datetime) -> str:
    return moment.astimezone(ctx.workspace.zone).date().isoformat()


def _said(obj: ObjectDef, count: int) -> dict[str, Any]:
    label = obj.label_plural
    return {
        "count": count,
        "objects": {"zh-CN": label.zh, "en": label.en[:1].lower() + label.en[1:]},
        "object_key": obj.key,
    }


def _list_url(obj: ObjectDef, tree: Mapping[str, Any]) -> str:
    return f"/o/{obj.key}?filter={quote(dumps(tree).decode())}"
