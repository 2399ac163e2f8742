"""Running a plan: who comes to fit it, who does no longer or has answered, and whose next step is due.

*How it works*: every record that fits gets one entry (`sales_plan_entry`); the first step is due so many days after it
came to fit. A step whose day has come becomes a task of the record's owner, which says why it exists, and the entry
waits for the next one. A record that fits no longer leaves, and its open tasks of the plan are called off; when it fits
again it begins anew. Who has answered since (where the plan says so) gets no further tasks.
What was written is looked at at once (hooks.py, `ids`), everything every hour (the chore).

*Rules*: set-based, judged with the program's eyes, may run twice: a step is taken with its entry's row locked. A
plan whose condition no longer fits the schema rests. Nobody's records wait for an owner.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from guanxi.domains.sales.follow_up.models import FollowUpPlan
from guanxi.domains.sales.follow_up.plans.known import PlanDef, as_def
from guanxi.domains.sales.follow_up.rules import day_of
from guanxi.engine.access.sharing import raise_version
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler, table_of
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store import bulk_write
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx, Via, system_ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.ids import new_ids
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.sql import TRUE, Sql, all_of, sql
from guanxi.kit.text import Text

AT_ONCE = 1000
MAX_TASKS = 20_000
"""Tasks that a plan makes in one go; the rest follow within the hour."""
DUE = time(18)
WHY = Text(
    "跟进计划「{plan}」第 {step} 步（第 {day} 天）", "Follow-up plan “{plan}”, step {step} (day {day})"
)


def settle(ctx: Ctx, plan: PlanDef, ids: Sequence[uuid.UUID] | None = None) -> int:
    """Bring a plan up to date, for all records or some; gives the number of tasks made."""
    own = replace(system_ctx(ctx.workspace), now=ctx.now)
    obj = get_schema(own).find(plan.object)
    fitting = _fitting(own, obj, plan, ids) if obj is not None else None
    if obj is None or fitting is None or not plan.steps:
        return 0
    _enter(own, plan, fitting)
    _leave(own, plan, fitting, ids)
    if plan.stops_on_contact:
        _answer(own, obj, plan, ids)
    made = 0
    while made < MAX_TASKS and (count := _make_tasks(own, obj, plan, ids)):
        made += count
    return made


def seed(ctx: Ctx, plan_id: uuid.UUID) -> None:
    """Begin a plan: with `seeding`, what fits already is left out; then it is run once."""
    row = FollowUpPlan.objects.filter(workspace_id=ctx.workspace.id, id=plan_id, enabled=True).first()
    if row is None:
        return
    from_row = as_def(row)
    if row.seeding:
        obj = get_object(ctx, row.object_key)
        fitting = _fitting(ctx, obj, from_row, None)
        if fitting is not None:
            _enter(ctx, from_row, fitting, state="skipped")
        FollowUpPlan.objects.filter(id=row.id).update(seeding=False)
        raise_version(ctx)
    settle(ctx, replace(from_row, seeding=False))


def _fitting(ctx: Ctx, obj: ObjectDef, plan: PlanDef, ids: Sequence[uuid.UUID] | None) -> Sql | None:
    """FROM … WHERE … of the records that fit; None where the condition no longer compiles."""
    compiler = Compiler(ctx, obj)
    try:
        where = compiler.where(plan.condition) if plan.condition else TRUE
    except Invalid:
        return None
    chosen = Sql("r.id = ANY(%s::uuid[])", (list(ids),)) if ids is not None else TRUE
    return compiler.base(where=all_of([where, chosen]))


def _enter(ctx: Ctx, plan: PlanDef, fitting: Sql, *, state: str = "running") -> None:
    first = day_of(ctx.today.date(), plan.steps[0], workdays=plan.workdays)
    statement = (
        sql(
            "INSERT INTO sales_plan_entry AS e (id, workspace_id, plan_id, record_id, state, started_at, step, due_on, tasks)"
            " SELECT gen_random_uuid(), {}, {}, r.id, {}, {}, 0, {}, '[]' ",
            ctx.workspace.id, plan.id, state, ctx.now, first,
        )
        + fitting
        + " ON CONFLICT (plan_id, record_id) DO UPDATE SET state = EXCLUDED.state, started_at = EXCLUDED.started_at,"
        " step = 0, due_on = EXCLUDED.due_on, tasks = '[]' WHERE e.state = 'left'"
    )  # fmt: skip
    _run(statement)


def _leave(ctx: Ctx, plan: PlanDef, fitting: Sql, ids: Sequence[uuid.UUID] | None) -> None:
    chosen = Sql("e.record_id = ANY(%s::uuid[])", (list(ids),)) if ids is not None else TRUE
    statement = (
        sql("UPDATE sales_plan_entry e SET state = 'left', due_on = NULL WHERE e.workspace_id = {} AND e.plan_id = {}",
            ctx.workspace.id, plan.id)
        + " AND e.state <> 'left' AND " + chosen
        + " AND NOT EXISTS (SELECT 1 FROM (SELECT r.id " + fitting + ") f WHERE f.id = e.record_id) RETURNING e.tasks"
    )  # fmt: skip
    tasks = [uuid.UUID(task) for (told,) in select_rows(statement) for task in _listed(told)]
    for start in range(0, len(tasks), AT_ONCE):
        _call_off(ctx, tasks[start : start + AT_ONCE])


def _call_off(ctx: Ctx, tasks: list[uuid.UUID]) -> None:
    rows = get_records(ctx, "task", tasks, fields=["status"])
    waiting = [uuid.UUID(task["id"]) for task in rows if task["status"] == "open"]
    changes = [Change("update", task, {"status": "cancelled"}, index=n) for n, task in enumerate(waiting)]
    if changes:
        bulk_write(ctx, "task", changes, partial=True, trusted=True, action="plan")


def _answer(ctx: Ctx, obj: ObjectDef, plan: PlanDef, ids: Sequence[uuid.UUID] | None) -> None:
    chosen = Sql("e.record_id = ANY(%s::uuid[])", (list(ids),)) if ids is not None else TRUE
    statement = (
        Sql(f"UPDATE sales_plan_entry e SET state = 'answered', due_on = NULL FROM {table_of(obj)} r WHERE r.id = e.record_id")
        + sql(" AND e.workspace_id = {} AND e.plan_id = {} AND e.state = 'running'", ctx.workspace.id, plan.id)
        + " AND r.last_contact_at > e.started_at AND " + chosen
    )  # fmt: skip
    _run(statement)


def _make_tasks(ctx: Ctx, obj: ObjectDef, plan: PlanDef, ids: Sequence[uuid.UUID] | None) -> int:
    """The tasks of the steps whose day has come, and when the next ones are due; gives their number."""
    chosen = Sql("e.record_id = ANY(%s::uuid[])", (list(ids),)) if ids is not None else TRUE
    due = select_rows(
        Sql(f"SELECT e.id, e.record_id, e.step, e.started_at, r.owner_id, r.is_sample FROM sales_plan_entry e"
            f" JOIN {table_of(obj)} r ON r.id = e.record_id")
        + sql(" WHERE e.workspace_id = {} AND e.plan_id = {} AND e.state = 'running' AND e.due_on <= {}",
              ctx.workspace.id, plan.id, ctx.today.date())
        + " AND r.owner_id IS NOT NULL AND r.deleted_at IS NULL AND " + chosen
        + sql(" ORDER BY e.due_on, e.id LIMIT {} FOR UPDATE OF e SKIP LOCKED", AT_ONCE)
    )  # fmt: skip
    if not due:
        return 0
    link = next(f.key for f in get_object(ctx, "task").fields.values() if f.target == obj.key and f.in_row)
    entries: list[dict[str, Any]] = []
    made: dict[bool, list[Change]] = {True: [], False: []}
    for (entry, record, step, started, owner, sample), task in zip(due, new_ids(len(due)), strict=True):
        index = min(step, len(plan.steps) - 1)
        if step < len(plan.steps):
            change = Change("create", task, {**_task(ctx, plan, index), "owner": owner, link: record})
            change.index = len(made[sample])
            made[sample].append(change)
        following = step + 1
        on = _day(ctx, plan, started, following) if following < len(plan.steps) else None
        told = str(task) if step < len(plan.steps) else None
        entries.append({"id": entry, "step": following, "due_on": on, "task": told})
    for sample, changes in made.items():
        if changes:
            bulk_write(replace(ctx, via=Via.SYSTEM), "task", changes, partial=False, trusted=True, sample=sample,
                       action="plan")  # fmt: skip
    _advance(entries)
    return len(due)


def _task(ctx: Ctx, plan: PlanDef, index: int) -> dict[str, Any]:
    locale, step = ctx.workspace.locale, plan.steps[index]
    return {
        "subject": step.subject.in_(locale)[:200],
        "due_at": datetime.combine(ctx.today.date(), DUE, ctx.workspace.zone),
        "reason": WHY.in_(locale, plan=plan.name.in_(locale), step=index + 1, day=step.day),
    }


def _day(ctx: Ctx, plan: PlanDef, started: datetime, index: int) -> date:
    start = started.astimezone(ctx.workspace.zone).date()
    return max(day_of(start, plan.steps[index], workdays=plan.workdays), ctx.today.date())


def _advance(entries: list[dict[str, Any]]) -> None:
    with connection.cursor() as db:
        db.execute(
            "UPDATE sales_plan_entry e SET step = g.step, due_on = g.due_on,"
            " state = CASE WHEN g.due_on IS NULL THEN 'done' ELSE 'running' END,"
            " tasks = CASE WHEN g.task IS NULL THEN e.tasks ELSE e.tasks || to_jsonb(g.task) END"
            " FROM json_to_recordset(%s::json) AS g(id uuid, step integer, due_on date, task text) WHERE e.id = g.id",
            [dumps(entries).decode()],
        )


def _listed(told: Any) -> list[str]:
    found: list[str] = loads(told) if isinstance(told, (str, bytes)) else told
    return found


def _run(statement: Sql) -> None:
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
