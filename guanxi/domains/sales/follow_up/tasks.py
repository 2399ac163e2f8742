"""The jobs and chores of following up."""

import uuid

from procrastinate.contrib.django import app

from guanxi.domains.sales.follow_up import reminding
from guanxi.domains.sales.follow_up.plans import running, settings
from guanxi.domains.sales.follow_up.plans.known import plans_of
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx


@app.task(queue=reminding.QUEUE, name=reminding.JOB)
def remind(workspace_id: str) -> None:
    """Send the reminders that are due in a workspace; may run twice."""
    with session(uuid.UUID(workspace_id)):
        reminding.remind(load_system_ctx(uuid.UUID(workspace_id)))


@app.task(queue=settings.QUEUE, name=settings.BEGIN)
def begin_plan(workspace_id: str, plan_id: str) -> None:
    """Run a plan that was switched on or changed; may run twice."""
    with session(uuid.UUID(workspace_id)):
        running.seed(load_system_ctx(uuid.UUID(workspace_id)), uuid.UUID(plan_id))


def run_plans(ctx: Ctx) -> None:
    """Bring every plan up to date (an hourly chore)."""
    for plan in plans_of(ctx):
        if plan.seeding:
            running.seed(ctx, plan.id)
        else:
            running.settle(ctx, plan)


def tidy(ctx: Ctx) -> None:
    """Send what no job did; forget what was sent long ago."""
    reminding.remind(ctx)
    reminding.forget_old(ctx)


chore_registry.register(Chore("sales.run_plans", run_plans))
chore_registry.register(Chore("sales.remind_of_tasks", tidy))
