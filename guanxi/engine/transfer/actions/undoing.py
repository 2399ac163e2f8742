"""Taking an import back: what it created goes to the recycle bin, what it changed gets its old values.

Records that somebody has changed since are left as they are, and counted. Fields, options and members
that the import created stay: other records may use them by now.
"""

import uuid
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from guanxi.engine.records import store
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.recording import record
from guanxi.engine.transfer.importing.members import MEMBER_KEYS
from guanxi.engine.transfer.jobs import UNDO_DAYS, announce, get_job, worker_ctx
from guanxi.engine.transfer.models import ImportJob
from guanxi.engine.transfer.rules import states
from guanxi.engine.transfer.starting import start_undo
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

AT_ONCE = 5_000
TOO_LATE = Text(
    "导入超过 {days} 天，不能再撤销。", "The import is more than {days} days old and can no longer be undone."
)
NOT_PEOPLE = Text(
    "成员的导入不能撤销，请在成员管理中停用。",
    "An import of members cannot be undone. Disable them in the settings.",
)


def undo_import(ctx: Ctx, job_id: uuid.UUID) -> ImportJob:
    """Undo an import, at once or (a large one) in the background; raises Conflict when it is too late."""
    job = get_job(ctx, job_id, lock=True)
    states.require(job.status, "undo", ctx.locale)
    if job.object_key in MEMBER_KEYS:
        raise Conflict(NOT_PEOPLE, code="not_undoable")
    age = timezone.now() - (job.finished_at or job.created_at)
    if age > UNDO_DAYS:
        raise Conflict(TOO_LATE, code="too_late", days=UNDO_DAYS // timedelta(days=1))
    if job.done_rows <= AT_ONCE:
        _undo(ctx, job)
    else:
        job.status = states.UNDOING
        job.save(update_fields=["status"])
        start_undo(ctx, job.id)
    announce(ctx, job)
    record(
        ctx, "import.undone", object_key=job.object_key, count=job.done_rows, file=job.filename, job=job.id
    )
    return job


def work(workspace_id: uuid.UUID, job_id: uuid.UUID, user_id: uuid.UUID | None) -> None:
    """Undo a large import in one transaction."""
    with session(workspace_id):
        job = ImportJob.objects.select_for_update().filter(id=job_id).first()
        if job is None or job.status != states.UNDOING:
            return
        ctx = worker_ctx(workspace_id, job_id, user_id, job.locale)
        _undo(ctx, job)
        announce(ctx, job)


def _undo(ctx: Ctx, job: ImportJob) -> None:
    # Not under the import's own batch: undoing must not become a part of what can be undone.
    result = store.undo_batch(replace(ctx, batch_id=None), job.id)
    job.status = states.UNDONE
    job.counts = {**job.counts, "undone": result.undone, "skipped": result.skipped}
    job.save(update_fields=["status", "counts"])
