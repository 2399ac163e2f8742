"""Writes audit entries: the recorder behind the seam of tenancy/recording.py.

*How it works*: an entry is one INSERT in the transaction of what it tells. The database adds the transaction's
number (`tx`), which the journal entries of the same request carry too: that is how the audit knows from
which address and with which token a record was changed, without writing a change twice.

*Rules*: entries of nobody's workspace (a sign-in with an unknown address) belong to INSTALLATION.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from guanxi.engine.audit.counting import counter, viewing_detail
from guanxi.engine.audit.writing import INSTALLATION, elsewhere, insert
from guanxi.engine.tenancy import recording
from guanxi.engine.tenancy.context import Ctx, Origin, enter_workspace, session


class AuditRecorder:
    """The recorder of the product."""

    def record(
        self,
        ctx: Ctx,
        kind: str,
        *,
        object_key: str = "",
        record_id: uuid.UUID | None = None,
        count: int = 1,
        detail: Mapping[str, Any],
    ) -> None:
        """Write one entry in the caller's transaction."""
        origin = ctx.origin
        if origin.viewer is not None:  # who acts is who looks; the other is told besides
            detail = {**detail, **viewing_detail(origin)}
        insert(ctx.workspace.id, kind, origin, actor_id=origin.viewer or ctx.actor.user_id, via=ctx.via,
               object_key=object_key, record_id=record_id, count=count, detail=detail)  # fmt: skip

    def record_later(self, ctx: Ctx, kind: str, detail: Mapping[str, Any]) -> None:
        """Write one entry in a transaction of its own."""
        with session(ctx.workspace.id):
            self.record(ctx, kind, detail=detail)

    def record_person(
        self, user_id: uuid.UUID | None, kind: str, origin: Origin, detail: Mapping[str, Any]
    ) -> None:
        """Write one entry in each workspace that the person is active in."""
        with transaction.atomic(), elsewhere():
            for workspace_id in _workspaces_of(user_id):
                enter_workspace(workspace_id)
                insert(workspace_id, kind, origin, actor_id=user_id, via="web", detail=detail)

    def count_read(self, ctx: Ctx, object_key: str, count: int) -> None:
        """Count records that were shown."""
        counter.add_records(ctx, object_key, count)

    def count_call(self, ctx: Ctx) -> None:
        """Count a call that only reads."""
        counter.add_call(ctx)


def _workspaces_of(user_id: uuid.UUID | None) -> list[uuid.UUID]:
    enter_workspace(None, user_id)
    with connection.cursor() as db:
        db.execute("SELECT workspace_id FROM membership WHERE user_id = %s AND status = 'active'", [user_id])
        return [row[0] for row in db.fetchall()] or [INSTALLATION]


recorder = AuditRecorder()
recording.use(recorder)
