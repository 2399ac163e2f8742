"""Whose a record is since when: what follows for it from another owner, and what a pool does not let pass.

*How it works*: whoever changes the owner of a record, by whatever door, starts its days anew (`owned_since`).
A record in a pool gets an owner by claiming and handing out (claiming.py), which give `pool` too; or because
somebody who may hand out any record, or manages the pool, simply assigns it: then it leaves the pool here.
Everybody else is told to claim it: no limit of a pool is gone round by editing.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from guanxi.domains.sales.pool.rules import Limits
from guanxi.domains.sales.pool.sight import PoolDef, pools_of
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.text import Text

IN_POOL = Text("这条记录在公海里，请先领取。", "This record is in a pool. Claim it first.")
LEFT = {"pool": None, "pooled_at": None, "pool_reason": None, "pool_note": None}
"""What a record that leaves its pool is given."""


class PooledHooks(RecordHooks):
    """Keeps the columns of `customers.pooling` in step with the owner."""

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Another owner, unless whoever gives it says since when, too, and what else follows."""
        return "owner" in keys and "owned_since" not in keys

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Start the days of a new owner; refuse what goes round the pool."""
        if ctx.via is Via.IMPORT:
            self._brought(ctx, changes)
        moved = [change for change in changes if change.op == "update" and change.changes("owner")]
        if not moved:
            return
        pools = {pool.key: pool for pool in pools_of(ctx, obj.key)}
        free = ctx.actor.user_id is None or rights.assignable(ctx, obj) is None
        for change in moved:
            before = change.before or {}
            owner, pool = change.values["owner"], pools.get(before.get("pool") or "")
            if pool is not None and "pool" not in change.values and owner is not None:
                if not free and not pool.open_to(ctx, managing=True):
                    change.refuse("owner", "in_pool", IN_POOL)
                    continue
                change.values |= LEFT
            change.values["owned_since"] = ctx.now if owner is not None else None
            change.values["pool_due_at"] = None
            if before.get("owner") is not None:
                change.values["previous_owner"] = before["owner"]
            if before.get("pool") is not None or change.values.get("pool") is not None:
                change.values["protected_until"] = self._protected(ctx, pool) if owner is not None else None

    def _brought(self, ctx: Ctx, changes: Sequence[Change]) -> None:
        """Count the days of what is imported from today: it was made, and contacted last, years ago elsewhere."""
        for change in changes:
            if change.op == "create" and change.value("owner") is not None:
                change.values["owned_since"] = ctx.now

    def _protected(self, ctx: Ctx, pool: PoolDef | None) -> object:
        limits = pool.limits if pool else Limits()
        return ctx.now + timedelta(days=limits.protection_days) if limits.protection_days else None


class CustomerPoolHooks(PooledHooks):
    """Of customers."""

    object_key = "customer"


class LeadPoolHooks(PooledHooks):
    """Of leads."""

    object_key = "lead"


hooks_registry.register(CustomerPoolHooks())
hooks_registry.register(LeadPoolHooks())
