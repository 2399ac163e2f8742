"""Running an import: chunk after chunk, each in one transaction that also moves the job's position.

*How it works*: `queue_import` checks the plan and enqueues a job. The worker first makes what was asked
for (fields, options, people), then writes chunks. A chunk's transaction holds the job's row, so that two
workers never write the same chunk: whoever finds the position moved stops. Killed in the middle, a
chunk leaves nothing behind, and the next worker goes on after the last one committed. The next chunk is
read and made ready (importing/foreseeing.py) while the database writes this one.

*Rules*: rows are never lost in silence: what the database itself refuses is narrowed down to its row.
"""

import gc
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.store.bulk_mode import sorting_beside
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.recording import record
from guanxi.engine.transfer.actions.uploads import check_switches
from guanxi.engine.transfer.finishing import tell_finished
from guanxi.engine.transfer.importing.batches import Importer
from guanxi.engine.transfer.importing.foreseeing import Foreseen, Foresight
from guanxi.engine.transfer.importing.outcomes import RowError, RowOutcome, count, kept_cells
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.importing.preparing import prepare
from guanxi.engine.transfer.importing.within import Within, keep_links, names_within, write_links
from guanxi.engine.transfer.jobs import (
    EMPTY_COUNTS,
    announce,
    forget_source,
    get_job,
    importing,
    layout_of,
    options_of,
    plan_of,
    spool_path,
    worker_ctx,
)
from guanxi.engine.transfer.models import ImportJob, ImportRow
from guanxi.engine.transfer.reading.rows import Chunk, Layout
from guanxi.engine.transfer.rules import states
from guanxi.engine.transfer.starting import start_import, start_statistics
from guanxi.kit.errors import NotFound, Problem
from guanxi.kit.text import Text

log = logging.getLogger("guanxi.transfer")

LARGEST_CHUNK = 5_000
SMALLEST_CHUNK = 500
STEPS = 20
MUCH = 20_000
MAX_TRIES = 5

DATABASE_REFUSED = Text("数据库不接受这一行的内容。", "The database does not accept the content of this row.")
INTERRUPTED = Text(
    "导入中断了，已写入的行保持不变。再次运行会接着导入。",
    "The import was interrupted. Rows already written stay; run it again to go on.",
)
PERSON_GONE = Text("发起导入的人已不在工作区。", "Whoever started the import is no longer in the workspace.")


def queue_import(ctx: Ctx, job_id: uuid.UUID, *, here: bool = False) -> ImportJob:
    """Check the plan and hand the job to a worker (`here`: to the caller); raises Invalid, Conflict."""
    job = get_job(ctx, job_id, lock=True)
    states.require(job.status, "run", ctx.locale)
    check_switches(ctx, options_of(job))
    plan_of(ctx, job)
    job.status, job.error, job.tries = states.QUEUED, None, 0
    job.save(update_fields=["status", "error", "tries"])
    announce(ctx, job)
    record(ctx, "import.started", object_key=job.object_key, file=job.filename, job=job.id)
    if not here:
        start_import(ctx, job.id)
    return job


def work(workspace_id: uuid.UUID, job_id: uuid.UUID) -> None:
    """Carry a queued import through, or go on with one that was interrupted."""
    try:
        started = _begin(workspace_id, job_id)
        if started is not None:
            with sorting_beside() if started.rows > MUCH else nullcontext(_nothing) as sort:
                for step in _chunks(started):
                    if not _write_chunk(workspace_id, job_id, step, started.within):
                        return
                    sort()
            while _link(workspace_id, job_id):
                pass
            _finish(workspace_id, job_id)
    except Problem as problem:
        fail(
            workspace_id,
            job_id,
            problem.text if not problem.values else Text(problem.message("zh-CN"), problem.message("en")),
        )


def _nothing() -> None:
    """So few rows need no sorting beside them."""


