"""The life of a quote, as data: draft, awaiting approval, approved, sent, accepted or declined."""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.papers import approving
from guanxi.domains.sales.papers.objects.quote import STATES
from guanxi.domains.sales.papers.states import Machine, Move, may_decide
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

OVER = Text("有效期 {day} 已过。", "It was valid until {day}.")
NOT_YOURS = Text(
    "已发出的报价单，只有主管或管理员能收回。", "Only managers and administrators take back what was sent."
)


def _still_valid(ctx: Ctx, held: Change) -> list[Reason]:
    ends = held.value("valid_until")
    over = ends is not None and ends < ctx.today.date()
    return [Reason("over", OVER, {"day": ends.isoformat()})] if over else []


def may_be_sent(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: it may go out, and is valid still."""
    return [*approving.may_go_out(ctx, obj, held), *_still_valid(ctx, held)]


def may_be_accepted(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: it is valid still."""
    return _still_valid(ctx, held)


def may_be_unlocked(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: what is out is taken back by those who look after the work of others."""
    return [] if may_decide(ctx, obj) else [Reason("not_yours", NOT_YOURS, {})]


def sent(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: when it went out."""
    return {"sent_at": ctx.now}


def answered(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: when the customer answered, who it was where that is known, and what was said."""
    return {
        "answered_at": ctx.now,
        "answered_by": data.get("answered_by"),
        "answer_note": data.get("comment"),
    }


MACHINE = Machine(
    object="quote",
    states=STATES,
    first="draft",
    locked=frozenset({"pending", "approved", "sent", "accepted", "declined", "superseded"}),
    guarded=frozenset({"currency", "discount", "tax_included", "customer", "issued_on", "valid_until", "terms"}),
    moves=(
        *approving.MOVES,
        Move("send", Text("标为已发出", "Mark as sent"), ("draft", "approved"), "sent", icon="mail",
             guard=may_be_sent, stamp=sent),
        Move("accept", Text("客户已接受", "Accepted"), ("sent",), "accepted", icon="check", comment="optional",
             guard=may_be_accepted, stamp=answered),
        Move("decline", Text("客户未接受", "Declined"), ("sent",), "declined", icon="flag", comment="optional",
             stamp=answered),
        Move("unlock", Text("收回修改", "Take back"), ("approved", "sent"), "draft", icon="key", danger=True,
             guard=may_be_unlocked),
    ),
)  # fmt: skip
MACHINE.register()
approving.approval_rules.setdefault("quote", []).append(approving.price_rule)
