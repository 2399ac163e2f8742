"""The jobs of the desk: erasing, making copies.

*Rules*: each may run twice (a worker dies, another takes over) and then finds its work done. Arguments are
ids alone: jobs are kept, and hold no data of people.
"""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.subjects import copying
from guanxi.engine.subjects.working import ERASE, QUEUE, erase_request

_RETRY = RetryStrategy(max_attempts=4, exponential_wait=3)


@app.task(name=ERASE, queue=QUEUE, retry=_RETRY)
def erase_person(*, workspace_id: str, request_id: str, user_id: str | None) -> None:
    """Erase the person of a request."""
    erase_request(uuid.UUID(workspace_id), uuid.UUID(request_id), uuid.UUID(user_id) if user_id else None)


@app.task(name=copying.MAKE, queue=QUEUE, retry=_RETRY)
def copy_person(*, workspace_id: str, copy_id: str) -> None:
    """Make the copy of a person's data."""
    copying.make(uuid.UUID(workspace_id), uuid.UUID(copy_id))
