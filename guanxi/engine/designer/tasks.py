"""The designer's job.

*Rules*: it may run twice (a worker dies, another takes over) and then goes on where the first one stood.
"""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.designer.work import QUEUE, RUN_TASK, work


@app.task(name=RUN_TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=6, exponential_wait=2))
def run_task(*, workspace_id: str, task_id: str) -> None:
    """Do a task of the designer to its end."""
    work(uuid.UUID(workspace_id), uuid.UUID(task_id))
