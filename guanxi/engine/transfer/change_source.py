"""Imports among a person's changes: their file's name, and what undoing one means for its job."""

import uuid
from collections.abc import Collection, Mapping

from guanxi.engine.records.change_sources import ChangeSource, change_source_registry
from guanxi.engine.records.store.batches import Undone
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.jobs import announce
from guanxi.engine.transfer.models import ImportJob
from guanxi.engine.transfer.rules import states


class ImportSource(ChangeSource):
    """Imports."""

    key = "import"

    def titles(self, ctx: Ctx, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
        """File names."""
        rows = ImportJob.objects.filter(workspace_id=ctx.workspace.id, id__in=list(ids))
        return dict(rows.values_list("id", "filename"))

    def before_undo(self, ctx: Ctx, change_set_id: uuid.UUID) -> None:
        """Only what has come to an end can be undone."""
        job = self._job(ctx, change_set_id)
        if job is not None:
            states.require(job.status, "undo", ctx.locale)

    def after_undo(self, ctx: Ctx, change_set_id: uuid.UUID, undone: Undone) -> None:
        """The import says that it was undone."""
        job = self._job(ctx, change_set_id)
        if job is not None:
            job.status = states.UNDONE
            job.counts = {**job.counts, "undone": undone.undone, "skipped": undone.skipped}
            job.save(update_fields=["status", "counts"])
            announce(ctx, job)

    def _job(self, ctx: Ctx, job_id: uuid.UUID) -> ImportJob | None:
        rows = ImportJob.objects.select_for_update()
        return rows.filter(workspace_id=ctx.workspace.id, id=job_id).first()


change_source_registry.register(ImportSource())
