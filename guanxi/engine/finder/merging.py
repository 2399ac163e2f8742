"""Merging all clusters above a score, in the background, through the store's merge.

*How it works*: `preview` counts what would be merged; `start` asks for the same number again, so that nobody
merges more than they were shown, and enqueues the job. Each cluster is one transaction; the record with
the most filled fields (of equals the oldest) stays. Each cluster is a change of its own (store/unmerging.py
knows one merge a batch), and a part of the change that the whole work is: either can be taken back.

*Rules*: administrators only; merged as the person who asked, with their rights; a refused cluster stays in
the queue and is counted.
"""

import uuid
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from guanxi.engine.access import rights
from guanxi.engine.finder.models import DuplicateCluster, DuplicateRun
from guanxi.engine.finder.running import MERGE, QUEUE, announce, described, latest
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.finding import select
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.change_sets import make_part
from guanxi.engine.records.store.merging import MAX_OTHERS, merge
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.kit.errors import Conflict, Forbidden, NotFound, Problem, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

MIN_THRESHOLD = 0.8
MERGES = "merges"
BAD_THRESHOLD = Text("分数应在 0.8 到 1 之间。", "The score must be between 0.8 and 1.")
CHANGED = Text("现在是 {now} 组，不是 {expected} 组。", "There are {now} clusters now, not {expected}.")
BUSY = Text("正在查找或合并，请等它结束。", "A search or merge is running; wait for it to end.")


def preview(ctx: Ctx, object_key: str, given: dict[str, Any]) -> dict[str, int]:
    """How many clusters reach the score, the records in them, and how many records would go."""
    _, _, rows = _chosen(ctx, object_key, given)
    sizes = _sizes(ctx, object_key, rows)
    return {"clusters": len(sizes), "records": sum(sizes), "removed": sum(sizes) - len(sizes)}


def start(ctx: Ctx, object_key: str, given: dict[str, Any]) -> dict[str, Any]:
    """Queue the merge of what `preview` counted (`expect` clusters); gives the run."""
    run, threshold, rows = _chosen(ctx, object_key, given)
    now = len(_sizes(ctx, object_key, rows))
    if given.get("expect") != now:
        raise Conflict(CHANGED, code="changed", now=now, expected=given.get("expect"))
    if run.state != "done" or (run.merging or {}).get("state") == "running":
        raise Conflict(BUSY, code="already_running")
    run.merging = {
        "id": str(new_id()),
        "state": "running",
        "total": now,
        "done": 0,
        "refused": 0,
        "threshold": threshold,
    }
    run.save(update_fields=["merging"])
    app.configure_task(MERGE, queue=QUEUE, lock=f"{MERGE}:{run.id}").defer(
        workspace_id=str(ctx.workspace.id), run_id=str(run.id), user_id=str(ctx.actor.user_id)
    )
    return described(run)


def _sizes(ctx: Ctx, object_key: str, rows: Any) -> list[int]:
    """How many records each cluster still has, of those with two or more: others were merged or deleted by hand."""
    found = [[uuid.UUID(i) for i in ids] for ids in rows.values_list("ids", flat=True)]
    every = [i for ids in found for i in ids]
    living = select(ctx, get_object(ctx, object_key), "r.id", Sql("r.id = ANY(%s::uuid[])", (every,)))
    there = {record_id for (record_id,) in living}
    sizes = (sum(i in there for i in ids) for ids in found)
    return [size for size in sizes if size > 1]


def _chosen(ctx: Ctx, object_key: str, given: dict[str, Any]) -> tuple[DuplicateRun, float, Any]:
    obj = rights.get_object(ctx, object_key)
    if not ctx.actor.manages("quality"):
        raise Forbidden
    threshold = given.get("threshold")
    if (
        isinstance(threshold, bool)
        or not isinstance(threshold, (int, float))
        or not MIN_THRESHOLD <= threshold <= 1
    ):
        raise invalid("threshold", "out_of_range", BAD_THRESHOLD)
    run = latest(ctx, obj.key)
    if run is None:
        raise NotFound
    rows = DuplicateCluster.objects.filter(
        workspace_id=ctx.workspace.id, object_key=obj.key, state="open", score__gte=threshold
    )
    return run, float(threshold), rows


def work(workspace_id: uuid.UUID, run_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Merge cluster after cluster; a worker that takes over goes on with those that are still open."""
    refused: list[uuid.UUID] = []
    while True:
        with session(workspace_id):
            run = DuplicateRun.objects.select_for_update().filter(id=run_id).first()
            if run is None or (run.merging or {}).get("state") != "running":
                return
            state: dict[str, Any] = dict(run.merging or {})
            cluster = (
                DuplicateCluster.objects.select_for_update()
                .filter(run=run, state="open", score__gte=state["threshold"])
                .exclude(id__in=refused)
                .order_by("-score", "id")
                .first()
            )
            if cluster is None:
                run.merging = state | {"state": "done"}
                run.save(update_fields=["merging"])
                announce(workspace_id, run.object_key)
                return
            workspace, actor = identity.load_actor(workspace_id, user_id)
            ctx = Ctx(workspace=workspace, actor=actor, via=Via.WEB, batch_id=new_id())
            try:
                with transaction.atomic():
                    merged = merge_cluster(ctx, cluster)
                    if merged and ctx.batch_id is not None and "id" in state:
                        obj = get_object(ctx, cluster.object_key)
                        make_part(ctx, ctx.batch_id, uuid.UUID(state["id"]), MERGES, obj)
                state["done"] += merged
                cluster.state = "merged"
                cluster.save(update_fields=["state"])
            except Problem:
                refused.append(cluster.id)
                state["refused"] += 1
            run.merging = state
            run.save(update_fields=["merging"])


def merge_cluster(ctx: Ctx, cluster: DuplicateCluster) -> bool:
    """One of a cluster's records stays; False where there were not two any more. Raises Problem where refused."""
    records = get_records(ctx, cluster.object_key, [uuid.UUID(i) for i in cluster.ids])
    if len(records) < 2:
        return False
    records.sort(
        key=lambda r: (-sum(v not in (None, "", []) for v in r.values()), str(r.get("created_at")), r["id"])
    )
    survivor, *others = (uuid.UUID(record["id"]) for record in records)
    for begin in range(0, len(others), MAX_OTHERS):
        merge(ctx, cluster.object_key, survivor, others[begin : begin + MAX_OTHERS], {})
    return True
