"""The jobs of imports and exports.

*Rules*: every one may run twice (a worker dies, another takes over) and then finds its work done.
"""

import uuid

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.transfer.actions import exports, runs, undoing
from guanxi.engine.transfer.starting import QUEUE, RUN_EXPORT, RUN_IMPORT, UNDO_IMPORT

ATTEMPTS = 5
_RETRY = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=2)


@app.task(name=RUN_IMPORT, queue=QUEUE, retry=_RETRY, pass_context=True)
def run_import(context: JobContext, *, workspace_id: str, job_id: str, user_id: str | None) -> None:
    """Write the rows of an import that nobody has written yet."""
    workspace, job = uuid.UUID(workspace_id), uuid.UUID(job_id)
    ended = False
    try:
        runs.work(workspace, job)
        ended = True
    finally:
        # After the last attempt nobody would come back to it: say so instead of showing it as running.
        if not ended and context.job.attempts >= ATTEMPTS - 1:
            runs.fail(workspace, job)


@app.task(name=UNDO_IMPORT, queue=QUEUE, retry=_RETRY)
def undo_import(*, workspace_id: str, job_id: str, user_id: str | None) -> None:
    """Take back what a large import wrote."""
    undoing.work(uuid.UUID(workspace_id), uuid.UUID(job_id), uuid.UUID(user_id) if user_id else None)


@app.task(name=RUN_EXPORT, queue=QUEUE, retry=_RETRY)
def run_export(*, workspace_id: str, job_id: str, user_id: str | None) -> None:
    """Write an export's file."""
    exports.work(uuid.UUID(workspace_id), uuid.UUID(job_id))
