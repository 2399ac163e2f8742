"""The job that computes insight, and the hourly chore that starts it by night."""

import uuid
from importlib import import_module

from procrastinate.contrib.django import app

from guanxi.domains.insight.customers.deciding import begin, is_due
from guanxi.domains.insight.customers.models import InsightRun
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx

NAME = "insight.compute"
QUEUE = "maintenance"
# The worker alone computes: every other process is spared the libraries for numbers.
_RUNNING = "guanxi.domains.insight.customers.running"


@app.task(queue=QUEUE, name=NAME)
def compute(workspace_id: str, run_id: str) -> None:
    """Carry out a run."""
    import_module(_RUNNING).run(uuid.UUID(workspace_id), uuid.UUID(run_id))


def start(ctx: Ctx, *, nightly: bool) -> InsightRun:
    """Begin a run and leave it to the worker; raises Conflict."""
    row = begin(ctx, nightly=nightly)
    task = app.configure_task(NAME, queue=QUEUE, lock=f"{NAME}:{ctx.workspace.id}")
    task.defer(workspace_id=str(ctx.workspace.id), run_id=str(row.id))
    return row


def start_by_night(ctx: Ctx) -> None:
    """Start the day's run where it is due (an hourly chore)."""
    if is_due(ctx):
        start(ctx, nightly=True)


chore_registry.register(Chore("insight.compute", start_by_night))
