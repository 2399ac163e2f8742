"""Handing work to the background: by the names of the tasks, so that nothing here imports them.

Enqueued in the caller's transaction: a job that was rolled back never runs.
"""

import uuid

from procrastinate.contrib.django import app

from guanxi.engine.tenancy.context import Ctx

RUN_IMPORT = "transfer.run_import"
UNDO_IMPORT = "transfer.undo_import"
RUN_EXPORT = "transfer.run_export"
REFRESH_STATISTICS = "transfer.refresh_statistics"
QUEUE = "transfer"
MAINTENANCE = "maintenance"


def start_import(ctx: Ctx, job_id: uuid.UUID) -> None:
    """Run an import."""
    _start(RUN_IMPORT, ctx, job_id)


def start_undo(ctx: Ctx, job_id: uuid.UUID) -> None:
    """Undo a large import."""
    _start(UNDO_IMPORT, ctx, job_id)


def start_export(ctx: Ctx, job_id: uuid.UUID) -> None:
    """Write an export."""
    _start(RUN_EXPORT, ctx, job_id)


def start_statistics(ctx: Ctx, object_key: str) -> None:
    """Gather the statistics of what an import has filled."""
    task = app.configure_task(REFRESH_STATISTICS, queue=MAINTENANCE, lock=REFRESH_STATISTICS)
    task.defer(workspace_id=str(ctx.workspace.id), object_key=object_key)


def _start(task: str, ctx: Ctx, job_id: uuid.UUID) -> None:
    user_id = ctx.actor.user_id
    # One at a time a job: a second run waits for the first and then finds nothing to do.
    app.configure_task(task, queue=QUEUE, lock=f"{task}:{job_id}").defer(
        workspace_id=str(ctx.workspace.id), job_id=str(job_id), user_id=str(user_id) if user_id else None
    )
