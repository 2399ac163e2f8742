"""The jobs of bulk work and of undoing.

*Rules*: every one may run twice (a worker dies, another takes over) and then finds its work done.
"""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.changes import jobs, undoing

_RETRY = RetryStrategy(max_attempts=6, exponential_wait=2)


@app.task(name=jobs.RUN, queue=jobs.QUEUE, retry=_RETRY)
def run_bulk_job(*, workspace_id: str, job_id: str) -> None:
    """Carry bulk work through."""
    jobs.work(uuid.UUID(workspace_id), uuid.UUID(job_id))


@app.task(name=undoing.UNDO, queue=undoing.QUEUE, retry=_RETRY)
def undo_change(*, workspace_id: str, change_set_id: str, user_id: str, locale: str) -> None:
    """Carry a large undo through."""
    undoing.work(uuid.UUID(workspace_id), uuid.UUID(change_set_id), uuid.UUID(user_id), locale)
