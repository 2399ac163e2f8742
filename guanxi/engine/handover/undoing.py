"""Hand-overs among a person's changes: whose they were, and giving back what is no record."""

import uuid
from collections.abc import Collection, Mapping

from guanxi.engine.handover.models import HandOver
from guanxi.engine.handover.moving import KIND, RUNNING
from guanxi.engine.handover.planning import require_handing
from guanxi.engine.identity.facade import people
from guanxi.engine.identity.leaving import open_work
from guanxi.engine.records.change_sources import ChangeSource, change_source_registry
from guanxi.engine.records.store.batches import Undone
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.ids import parse_id


class HandOverSource(ChangeSource):
    """Hand-overs."""

    key = KIND

    def titles(self, ctx: Ctx, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
        """The name of whoever handed over."""
        rows = HandOver.objects.filter(workspace_id=ctx.workspace.id, id__in=list(ids))
        found = dict(rows.values_list("id", "person_id"))
        names = people(ctx, set(found.values())) if found else {}
        return {row_id: names.get(person, "") for row_id, person in found.items()}

    def before_undo(self, ctx: Ctx, change_set_id: uuid.UUID) -> None:
        """Not while it runs, and only by whoever may hand over now."""
        row = self._row(ctx, change_set_id)
        if row is None:
            return
        if row.status in ("queued", "running"):
            raise Conflict(RUNNING, code="hand_over_running")
        schema = get_schema(ctx)
        require_handing(ctx, [obj for key in row.plan["order"] if (obj := schema.find(key))])

    def after_undo(self, ctx: Ctx, change_set_id: uuid.UUID, undone: Undone) -> None:
        """Views, imports, teams and so on go back, as far as they are as they were passed on."""
        row = self._row(ctx, change_set_id)
        to = parse_id(row.plan["to"][0]) if row else None
        if row is None or to is None:
            return
        for kind in open_work:
            if row.work.get(kind.key):
                kind.give_back(ctx, row.person_id, to, row.work[kind.key])
        row.work = {}
        row.save(update_fields=["work"])

    def _row(self, ctx: Ctx, change_set_id: uuid.UUID) -> HandOver | None:
        rows = HandOver.objects.select_for_update()
        return rows.filter(workspace_id=ctx.workspace.id, id=change_set_id).first()


change_source_registry.register(HandOverSource())