def fail(workspace_id: uuid.UUID, job_id: uuid.UUID, reason: Text = INTERRUPTED) -> None:
    """Stop the import with a sentence; what has been written stays, and it can be run again."""
    with session(workspace_id):
        job = _locked(job_id)
        if job is None or not states.allows(job.status, "work"):
            return
        job.status, job.error, job.finished_at = states.FAILED, reason.as_dict(), timezone.now()
        job.save(update_fields=["status", "error", "finished_at"])


def _locked(job_id: uuid.UUID) -> ImportJob | None:
    return ImportJob.objects.select_for_update().filter(id=job_id).first()


@dataclass(frozen=True, slots=True)
class _Started:
    """What a run needs of the job: its layout, the size of chunks, where to go on, names the file brings."""

    foresight: Foresight
    layout: Layout
    size: int
    position: int
    rows: int
    within: Within


def _begin(workspace_id: uuid.UUID, job_id: uuid.UUID) -> _Started | None:
    """Prepare once, and note that the run goes on; None when the job is over or somebody else's."""
    with session(workspace_id):
        job = _locked(job_id)
        if job is None or not states.allows(job.status, "work"):
            return None
        if job.tries >= MAX_TRIES:
            raise Problem(INTERRUPTED)
        job.tries += 1
        job.save(update_fields=["tries"])
    # Counted and committed before anything can break.
    with session(workspace_id):
        job = _locked(job_id)
        if job is None or not states.allows(job.status, "work"):
            return None
        ctx = _ctx_of(job)
        layout = layout_of(ctx, job)
        if not job.prepared.get("done"):
            _, made = prepare(ctx, plan_of(ctx, job), layout)
            job.prepared = {**made, "done": True}
        job.status = states.RUNNING
        job.started_at = job.started_at or timezone.now()
        job.save(update_fields=["status", "prepared", "started_at"])
        announce(ctx, job)
        size = max(SMALLEST_CHUNK, min(LARGEST_CHUNK, job.row_count // STEPS))
        plan = plan_of(ctx, job)
        within = names_within(plan, layout)
        left = job.row_count - job.done_rows
        return _Started(Foresight(plan, environment(ctx)), layout, size, job.position, left, within)


def _chunks(run: _Started) -> Iterator[tuple[Chunk, Foreseen | None, int]]:
    """The chunks not written yet, each with what is foreseen of it and the position it starts from."""
    position = run.position
    for chunk, foreseen in run.foresight.over(run.layout, size=run.size, position=position, rows=run.rows):
        yield chunk, foreseen, position
        position = chunk.numbers[-1]


def _ctx_of(job: ImportJob) -> Ctx:
    try:
        return worker_ctx(job.workspace_id, job.id, job.created_by, job.locale)
    except NotFound:
        raise Problem(PERSON_GONE) from None


def _write_chunk(
    workspace_id: uuid.UUID, job_id: uuid.UUID, step: tuple[Chunk, Foreseen | None, int], within: Within
) -> bool:
    """Write one chunk and move the position, all or nothing; False when somebody else went on."""
    chunk, foreseen, position = step
    with _collector_waiting(), session(workspace_id):
        job = _locked(job_id)
        if job is None or job.status != states.RUNNING or job.position != position:
            return False
        ctx = _ctx_of(job)
        outcomes = run_safely(Importer(ctx, plan_of(ctx, job), within=within), chunk, foreseen)
        keep_refused(ctx, job, outcomes)
        keep_links(ctx, job, outcomes)
        add_counts(job, outcomes)
        job.done_rows += len(chunk)
        job.position = chunk.numbers[-1]
        job.tries = 0
        job.save(update_fields=["counts", "done_rows", "position", "tries"])
        announce(ctx, job)
    return True


@contextmanager
def _collector_waiting() -> Iterator[None]:
    """Python's cycle collector walks through the fresh rows over and over and finds nothing: not now."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def run_safely(importer: Importer, chunk: Chunk, foreseen: Foreseen | None = None) -> list[RowOutcome]:
    """The outcomes of a chunk; when the database refuses it, of its halves, down to the row at fault."""
    try:
        with transaction.atomic():
            return importer.run(chunk, foreseen)
    except (DataError, IntegrityError) as error:
        if len(chunk) == 1:
            log.warning("row %s of an import refused by the database: %s", chunk.numbers[0], _told(error))
            refusal = RowError(None, None, "database_refused", DATABASE_REFUSED, {})
            return [RowOutcome(chunk.numbers[0], "refuse", chunk.rows[0], errors=[refusal])]
    middle = len(chunk) // 2
    return [
        row
        for part in (_part(chunk, 0, middle), _part(chunk, middle, len(chunk)))
        for row in run_safely(importer, part)
    ]


def _told(error: Exception) -> str:
    """What the log says of a refusal: no message of the database, since that quotes values."""
    diag = getattr(error.__cause__, "diag", None)
    names = (
        getattr(diag, name, None) for name in ("sqlstate", "table_name", "column_name", "constraint_name")
    )
    return " ".join([type(error).__name__, *(name for name in names if name)])


def _part(chunk: Chunk, start: int, end: int) -> Chunk:
    problems = {i - start: problem for i, problem in chunk.problems.items() if start <= i < end}
    return Chunk(chunk.numbers[start:end], chunk.rows[start:end], problems)


def keep_refused(ctx: Ctx, job: ImportJob, outcomes: list[RowOutcome]) -> None:
    """Store the refused rows with their reasons."""
    rows = []
    for outcome in outcomes:
        if outcome.outcome == "refuse":
            cells, clipped = kept_cells(outcome.cells)
            errors = [error.as_json() for error in outcome.errors]
            rows.append(
                ImportRow(
                    workspace_id=ctx.workspace.id,
                    job=job,
                    row=outcome.number,
                    cells=cells,
                    clipped=clipped,
                    errors=errors,
                )
            )
    ImportRow.objects.bulk_create(rows, batch_size=1000)


def add_counts(job: ImportJob, outcomes: list[RowOutcome]) -> None:
    """Add the outcomes to the job's counts."""
    counts = EMPTY_COUNTS | job.counts
    for key, number in count(outcomes).items():
        counts[key] += number
    job.counts = counts


def _link(workspace_id: uuid.UUID, job_id: uuid.UUID) -> bool:
    """Write some of the links between rows of the file; False when all are written."""
    with session(workspace_id):
        job = _locked(job_id)
        if job is None or job.status != states.RUNNING:
            return False
        ctx = _ctx_of(job)
        return write_links(ctx, job, plan_of(ctx, job))


def _finish(workspace_id: uuid.UUID, job_id: uuid.UUID) -> None:
    with session(workspace_id):
        job = _locked(job_id)
        if job is None or job.status != states.RUNNING:
            return
        job.status, job.finished_at = states.DONE, timezone.now()
        job.save(update_fields=["status", "finished_at"])
        ctx = _ctx_of(job)
        announce(ctx, job)
        tell_finished(ctx, job)
        if job.done_rows >= LARGEST_CHUNK:
            start_statistics(ctx, job.object_key)
    spool_path(job.file_id, job.sheet).unlink(missing_ok=True)
    forget_source(job.file_id)


def run_here(ctx: Ctx, job: ImportJob) -> ImportJob:
    """Run an import in this process (the command line); the caller holds no transaction."""
    work(ctx.workspace.id, job.id)
    with session(ctx.workspace.id):
        return ImportJob.objects.get(id=job.id)


def plan_for(ctx: Ctx, job: ImportJob) -> tuple[Ctx, Plan]:
    """The importing context and the plan under it."""
    inner = importing(ctx, job)
    return replace(inner, workspace=ctx.workspace), plan_of(inner, job)
