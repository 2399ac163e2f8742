"""The jobs of imports and exports.

*Rules*: every one may run twice (a worker dies, another takes over) and then finds its work done.
"""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.transfer.actions import exports, runs, undoing
from guanxi.engine.transfer.finishing import refresh_statistics
from guanxi.engine.transfer.starting import (
    MAINTENANCE,
    QUEUE,
    REFRESH_STATISTICS,
    RUN_EXPORT,
    RUN_IMPORT,
    UNDO_IMPORT,
)

# One more than `runs.MAX_TRIES`: the last one only says that the import has failed.
_RETRY = RetryStrategy(max_attempts=6, exponential_wait=2)


@app.task(name=RUN_IMPORT, queue=QUEUE, retry=_RETRY)
def run_import(*, workspace_id: str, job_id: str, user_id: str | None) -> None:
    """Write the rows of an import that nobody has written yet."""
    runs.work(uuid.UUID(workspace_id), uuid.UUID(job_id))


@app.task(name=UNDO_IMPORT, queue=QUEUE, retry=_RETRY)
def undo_import(*, workspace_id: str, job_id: str, user_id: str | None) -> None:
    """Take back what a large import wrote."""
    undoing.work(uuid.UUID(workspace_id), uuid.UUID(job_id), uuid.UUID(user_id) if user_id else None)


@app.task(name=RUN_EXPORT, queue=QUEUE, retry=_RETRY)
def run_export(*, workspace_id: str, job_id: str, user_id: str | None) -> None:
    """Write an export's file."""
    exports.work(uuid.UUID(workspace_id), uuid.UUID(job_id))


@app.task(name=REFRESH_STATISTICS, queue=MAINTENANCE)
def gather_statistics(*, workspace_id: str, object_key: str) -> None:
    """Gather the statistics of the tables that an import has filled."""
    refresh_statistics(uuid.UUID(workspace_id), object_key)
