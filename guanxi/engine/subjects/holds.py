"""Legal holds: records that must not go, whatever else is asked, with a reason and an end.

*How it works*: a standing hold keeps its record from erasure, retention and the emptying of the recycle bin (the
seam is engine/records/holds.py). Placing one takes the lock of the record's row, so that it either comes
before an erasure, which is then refused, or finds the record gone.

A person who is erased meanwhile stays in what is held. What they are known by waits with the hold, encrypted, and is
blacked out once it ends, by hand (at once) or by itself (by the hour); a hold that follows takes it over.

*Rules*: a hold that has run out holds nothing; releasing keeps the row as proof.
"""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from guanxi.engine.identity import facade as identity
from guanxi.engine.records.holds import HoldCheck, hold_checks
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.erasing import mentioned_in, redact_released
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.subjects.finding import as_program, describe
from guanxi.engine.subjects.models import LegalHold
from guanxi.engine.subjects.reading import moment_in, text_in
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, eraser_registry
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.mentions import plain_sql
from guanxi.kit.sql import Sql, all_of, sql
from guanxi.kit.text import Text

PAGE = 200
IN_THE_PAST = Text("结束时间应在将来。", "The end must be in the future.")
HELD_ALREADY = Text("这条记录已经在保留中。", "This record is held already.")


def place(ctx: Ctx, body: Mapping[str, Any]) -> dict[str, Any]:
    """Hold a record: `object`, `record_id`, `reason`, `until` (or null); raises Invalid, NotFound, Conflict."""
    own = as_program(ctx)
    key = body.get("object")
    obj = get_schema(own).find(key) if isinstance(key, str) else None
    record_id = parse_id(body.get("record_id"))
    if obj is None or record_id is None or not obj.record:
        raise NotFound
    reason = text_in(body, "reason", most=1000, required=True)
    until = moment_in(body, "until")
    if until is not None and until <= ctx.now:
        raise invalid("until", "in_the_past", IN_THE_PAST)
    where = all_of([rows_of(own, obj, "r"), sql("r.id = {}", record_id)])
    if not select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where + " FOR UPDATE"):
        raise NotFound
    over = LegalHold.objects.select_for_update().filter(
        workspace_id=ctx.workspace.id, record_id=record_id, released_at=None, until__lte=ctx.now
    )
    waiting = [pattern for row in over for pattern in row.waiting]
    for row in over:
        row.released_at, row.waiting = ctx.now, []
        row.save(update_fields=["released_at", "waiting"])
    if LegalHold.objects.filter(
        workspace_id=ctx.workspace.id, record_id=record_id, released_at=None
    ).exists():
        raise Conflict(HELD_ALREADY, code="held_already")
    row = LegalHold.objects.create(
        workspace_id=ctx.workspace.id, object_key=obj.key, record_id=record_id, reason=reason, until=until,
        created_by=ctx.actor.user_id, created_at=ctx.now, waiting=waiting,
    )  # fmt: skip
    record(ctx, "hold.placed", object_key=obj.key, record_id=record_id, until=until)
    return present(ctx, [row])[0]


def release(ctx: Ctx, hold_id: uuid.UUID) -> None:
    """End a hold, and black out whoever was erased while it stood; raises NotFound."""
    row = (
        LegalHold.objects.select_for_update()
        .filter(workspace_id=ctx.workspace.id, id=hold_id, released_at=None)
        .first()
    )
    if row is None:
        raise NotFound
    row.released_at, row.released_by = ctx.now, ctx.actor.user_id
    row.save(update_fields=["released_at", "released_by"])
    record(ctx, "hold.released", object_key=row.object_key, record_id=row.record_id)
    _catch_up(ctx, row)


def catch_up(ctx: Ctx) -> None:
    """Black out what waited for holds that have ended by themselves (an hourly chore)."""
    over = LegalHold.objects.filter(
        workspace_id=ctx.workspace.id, released_at=None, until__lte=ctx.now
    ).select_for_update(skip_locked=True)
    for row in over.order_by("until", "id")[:PAGE]:
        row.released_at = ctx.now
        row.save(update_fields=["released_at"])
        record(ctx, "hold.released", object_key=row.object_key, record_id=row.record_id, until=row.until)
        _catch_up(ctx, row)


