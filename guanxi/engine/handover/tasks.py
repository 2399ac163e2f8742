"""The job of a hand-over.

*Rules*: it may run twice (a worker dies, another takes over) and then finds its work done.
"""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.handover import moving


@app.task(name=moving.RUN, queue=moving.QUEUE, retry=RetryStrategy(max_attempts=6, exponential_wait=2))
def run_hand_over(*, workspace_id: str, work_id: str) -> None:
    """Carry a hand-over through."""
    moving.work(uuid.UUID(workspace_id), uuid.UUID(work_id))
