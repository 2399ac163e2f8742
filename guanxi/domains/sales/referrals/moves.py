"""The life of a reward, as data: due once the new customer has paid, then paid, or nothing of it.

*Rules*: those who look after the work of others say what was rewarded, and take it back. What was rewarded keeps who
brought whom, and for how much.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.papers.facade import Machine, Move, may_decide
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.domains.sales.referrals.referral import STATES
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NOT_YOURS = Text("这一步由主管或管理员来做。", "This is for managers and administrators to do.")


def is_decider(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: the actor looks after the work of others."""
    return [] if may_decide(ctx, obj) else [Reason("not_yours", NOT_YOURS, {})]


def rewarded(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: when, and what was said."""
    said = {"reward_note": data["comment"]} if data.get("comment") else {}
    return {"rewarded_on": ctx.today.date()} | said


def taken_back(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: not rewarded after all."""
    return {"rewarded_on": None}


def voided(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: why."""
    return {"void_reason": data["comment"]}


MACHINE = Machine(
    object="referral",
    states=STATES,
    first="open",
    locked=frozenset({"paid"}),
    guarded=frozenset({"referrer", "referrer_contact", "customer", "referred_on", "reward"}),
    moves=(
        Move("reward", Text("标记奖励已发", "Mark as rewarded"), ("due",), "paid", icon="check", comment="optional",
             guard=is_decider, stamp=rewarded),
        Move("take_back", Text("撤销发放", "Take the reward back"), ("paid",), "due", icon="rotate-ccw", danger=True,
             guard=is_decider, stamp=taken_back),
        Move("void", Text("作废", "Make void"), ("open", "due", "closed"), "void", icon="flag", danger=True,
             comment="required", stamp=voided),
    ),
)  # fmt: skip
MACHINE.register()
