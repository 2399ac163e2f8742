"""Running retention rules: at night by themselves, or at once when asked, chunk by chunk.

*How it works*: once a day, in the small hours of the workspace, an hourly chore notes a run for every rule that is on
and hands it to a job. The job takes CHUNK records in a transaction, asks for legal holds, and archives, anonymises or
erases the rest under the run's batch. A record that no longer matches when it is locked is left alone.

*Rules*: as the program itself, since who made the rule may be gone; every run is in the audit. Archiving is
undone through the run; what was anonymised or erased cannot come back, and its values are erased from the journal.
"""

import logging
import uuid
from typing import Any

from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from guanxi.engine.privacy import rows
from guanxi.engine.privacy.models import RetentionRule, RetentionRun
from guanxi.engine.privacy.retention import ANONYMISE, ARCHIVE, RUNNING, check, emptied, run_json, tree_of
from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import matching_ids
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.store import undo_batch
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.records.store.telling import announce
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Problem
from guanxi.kit.text import Text

log = logging.getLogger("guanxi.privacy")
RUN = "privacy.run_retention"
QUEUE = "maintenance"
CHUNK = 500
NIGHT = range(1, 6)
UNDONE_TWICE = Text(
    "只有移到回收站的执行可以撤销，并且只能撤销一次。", "Only archiving can be undone, and only once."
)


def run_due(ctx: Ctx) -> None:
    """Begin the runs of tonight (an hourly chore)."""
    if ctx.today.hour not in NIGHT:
        return
    today = ctx.today.date()
    due = RetentionRule.objects.select_for_update().filter(workspace_id=ctx.workspace.id, enabled=True)
    for rule in due.exclude(last_run_on=today).order_by("id"):
        try:
            begin(ctx, rule)
        except Problem as problem:  # its filter no longer fits the schema, or it is running already
            log.warning("Retention rule %s was not run: %s", rule.id, problem.code)


def run_now(ctx: Ctx, rule_id: uuid.UUID) -> dict[str, Any]:
    """Run a rule that is on at once, in the background; raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    rule = rows.find(ctx, RetentionRule, rule_id, lock=True)
    check(ctx, rule)
    if not rule.enabled:
        raise Conflict(code="not_enabled")
    return run_json(begin(ctx, rule))


def begin(ctx: Ctx, rule: RetentionRule) -> RetentionRun:
    """Note a run of a rule and hand it to a job; raises Conflict while one is running."""
    obj = get_schema(ctx).find(rule.object_key)
    if obj is None:
        raise Conflict(code="unknown_object")
    run = RetentionRun(
        workspace_id=ctx.workspace.id, rule=rule, name=rule.name, object_key=rule.object_key, action=rule.action,
        fields=rule.fields, tree=tree_of(ctx, rule, obj), started_by=ctx.actor.user_id, started_at=ctx.now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise Conflict(RUNNING, code="running") from None
    rule.last_run_on = ctx.today.date()
    rule.save(update_fields=["last_run_on"])
    task = app.configure_task(RUN, queue=QUEUE, lock=f"{RUN}:{ctx.workspace.id}")
    task.defer(workspace_id=str(ctx.workspace.id), run_id=str(run.id))
    return run


def work(workspace_id: uuid.UUID, run_id: uuid.UUID) -> None:
    """Work through a run, CHUNK records in a transaction (the job); takes up what a crash left."""
    last: uuid.UUID | None = None
    going = True
    while going:
        with session(workspace_id):
            run = RetentionRun.objects.select_for_update().filter(id=run_id, state="running").first()
            if run is None:
                return
            ctx = load_system_ctx(workspace_id).with_batch(run.id)
            obj = get_schema(ctx).find(run.object_key)
            try:
                if obj is None:
                    raise Conflict(code="unknown_object")
                with transaction.atomic():
                    last = _stretch(ctx, obj, run, last)
            except Problem as problem:
                log.warning("Retention run %s failed: %s", run.id, problem.code)
                _finish(ctx, run, "failed")
                return
            going = last is not None
            if going:
                run.save()
            else:
                _finish(ctx, run, "done")


def undo(ctx: Ctx, run_id: uuid.UUID) -> dict[str, Any]:
    """Bring back what a run archived; raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    run = rows.find(ctx, RetentionRun, run_id, lock=True)
    if run.action != ARCHIVE or run.state != "done":
        raise Conflict(UNDONE_TWICE, code="cannot_undo")
    if run.rule is not None and run.rule.enabled and run.rule_id is not None:
        # Tonight it would all go again.
        RetentionRule.objects.filter(id=run.rule_id).update(enabled=False)
    undone = undo_batch(ctx.with_batch(uuid.uuid4()), run.id)
    run.state = "undone"
    run.save(update_fields=["state"])
    record(
        ctx, "changes.undone", object_key=run.object_key, record_id=run.id, count=undone.undone, rule=run.name
    )
    return {"undone": undone.undone, "skipped": undone.skipped, "run": run_json(run)}


def _stretch(ctx: Ctx, obj: ObjectDef, run: RetentionRun, after: uuid.UUID | None) -> uuid.UUID | None:
    """Treat the next records; gives where to go on, None at the end."""
    query = RecordQuery(obj.key, run.tree)
    ids = matching_ids(ctx, query, limit=CHUNK, after=after, until=run.started_at)
    held = held_ids(ctx, obj, ids)
    due = [record_id for record_id in ids if record_id not in held]
    run.held += len(held)
    if due:
        done = _treat(ctx, obj, run, due)
        run.done += done
        run.refused += len(due) - done
    return ids[-1] if len(ids) == CHUNK else None


def _treat(ctx: Ctx, obj: ObjectDef, run: RetentionRun, ids: list[uuid.UUID]) -> int:
    if run.action == ARCHIVE:
        changes = [Change("delete", record_id, {}, index=i) for i, record_id in enumerate(ids)]
        return bulk_write(ctx, obj.key, changes, partial=True, trusted=True).deleted
    if run.action == ANONYMISE:
        values = emptied(ctx, obj, run.fields)
        changes = [Change("update", record_id, dict(values), index=i) for i, record_id in enumerate(ids)]
        result = bulk_write(ctx, obj.key, changes, partial=True, trusted=True)
        _forget(ctx, [record_id for i, record_id in enumerate(ids) if i not in result.refused])
        return result.updated + result.unchanged
    purged = purge_records(ctx, obj, ids)
    announce(ctx, obj.key)
    return purged


def _forget(ctx: Ctx, ids: list[uuid.UUID]) -> None:
    """Erase what the journal and the names of merged records still hold of these."""
    with connection.cursor() as db:
        db.execute("SELECT audit_erase_journal(%s, %s, %s)", [ids, ctx.actor.user_id, "anonymised"])
        db.execute(
            "DELETE FROM record_alias_key WHERE workspace_id = %s AND record_id = ANY(%s)",
            [ctx.workspace.id, ids],
        )


def _finish(ctx: Ctx, run: RetentionRun, state: str) -> None:
    run.state, run.finished_at = state, ctx.now
    run.save()
    record(ctx, "retention.run", object_key=run.object_key, record_id=run.id, count=run.done, rule=run.name,
           action=run.action, state=state, held=run.held, refused=run.refused)  # fmt: skip


@app.task(queue=QUEUE, name=RUN)
def run_retention(workspace_id: str, run_id: str) -> None:
    """Work through a run."""
    work(uuid.UUID(workspace_id), uuid.UUID(run_id))


chore_registry.register(Chore("privacy.run_retention", run_due))
