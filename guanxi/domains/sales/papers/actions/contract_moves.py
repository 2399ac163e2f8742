"""The life of a contract, as data: draft, awaiting approval, approved, in force, finished or terminated."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.papers import approving
from guanxi.domains.sales.papers.actions.quote_moves import may_be_unlocked
from guanxi.domains.sales.papers.agreed import not_agreed
from guanxi.domains.sales.papers.objects.contract import STATES
from guanxi.domains.sales.papers.states import Machine, Move
from guanxi.domains.sales.pricing import facade as pricing
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


def signed(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: signed today, unless a day is given."""
    return {} if held.value("signed_on") else {"signed_on": ctx.today.date()}


def ended(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: why it was ended."""
    return {"decision_note": data.get("comment")}


def price_rule(ctx: Ctx, obj: ObjectDef, held: Change, lines: Sequence[Change]) -> list[Reason]:
    """Prices beyond the actor's band, but for those of the quote: whoever let them out has answered for them."""
    return approving.price_rule(ctx, obj, held, not_agreed(ctx, held, lines, ("quote",)))


def amount_rule(ctx: Ctx, obj: ObjectDef, held: Change, lines: Sequence[Change]) -> list[Reason]:
    """Amounts above what the actor signs for."""
    return pricing.too_large(ctx, held.value("base_total"))


MACHINE = Machine(
    object="contract",
    states=STATES,
    first="draft",
    locked=frozenset({"pending", "approved", "active", "finished", "terminated"}),
    guarded=frozenset({"currency", "discount", "tax_included", "customer", "signed_on", "starts_on", "ends_on", "terms"}),
    moves=(
        *approving.MOVES,
        Move("sign", Text("标为已签订", "Mark as signed"), ("draft", "approved"), "active", icon="file-pen",
             guard=approving.may_go_out, stamp=signed),
        Move("finish", Text("完成", "Finish"), ("active",), "finished", icon="check"),
        Move("terminate", Text("终止", "Terminate"), ("active",), "terminated", icon="flag", danger=True,
             comment="required", stamp=ended),
        Move("unlock", Text("收回修改", "Take back"), ("approved", "active"), "draft", icon="key", danger=True,
             guard=may_be_unlocked),
    ),
)  # fmt: skip
MACHINE.register()
approving.approval_rules.setdefault("contract", []).extend([price_rule, amount_rule])
