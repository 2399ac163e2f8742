"""Releasing an order that the credit of its customer holds: by who looks after the work of others, with a reason."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.papers.facade import locked_row, may_decide
from guanxi.domains.sales.receivables import credit
from guanxi.domains.sales.receivables.ledger import ORDER
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, Forbidden
from guanxi.kit.text import Text

NOT_DRAFT = Text("只有草稿要放行。", "Only a draft is released.")
NOT_HELD = Text("这张订单没有超过客户的信用额度，不用放行。", "The order is within its customer's credit; nothing is to be released.")  # fmt: skip
RELEASED = Text("「{record}」超信用额度已放行，可以确认了", "“{record}” is released beyond its customer's credit and can be confirmed")  # fmt: skip


class ReleaseCredit(Action):
    """Let an order pass its customer's credit limit, up to the amount that it has now."""

    key = "release_credit"
    label = Text("放行（超信用额度）", "Release beyond credit")
    icon = "key"
    objects = (ORDER,)
    when = ("status", ("draft",))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Why."""
        return (field("comment", "text", Text("原因", "Reason"), required=True, config={"max": 500}),)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"credit_released": up to how much}`; raises Forbidden for others, Conflict for an order that is not held."""
        if not may_decide(ctx, obj):
            raise Forbidden
        order = locked_row(ctx, obj, ids[0])
        if (order.value("status") or "draft") != "draft":
            raise Conflict(NOT_DRAFT, code="wrong_state")
        if not credit.hold(ctx, order):
            raise Conflict(NOT_HELD, code="not_held")
        values = {"credit_released": order.value("total"), "credit_note": data["comment"]}
        bulk_write(ctx, ORDER, [Change("update", order.id, values)], partial=False, trusted=True, ruled=True)
        owner = order.value("owner")
        if owner and owner != ctx.actor.user_id:
            told = Notice(
                owner, RELEASED, url=f"/o/{ORDER}/{order.id}", data={"record": order.value("name") or "—"}
            )
            notify_each(ctx, "sales_order.credit_released", [told])
        return {"credit_released": order.value("total")}


action_registry.register(ReleaseCredit())
