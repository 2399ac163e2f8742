"""The life of an expense, as data: draft, awaiting approval, approved or sent back.

*Rules*: nobody approves what they submitted, unless nobody else could (papers/approving.py); what is approved is taken
back by those who look after the work of others. Only approved expenses count in what a customer or a deal cost.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.costs.expense import STATES
from guanxi.domains.sales.papers import approving
from guanxi.domains.sales.papers.states import Machine, Move, may_decide
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NO_AMOUNT = Text("还没有填金额。", "It has no amount yet.")
NOT_YOURS = Text(
    "已批准的费用，只有主管或管理员能收回。", "Only managers and administrators take back what was approved."
)


def has_amount(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: there is something to approve."""
    return [] if held.value("base_amount") else [Reason("no_amount", NO_AMOUNT, {})]


def may_be_unlocked(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: the actor looks after the work of others."""
    return [] if may_decide(ctx, obj) else [Reason("not_yours", NOT_YOURS, {})]


def submitted(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: who asks, and when; what was said before stands in the history."""
    return {"submitted_by": ctx.actor.user_id, "submitted_at": ctx.now, "decided_by": None, "decided_at": None,
            "decision_note": None}  # fmt: skip


MACHINE = Machine(
    object="expense",
    states=STATES,
    first="draft",
    locked=frozenset({"submitted", "approved"}),
    guarded=frozenset({"kind", "spent_on", "customer", "opportunity", "campaign", "amount", "currency", "hours",
                       "hourly_cost", "receipts"}),
    moves=(
        Move("submit", Text("提交审批", "Submit for approval"), ("draft", "rejected"), "submitted", icon="mail",
             guard=has_amount, stamp=submitted),
        Move("withdraw", Text("撤回", "Withdraw"), ("submitted",), "draft", icon="rotate-ccw"),
        Move("approve", Text("批准", "Approve"), ("submitted",), "approved", icon="check", comment="optional",
             guard=approving.may_approve, stamp=approving.decided),
        Move("reject", Text("退回", "Send back"), ("submitted",), "rejected", icon="flag", danger=True,
             comment="required", guard=approving.may_approve, stamp=approving.decided),
        Move("unlock", Text("收回修改", "Take back"), ("approved",), "draft", icon="key", danger=True,
             guard=may_be_unlocked),
    ),
)  # fmt: skip
MACHINE.register()
