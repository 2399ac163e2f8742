"""Saying who brought a customer by the code they named.

*Rules*: for who may make referrals and change this customer. The code is the proof: whoever it leads to need not be in
sight of the one who types it.
"""

import uuid
from typing import Any

from guanxi.domains.sales.referrals.codes import holders
from guanxi.domains.sales.referrals.hooks import REFERRAL
from guanxi.domains.sales.referrals.rules import shown, tidy
from guanxi.engine.access import rights
from guanxi.engine.records.beside import stored_value
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

UNKNOWN = Text("没有这个推荐码。", "There is no such code.")


def by_code(ctx: Ctx, customer: uuid.UUID, typed: str) -> dict[str, Any]:
    """The new referral; raises NotFound, Forbidden, Invalid at `code`."""
    stored_value(ctx, rights.get_object(ctx, "customer"), customer, edit=True)
    rights.require(ctx, get_object(ctx, REFERRAL), "create")
    code = tidy(typed)
    holder = holders(ctx, {code}).get(code) if code else None
    if holder is None or code is None:
        raise invalid("code", "unknown_code", UNKNOWN)
    values = {
        "customer": customer, "referrer": holder.customer, "referrer_contact": holder.contact, "code": shown(code),
        "owner": ctx.actor.user_id,
    }  # fmt: skip
    change = Change("create", new_id(), values)
    try:
        bulk_write(ctx, REFERRAL, [change], partial=False, trusted=True, ruled=True)
    except Invalid as problem:
        raise Invalid(errors=[FieldError("code", e.code, e.text, e.values) for e in problem.errors]) from None
    return get_record(ctx, REFERRAL, change.id)