def _catch_up(ctx: Ctx, row: LegalHold) -> None:
    own = as_program(ctx)
    obj = get_schema(own).find(row.object_key)
    if obj is not None:
        for pattern in row.waiting:
            redact_released(own, obj, row.record_id, pattern)
    if row.waiting:
        row.waiting = []
        row.save(update_fields=["waiting"])


def wait_for_release(ctx: Ctx, erasure: Erasure) -> int:
    """Keep with each hold what its record mentions of the person; gives the number of holds."""
    if not erasure.pattern:
        return 0
    own, count = as_program(ctx), 0
    rows = standing(ctx.workspace.id, ctx.now).select_for_update().order_by("id")
    by_object: dict[str, dict[uuid.UUID, LegalHold]] = {}
    for row in rows:
        by_object.setdefault(row.object_key, {})[row.record_id] = row
    for key, held in by_object.items():
        obj = get_schema(own).find(key)
        if obj is None:
            continue
        mentioned = set(mentioned_in(own, obj, erasure.pattern))
        mentioned |= _remembered(ctx, held.keys(), erasure.pattern)
        for record_id in mentioned & held.keys():
            row = held[record_id]
            if erasure.pattern not in row.waiting:
                row.waiting = [*row.waiting, erasure.pattern]
                row.save(update_fields=["waiting"])
            count += 1
    return count


def _remembered(ctx: Ctx, ids: Collection[uuid.UUID], pattern: str) -> set[uuid.UUID]:
    """Those of the records whose history mentions the person, though they themselves may not any more."""
    statement = (
        "SELECT DISTINCT record_id FROM journal_entry WHERE workspace_id = %s AND record_id = ANY(%s::uuid[])"
        f" AND erased IS NULL AND {plain_sql('changes::text')} ~* %s"
    )
    return {row[0] for row in select_rows(Sql(statement, (ctx.workspace.id, list(ids), pattern)))}


def list_holds(ctx: Ctx, *, record_id: uuid.UUID | None = None) -> list[dict[str, Any]]:
    """The standing holds, newest first; of one record, where given."""
    rows = standing(ctx.workspace.id, ctx.now)
    if record_id is not None:
        rows = rows.filter(record_id=record_id)
    return present(ctx, list(rows.order_by("-id")[:PAGE]))


def standing(workspace_id: uuid.UUID, now: datetime) -> QuerySet[LegalHold]:
    """The holds that hold."""
    return LegalHold.objects.filter(
        Q(until=None) | Q(until__gt=now), workspace_id=workspace_id, released_at=None
    )


def present(ctx: Ctx, rows: list[LegalHold]) -> list[dict[str, Any]]:
    """Holds as the API shows them."""
    own = as_program(ctx)
    names = identity.people(ctx, {row.created_by for row in rows if row.created_by})
    titles: dict[str, str] = {}
    for key in {row.object_key for row in rows}:
        obj = get_schema(own).find(key)
        if obj is not None:
            described = describe(own, obj, [row.record_id for row in rows if row.object_key == key])
            titles |= {each["id"]: each["title"] for each in described}
    return [
        {"id": row.id, "object": row.object_key, "record_id": row.record_id, "title": titles.get(str(row.record_id)),
         "reason": row.reason, "until": row.until, "created_at": row.created_at,
         "by": {"id": row.created_by, "name": names.get(row.created_by, "")} if row.created_by else None}
        for row in rows
    ]  # fmt: skip


def _held(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
    return standing(ctx.workspace.id, ctx.now).filter(record_id__in=ids).values_list("record_id", flat=True)


hold_checks.register(HoldCheck("subjects.legal_hold", _held, freezes=True))
chore_registry.register(Chore("subjects.end_holds", catch_up))
eraser_registry.register(
    Eraser(
        "held_waiting",
        Text("法律保留结束后再处理", "To be blacked out when a hold ends"),
        (),
        wait_for_release,
    )
)
