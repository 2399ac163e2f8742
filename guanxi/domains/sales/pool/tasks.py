"""The nightly job of public pools, and the hourly chore that starts it (recycling.py)."""

import uuid
from collections import defaultdict
from typing import Any

from procrastinate.contrib.django import app

from guanxi.domains.sales.pool.finding import Plan, plans
from guanxi.domains.sales.pool.models import PoolRun, PoolTally
from guanxi.domains.sales.pool.recycling import begin_run, is_due, recycle_stretch, tell_recycled, warn
from guanxi.domains.sales.pool.sight import pools_of
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.ids import new_id

NAME = "sales.recycle_into_pools"
QUEUE = "maintenance"


@app.task(queue=QUEUE, name=NAME)
def recycle(workspace_id: str, run_id: str) -> None:
    """Go through all rules, a stretch a transaction; then warn of what comes next."""
    run(uuid.UUID(workspace_id), uuid.UUID(run_id))


def run(workspace_id: uuid.UUID, run_id: uuid.UUID) -> dict[str, Any]:
    """The day's run; `{"recycled", "warned"}`."""
    with session(workspace_id):
        keys = [(each.pool.key, each.rule.id) for each in plans(load_system_ctx(workspace_id))]
    total, detail = 0, []
    for pool_key, rule_id in keys:
        change = new_id()
        recycled = _apply(workspace_id, change, pool_key, rule_id)
        detail.append({"pool": pool_key, "rule": rule_id, "change": str(change), "recycled": recycled})
        total += recycled
    with session(workspace_id):
        ctx = load_system_ctx(workspace_id)
        warned = warn(ctx, plans(ctx))
        PoolRun.objects.filter(workspace_id=workspace_id, id=run_id).update(
            state="done", recycled=total, warned=warned, detail=detail, finished_at=ctx.now
        )
    return {"recycled": total, "warned": warned}


def _apply(workspace_id: uuid.UUID, change_id: uuid.UUID, pool_key: str, rule_id: str) -> int:
    """Put all records that a rule takes into its pool, and tell whose they were; gives how many."""
    owners: dict[uuid.UUID, int] = defaultdict(int)
    after: uuid.UUID | None = None
    while True:
        with session(workspace_id):
            each = _find(workspace_id, pool_key, rule_id)
            if each is None:
                break  # it was switched off meanwhile
            done = recycle_stretch(each, change_id, after)
            for owner, several in done.owners.items():
                owners[owner] += several
            after = done.last
            if after is None:
                tell_recycled(each.ctx, each, owners)
                break
    return sum(owners.values())


def _find(workspace_id: uuid.UUID, pool_key: str, rule_id: str) -> Plan | None:
    ready = plans(load_system_ctx(workspace_id))
    return next((each for each in ready if (each.pool.key, each.rule.id) == (pool_key, rule_id)), None)


def start(ctx: Ctx) -> None:
    """Start the day's run where it is due; forget old tallies (an hourly chore)."""
    if not pools_of(ctx) or not is_due(ctx):
        return
    row = begin_run(ctx)
    PoolTally.objects.filter(workspace_id=ctx.workspace.id, day__lt=ctx.today.date()).delete()
    task = app.configure_task(NAME, queue=QUEUE, lock=f"{NAME}:{ctx.workspace.id}")
    task.defer(workspace_id=str(ctx.workspace.id), run_id=str(row.id))


chore_registry.register(Chore("sales.recycle_into_pools", start))
