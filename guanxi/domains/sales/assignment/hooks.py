"""A lead that comes in without anybody looking after it is shared out in the same transaction.

*Rules*: only at the doors the desk is set to. A lead somebody named an owner for keeps them; what a program brings
by a token counts as unowned when it is the token's person, who must see all leads (the answer shows it to them).
Leads that come in closed or converted (old lists) and sample data are left alone.
"""

from collections.abc import Sequence

from guanxi.domains.sales.assignment import giving
from guanxi.domains.sales.assignment.rules import OPEN
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via

_ASKED = (Via.PUBLIC, Via.IMPORT, Via.API)


class SharingOutHooks(RecordHooks):
    """Shares out new leads."""

    object_key = "lead"

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Find somebody for those that have nobody."""
        if ctx.via not in _ASKED:
            return
        by_token = ctx.via is Via.API and rights.sees_everything(ctx, obj)
        nobody = (None, ctx.actor.user_id) if by_token else (None,)
        leads = [
            c
            for c in changes
            if c.op == "create" and c.value("owner") in nobody and c.value("status") in OPEN
        ]
        if leads:
            giving.share_out(ctx, leads, door=ctx.via)


hooks_registry.register(SharingOutHooks())
