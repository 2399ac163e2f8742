"""The night's work: what nobody looked after falls into its pool, and owners are warned of what is going to.

*How it works*: after two in the morning of the workspace an hourly chore starts the day's run (one a day, a row of
its own). The run goes through the rules in their order and through the records in the order of their ids, a
stretch a transaction: rows are locked while they still match, so that whoever logs a call at that moment keeps
the record, and written in one pass of the write door under one id a rule: history tells every one with its
reason, and who looks after changes can undo it like any bulk change. What was done before a crash is not found again.
Warnings are a date in the row (`pool_due_at`) and one notice a person and night, to owners and their managers.

*Rules*: a constant number of statements a stretch. Days are those of the workspace's time zone.

*See*: finding.py for what a rule takes, docs/adr/0066-public-pools.md.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.db.models.functions import Coalesce

from guanxi.domains.sales.pool.finding import Plan
from guanxi.domains.sales.pool.models import PoolRun
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.change_sets import begin_own
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, all_of, join, sql
from guanxi.kit.text import Text

STRETCH = 5000
FIRST_HOUR = 2
RECYCLED, WARNED = "pool.recycled", "pool.warning"
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one stretch did; `last` is where the next one goes on (None: the rule is through)."""

    recycled: int
    last: uuid.UUID | None
    owners: Mapping[uuid.UUID, int]


def recycle_stretch(each: Plan, change_id: uuid.UUID, after: uuid.UUID | None) -> Stretch:
    """Put the next records of a rule into its pool, in the caller's transaction, under one id to undo them by."""
    behind = sql("r.id > {}", after) if after else Sql("TRUE")
    statement = Sql("SELECT r.id, r.owner_id, ") + each.event_day + " " + each.from_due(behind)
    rows = select_rows(statement + sql(" ORDER BY r.id LIMIT {} FOR UPDATE OF r", STRETCH))
    ctx = each.ctx.with_batch(change_id)
    changes = [
        Change("update", record, _values(each, ctx.now, day), index=n)
        for n, (record, _, day) in enumerate(rows)
    ]
    if not changes:
        return Stretch(0, None, {})
    done = store.bulk_write(ctx, each.pool.object, changes, partial=True, trusted=True, action="recycle")
    begin_own(ctx, change_id, "recycle", each.compiler.object, len(done.ids))
    owners: dict[uuid.UUID, int] = defaultdict(int)
    for place, (_, owner, _) in enumerate(rows):
        owners[owner] += place in done.ids
    return Stretch(len(done.ids), rows[-1][0] if len(rows) == STRETCH else None, owners)


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


def _values(each: Plan, now: datetime, day: date) -> dict[str, Any]:
    note = each.kind.said.in_(each.ctx.workspace.locale, days=each.rule.days, date=day.isoformat())
    return {
        "owner": None,
        "pool": each.pool.key,
        "pooled_at": now,
        "pool_reason": each.kind.key,
        "pool_note": note,
    }


def _marked_objects(ctx: Ctx) -> set[str]:
    """The objects whose records may be marked as going to fall into a pool."""
    return {obj.key for obj in get_schema(ctx).listed if obj.kept_by is not None}


def _warn(ctx: Ctx, obj: ObjectDef, ready: list[Plan]) -> int:
    """Set and take back the marks of one object's records."""
    due: dict[uuid.UUID, datetime] = {}
    fresh: dict[uuid.UUID, list[datetime]] = defaultdict(list)
    known: dict[uuid.UUID, tuple[uuid.UUID, datetime | None]] = {}
    for each in ready:
        days = dict(each.warned_days()) if each.rule.warn_days else {}
        if not days:
            continue
        columns = join([Sql("r.id, r.owner_id, r.pool_due_at"), each.event_day])
        for record, owner, marked, day in select_rows(Sql("SELECT ") + columns + " " + each.from_warned()):
            due[record] = min(days[day], due.get(record, days[day]))
            known[record] = owner, marked
    marks = {record: at for record, at in due.items() if known[record][1] != at}
    for record, at in marks.items():
        fresh[known[record][0]].append(at)
    gone = all_of(
        [
            sql("r.workspace_id = {}", ctx.workspace.id),
            Sql("r.deleted_at IS NULL AND r.pool_due_at IS NOT NULL"),
        ]
    )
    rows = select_rows(Sql(f"SELECT r.id FROM {obj.table} r WHERE ") + gone)
    touched = {record: {"pool_due_at": at} for record, at in marks.items()}
    cleared = {row[0]: {"pool_due_at": None} for row in rows if row[0] not in due}
    for part in _parts([*touched.items(), *cleared.items()]):
        store.touch(ctx, obj.key, dict(part))
    _tell_warned(ctx, obj, fresh)
    return len(marks)


def _parts(items: list[Any]) -> list[list[Any]]:
    return [items[start : start + STRETCH] for start in range(0, len(items), STRETCH)]


def _tell_warned(ctx: Ctx, obj: ObjectDef, fresh: Mapping[uuid.UUID, list[datetime]]) -> None:
    """One notice an owner, one a manager with what their people are warned of."""
    above: dict[uuid.UUID, list[datetime]] = defaultdict(list)
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=list(fresh))
    for person, manager in rows.values_list("user_id", Coalesce("manager_id", "team__manager_id")):
        if manager is not None and manager != person:
            above[manager] += fresh[person]
    marked = {"field": "pool_due_at", "op": "is_not_empty"}
    own, all_of_them = (
        _list_url(obj, {"and": [marked, {"field": "owner", "op": "is", "value": "me"}]}),
        _list_url(obj, marked),
    )
    notices = [Notice(i, _WARNED, url=own, data=_dated(ctx, obj, days)) for i, days in fresh.items()]
    notices += [
        Notice(i, _OF_YOURS, url=all_of_them, data=_dated(ctx, obj, days)) for i, days in above.items()
    ]
    notify_each(ctx, WARNED, notices)


def _dated(ctx: Ctx, obj: ObjectDef, days: list[datetime]) -> dict[str, Any]:
    return _said(obj, len(days)) | {"date": min(days).astimezone(ctx.workspace.zone).date().isoformat()}


def _said(obj: ObjectDef, count: int) -> dict[str, Any]:
    label = obj.label_plural
    return {
        "count": count,
        "objects": {"zh-CN": label.zh, "en": label.en[:1].lower() + label.en[1:]},
        "object_key": obj.key,
    }


def _list_url(obj: ObjectDef, tree: Mapping[str, Any]) -> str:
    return f"/o/{obj.key}?filter={quote(dumps(tree).decode())}"
