"""Records that must not be destroyed now: legal holds, as whoever keeps them tells.

*How it works*: a package registers a `HoldCheck`; everything that destroys records by itself (emptying the
recycle bin, retention rules) asks `held_ids` first and leaves those alone.

*Rules*: set-based: one question for all ids.
"""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class HoldCheck:
    """Who knows of holds; `held` gives those of the ids that are under one.

    `freezes`: their contents are evidence, and no erasure blacks anything out in them.
    """

    key: str
    held: Callable[[Ctx, ObjectDef, Collection[uuid.UUID]], Collection[uuid.UUID]]
    freezes: bool = False


hold_checks: Registry[HoldCheck] = Registry("hold check", lambda check: check.key)


def held_ids(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID], *, frozen: bool = False) -> set[uuid.UUID]:
    """Those of `ids` that must stay; with `frozen`, those that must stay as they are."""
    checks = [check for check in hold_checks if check.freezes or not frozen]
    return {record_id for check in checks for record_id in check.held(ctx, obj, ids)} if ids else set()
