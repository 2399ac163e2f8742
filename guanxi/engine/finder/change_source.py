"""Bulk merges among a person's changes: none is taken back while it still merges."""

import uuid

from guanxi.engine.finder.models import DuplicateCluster, DuplicateRun
from guanxi.engine.finder.running import announce
from guanxi.engine.records.change_sources import ChangeSource, change_source_registry
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.batches import Undone
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

RUNNING = Text("这次批量合并还在进行，请等它结束。", "This bulk merge is still running. Wait for it to end.")


class BulkMergeSource(ChangeSource):
    """Merges of all groups above a score."""

    key = "merges"

    def before_undo(self, ctx: Ctx, change_set_id: uuid.UUID) -> None:
        """Only what has come to an end can be undone."""
        runs = DuplicateRun.objects.filter(workspace_id=ctx.workspace.id, merging__id=str(change_set_id))
        if runs.filter(merging__state="running").exists():
            raise Conflict(RUNNING, code="merging")

    def after_undo(self, ctx: Ctx, change_set_id: uuid.UUID, undone: Undone) -> None:
        """Groups whose records are apart again stand in the queue again."""
        run = DuplicateRun.objects.filter(
            workspace_id=ctx.workspace.id, merging__id=str(change_set_id)
        ).first()
        obj = get_schema(ctx).find(run.object_key) if run else None
        if run is None or obj is None:
            return
        merged = dict(DuplicateCluster.objects.filter(run=run, state="merged").values_list("id", "ids"))
        known = {uuid.UUID(i) for ids in merged.values() for i in ids}
        live = {str(i) for i in visible_ids(ctx, obj, list(known))}
        apart = [cluster for cluster, ids in merged.items() if len(live.intersection(ids)) > 1]
        DuplicateCluster.objects.filter(id__in=apart).update(state="open")
        announce(ctx.workspace.id, run.object_key)


change_source_registry.register(BulkMergeSource())
