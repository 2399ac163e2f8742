"""Serial numbers: gap-free under concurrency, because the counter's row is locked until the commit.

Numbers are given out last, to changes that have passed every check, so that a refusal leaves no gap; a
rollback takes the numbers back with it. Those of a unique field are held by its keys from then on. A record
whose moment of making is told (sample data, what came from elsewhere) counts in the period of that moment.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.keys import claim_assigned
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.serial import SerialFieldType
from guanxi.engine.tenancy.context import Ctx

_NEXT = (
    "INSERT INTO serial_counter (workspace_id, object_key, field_key, period, value) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (workspace_id, object_key, field_key, period)"
    " DO UPDATE SET value = serial_counter.value + EXCLUDED.value RETURNING value"
)

_AT_LEAST = (
    "INSERT INTO serial_counter (workspace_id, object_key, field_key, period, value) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (workspace_id, object_key, field_key, period)"
    " DO UPDATE SET value = GREATEST(serial_counter.value, EXCLUDED.value)"
)
_LARGEST = 1_000_000_000


def assign_serials(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Give each new record the next number of each serial field that has none yet."""
    for f in obj.fields.values():
        if not isinstance(f.type, SerialFieldType) or f.declared:
            continue
        wanting = [change for change in changes if not change.values.get(f.key)]
        if len(wanting) < len(changes):
            _pass_over(ctx, obj, f, f.type, changes)
        for period, made in _by_period(ctx, f, f.type, wanting).items():
            _number(ctx, obj, f, f.type, period, made)


def _by_period(
    ctx: Ctx, f: FieldDef, kind: SerialFieldType, changes: Sequence[Change]
) -> dict[str, list[Change]]:
    """The changes by the counter they count on, in order."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(kind.period_key(f, _made_on(ctx, change)), []).append(change)
    return dict(sorted(found.items()))


def _number(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, kind: SerialFieldType, period: str, wanting: Sequence[Change]
) -> None:
    while wanting:
        last = _advance([ctx.workspace.id, obj.key, f.key, period, len(wanting)])
        for number, change in enumerate(wanting, start=last - len(wanting) + 1):
            change.values[f.key] = kind.render(f, number, _made_on(ctx, change))
        # A number that an import has brought along already is passed over.
        wanting = claim_assigned(ctx, obj, f.key, wanting) if f.unique else []


def _made_on(ctx: Ctx, change: Change) -> date:
    """The day a record was made, in the workspace's zone."""
    return cast("datetime", change.system.get("created_at", ctx.now)).astimezone(ctx.workspace.zone).date()


def _pass_over(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, kind: SerialFieldType, changes: Sequence[Change]
) -> None:
    """Go on counting behind the largest number that records bring along, in each period."""
    largest: dict[str, int] = {}
    for change in changes:
        value = change.values.get(f.key)
        found = kind.number_of(f, value) if isinstance(value, str) else None
        if found is not None and found[1] <= _LARGEST:
            largest[found[0]] = max(found[1], largest.get(found[0], 0))
    with connection.cursor() as db:
        for period, number in sorted(largest.items()):
            db.execute(_AT_LEAST, [ctx.workspace.id, obj.key, f.key, period, number])


def _advance(params: list[Any]) -> int:
    with connection.cursor() as db:
        db.execute(_NEXT, params)
        return int(db.fetchone()[0])
