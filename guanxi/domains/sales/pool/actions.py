"""Claiming and returning as actions of customers and leads: a button, an endpoint, later a step of a flow."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.customers.facade import REASONS, RULED
from guanxi.domains.sales.pool.claiming import put_back
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import FieldDef, ObjectDef, Option
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

POOLED = ("customer", "lead")


def _open(obj: ObjectDef) -> tuple[Option, ...]:
    """The pools that are still there, as options."""
    return tuple(option for option in obj.fields["pool"].options if not option.retired)


class ReturnToPool(Action):
    """The owner lets go, and says why."""

    key = "return_to_pool"
    label = Text("退回公海", "Return to the pool")
    icon = "undo-2"
    objects = POOLED
    bulk = True

    def applies(self, obj: ObjectDef) -> bool:
        """True where the object has a pool to return to."""
        return super().applies(obj) and bool(_open(obj))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Why; to which pool, where there are several."""
        reasons = tuple(each for each in REASONS if each.value not in RULED)
        return (
            field("reason", "select", Text("原因", "Reason"), options=reasons, required=True),
            field("note", "long_text", Text("说明", "Why exactly")),
            field("pool", "select", Text("退回到", "Pool"), options=_open(obj)),
        )

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"returned": n}`."""
        returned = put_back(
            ctx, obj, ids, reason=data["reason"], note=data.get("note"), pool=data.get("pool")
        )
        return {"returned": returned}


action_registry.register(ReturnToPool())
