"""Background work of the data review: large repairs."""

import uuid

from procrastinate.contrib.django import app

from guanxi.engine.quality import applying


@app.task(queue=applying.QUEUE, name=applying.APPLY)
def apply_repair(workspace_id: str, run_id: str, locale: str) -> None:
    """Go on with a repair; what was written before a crash needs no repair any more."""
    applying.run(uuid.UUID(workspace_id), uuid.UUID(run_id), locale)
