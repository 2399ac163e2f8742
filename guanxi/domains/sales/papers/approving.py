"""Approval of papers: what needs it, who may give it.

*How it works*: `needs_approval` asks the rules that are registered for an object (`approval_rules`, the seam for
approval flows to come); each gives reasons. A paper without reasons may go out as it is; one with reasons is
submitted, and approved or sent back by somebody else. Who asked, why, who decided and what was said stands on the
paper itself and in its history.

*Rules*: nobody approves what they submitted, unless nobody else could: the only administrator. Moves lock the
record's row, so of two decisions at once one wins and the other is told the state.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from guanxi.domains.sales.papers.states import Move, may_decide
from guanxi.domains.sales.pricing import facade as pricing
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.identity.models import Membership
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.lines import stored_lines
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.text import Text

Rule = Callable[[Ctx, ObjectDef, Change, Sequence[Change]], list[Reason]]
approval_rules: dict[str, list[Rule]] = {}

OWN = Text("自己提交的不能自己批。", "Nobody approves what they submitted themselves.")
NOT_YOURS = Text("只有主管或管理员能审批。", "Only managers and administrators approve.")
NOTHING_IN_IT = Text("还没有一行有单价的明细。", "It has no item with a price yet.")
ASK_FIRST = Text("要先审批：{reason}", "It needs approval first: {reason}")


def lines_of(ctx: Ctx, obj: ObjectDef, held: Change, items: str = "items") -> list[Change]:
    """The lines of a paper."""
    line = get_schema(ctx).find(line_key(obj.key, items))
    return stored_lines(ctx, line, [held.id])[held.id] if line is not None else []


def needs_approval(ctx: Ctx, obj: ObjectDef, held: Change, lines: Sequence[Change]) -> list[Reason]:
    """Why a paper may not go out on the actor's own word; empty when it may."""
    return [reason for rule in approval_rules.get(obj.key, ()) for reason in rule(ctx, obj, held, lines)]


def price_rule(ctx: Ctx, obj: ObjectDef, held: Change, lines: Sequence[Change]) -> list[Reason]:
    """Discounts beyond the actor's band, and prices below the floor."""
    return pricing.generous(ctx, held, lines, discount=held.value("discount"))


def has_items(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: there is something to pay for."""
    priced = any(line.value("price") is not None for line in lines_of(ctx, obj, held))
    return [] if priced else [Reason("no_items", NOTHING_IN_IT, {})]


def may_go_out(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: it has items and, unless approved, nothing in it needs approval."""
    missing = has_items(ctx, obj, held)
    if missing or held.value("status") == "approved":
        return missing
    reasons = needs_approval(ctx, obj, held, lines_of(ctx, obj, held))
    return [Reason("needs_approval", ASK_FIRST, {"reason": reason.in_(ctx.locale)}) for reason in reasons]


def may_approve(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: the actor looks after others' work, and did not submit it themselves."""
    if not may_decide(ctx, obj):
        return [Reason("not_yours", NOT_YOURS, {})]
    own = held.value("submitted_by") == ctx.actor.user_id
    return [Reason("own_approval", OWN, {})] if own and not _is_only_admin(ctx) else []


def _is_only_admin(ctx: Ctx) -> bool:
    admins = Membership.objects.filter(workspace_id=ctx.workspace.id, role=Role.ADMIN, status="active")
    return ctx.actor.role is Role.ADMIN and admins.count() <= 1


def submitted(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: who asks and why; what was decided before is gone (it stands in the history)."""
    reasons = needs_approval(ctx, obj, held, lines_of(ctx, obj, held))
    said = [*(reason.in_(ctx.workspace.locale) for reason in reasons), *filter(None, [data.get("comment")])]
    return {"submitted_by": ctx.actor.user_id, "submitted_at": ctx.now, "approval_reasons": "\n".join(said) or None,
            "decided_by": None, "decided_at": None, "decision_note": None}  # fmt: skip


def decided(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: who decided, when, and what they said."""
    return {"decided_by": ctx.actor.user_id, "decided_at": ctx.now, "decision_note": data.get("comment")}


MOVES = (
    Move("submit", Text("提交审批", "Submit for approval"), ("draft",), "pending", icon="mail", comment="optional",
         guard=has_items, stamp=submitted),
    Move("withdraw", Text("撤回", "Withdraw"), ("pending",), "draft", icon="rotate-ccw"),
    Move("approve", Text("批准", "Approve"), ("pending",), "approved", icon="check", comment="optional",
         guard=may_approve, stamp=decided),
    Move("reject", Text("退回", "Send back"), ("pending",), "draft", icon="flag", danger=True, comment="required",
         guard=may_approve, stamp=decided),
)  # fmt: skip
"""The way of every paper to its approval and back."""
