"""The finder's jobs. Each may run twice and then finds its work done."""

import uuid

from procrastinate.contrib.django import app

from guanxi.engine.finder import merging, running


@app.task(name=running.RUN, queue=running.QUEUE, retry=3)
def run_finder(*, workspace_id: str, run_id: str) -> None:
    """Look through a whole object."""
    running.work(uuid.UUID(workspace_id), uuid.UUID(run_id))


@app.task(name=running.MERGE, queue=running.QUEUE, retry=3)
def merge_clusters(*, workspace_id: str, run_id: str, user_id: str) -> None:
    """Merge what an administrator has chosen."""
    merging.work(uuid.UUID(workspace_id), uuid.UUID(run_id), uuid.UUID(user_id))
