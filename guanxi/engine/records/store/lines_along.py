"""A record and its lines written in one breath: one version, one entry in the history, all or nothing.

*How it works*: a new record is written first and its lines after it; of one that is there, it is locked,
its lines are written, and then the record with a summary of what happened to them.

*See*: lines.py.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records.hooks import Change, hooks_for
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.store import lines
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.lines import Plan
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.writing import bulk_write, refusal
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.lines import PARENT, POSITION
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.ids import new_id

Lists = Sequence[tuple[FieldDef, ObjectDef, Any]]


def create(ctx: Ctx, obj: ObjectDef, values: Mapping[str, Any], lists: Lists) -> uuid.UUID:
    """Make a record of API values with its lines; gives its id. Raises Invalid with every complaint."""
    change = Change("create", new_id(), {})
    _make(ctx, obj, change, _read(ctx, obj, change, values, lists, is_new=True))
    return change.id


def create_whole(
    ctx: Ctx, object_key: str, values: Mapping[str, Any], lists: Mapping[str, Sequence[Mapping[str, Any]]]
) -> uuid.UUID:
    """Make a record of the program's own values with lines of them; gives its id. Raises Invalid."""
    obj = get_object(ctx, object_key)
    change = Change("create", new_id(), dict(values))
    plans = [
        Plan(table, line, [_line(change.id, n, given) for n, given in enumerate(lists[table.key])])
        for table, line in lines.line_objects(ctx, obj)
        if lists.get(table.key)
    ]
    _make(ctx, obj, change, plans, trusted=True)
    return change.id


def _line(record_id: uuid.UUID, place: int, given: Mapping[str, Any]) -> Change:
    return Change("create", new_id(), {**given, PARENT: record_id, POSITION: place + 1}, index=place)


def _make(ctx: Ctx, obj: ObjectDef, change: Change, plans: Sequence[Plan], *, trusted: bool = False) -> None:
    _derive(ctx, obj, change, plans)
    for plan in plans:
        if plan.changes:
            change.values[plan.table.key] = {"created": len(plan.changes)}
    bulk_write(ctx, obj.key, [change], partial=False, trusted=trusted)
    _write(ctx, plans, trusted=trusted)


def update(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, values: Mapping[str, Any], lists: Lists, *, version: int
) -> None:
    """Change a record and its lines; raises NotFound, Forbidden, StaleVersion or Invalid."""
    locked = Change("update", record_id, {}, version=version)
    Keeper(ctx, obj).lock([locked], whatever=True)
    lock_rows(ctx, obj, [locked], deleted=False, trusted=False)
    if locked.errors:
        raise refusal({0: locked.errors}, single=True)
    change = Change("update", record_id, {}, version=version)
    plans = _read(ctx, obj, change, values, lists, is_new=False)
    if change.misread:
        bulk_write(ctx, obj.key, [change], partial=False)  # raises, with whatever else is wrong
    change.before = locked.before
    _derive(ctx, obj, change, plans)
    if change.errors:
        raise refusal({0: change.errors}, single=True)
    _write(ctx, plans)
    for plan in plans:
        summary = _summary(plan)
        if summary:
            change.values[plan.table.key] = summary
    bulk_write(ctx, obj.key, [change], partial=False)


def _read(
    ctx: Ctx, obj: ObjectDef, change: Change, values: Mapping[str, Any], lists: Lists, *, is_new: bool
) -> list[Plan]:
    """The record's own values and what is wrong with any of them into `change`; gives the plans of its lines."""
    change.values, change.misread = read_values(ctx, obj, values, environment(ctx))
    plans = [lines.plan(ctx, f, line, given, change.id, is_new=is_new) for f, line, given in lists]
    change.misread += [error for plan in plans for error in plan.errors]
    return plans


def _derive(ctx: Ctx, obj: ObjectDef, change: Change, plans: Sequence[Plan]) -> None:
    """Let hooks derive what follows from a record and its lines together, once all of it could be read."""
    hooks = [hook for hook in hooks_for(obj) if hook.with_lines]
    if not hooks or change.misread:
        return
    for plan in plans:
        lines.read_before(ctx, plan.obj, [c for c in plan.changes if c.op == "update"])
    for hook in hooks:
        hook.prepare_lines(ctx, obj, change, {plan.table.key: plan.changes for plan in plans})


def _write(ctx: Ctx, plans: Sequence[Plan], *, trusted: bool = False) -> None:
    """Write the lines: what goes first, so that its unique values are free; raises Invalid naming the line."""
    errors: list[FieldError] = []
    for plan in plans:
        gone = [change for change in plan.changes if change.op == "delete"]
        kept = [change for change in plan.changes if change.op != "delete"]
        for some in (gone, kept):
            done = bulk_write(ctx, plan.obj.key, some, quiet=True, trusted=trusted) if some else None
            refused = done.refused if done else {}
            errors += [e.at(f"{plan.table.key}.{i}") for i, found in refused.items() for e in found]
    if errors:
        raise Invalid(errors=errors)


def _summary(plan: Plan) -> dict[str, int]:
    """What happened to the lines, of changes that are written: what was not changed has no values left."""
    found: Counter[str] = Counter()
    for change in plan.changes:
        if change.op == "update" and change.values:
            found["moved" if set(change.values) == {POSITION} else "updated"] += 1
        elif change.op != "update":
            found["created" if change.op == "create" else "deleted"] += 1
    return dict(found)
