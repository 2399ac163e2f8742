"""Leads that come with a code, and what becomes of it when they are converted.

*How it works*: a lead keeps the code as it was typed or came with the address of a form (`ref=`). Its source is the
referral unless it has one. Once it is converted, the customer it became was brought by whoever the code leads to.

*Rules*: a code that leads nowhere, and a referral that is refused, hold nothing up and tell a visitor nothing: the lead
keeps the code, and a note on the customer says why there is no referral.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.referrals.codes import holders
from guanxi.domains.sales.referrals.rules import shown, tidy
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

LEAD, CODE, SOURCE = "lead", "referral_code", "referral"
NOT_MADE = Text("推荐码 {code} 没有记为转介绍：{reason}", "Referral code {code} made no referral: {reason}")
UNKNOWN = Text("没有这个推荐码。", "There is no such code.")


class LeadsWithCodes(RecordHooks):
    """Source of new leads with a code; referrals of converted ones."""

    object_key = LEAD

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """The code, and conversion."""
        return not {CODE, "converted_customer"}.isdisjoint(keys)

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """A lead with a code that leads somewhere comes by referral, unless it says otherwise."""
        found = {
            change.id: code
            for change in changes
            if change.op == "create" and not change.value("source") and (code := tidy(change.value(CODE)))
        }
        known = holders(ctx, set(found.values())) if found else {}
        option = obj.fields["source"].option(SOURCE) if "source" in obj.fields else None
        for change in changes:
            if found.get(change.id) in known and option is not None and not option.retired:
                change.values["source"] = SOURCE

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Converted leads with a code: their customers were brought."""
        became = [
            c for c in changes
            if c.op == "update" and c.changes("converted_customer") and c.value("converted_customer")
            and c.value(CODE)
        ]  # fmt: skip
        if became:
            _bring(ctx, became)


def _bring(ctx: Ctx, leads: Sequence[Change]) -> None:
    """Make the referrals of converted leads, as the program; what cannot be is noted on the customer."""
    codes = {lead.id: tidy(lead.value(CODE)) for lead in leads}
    known = holders(ctx, {code for code in codes.values() if code})
    system = replace(ctx, actor=SYSTEM)
    wanted, why = [], dict.fromkeys((lead.id for lead in leads), UNKNOWN.in_(ctx.workspace.locale))
    for n, lead in enumerate(leads):
        holder = known.get(codes[lead.id] or "")
        if holder is not None:
            values: dict[str, Any] = {
                "referrer": holder.customer, "referrer_contact": holder.contact, "lead": lead.id,
                "customer": lead.value("converted_customer"), "code": shown(codes[lead.id] or ""),
                "owner": lead.value("owner"),
                "referred_on": lead.value("created_at").astimezone(ctx.workspace.zone).date(),
            }  # fmt: skip
            wanted.append(Change("create", new_id(), values, index=n))
    result = (
        bulk_write(system, "referral", wanted, partial=True, trusted=True, ruled=True) if wanted else None
    )
    for n, lead in enumerate(leads):
        if result is not None and n in result.ids:
            continue
        if result is not None and n in result.refused:
            why[lead.id] = _said(result.refused[n], ctx.workspace.locale)
        code = str(lead.value(CODE))[:40]
        body = NOT_MADE.in_(ctx.workspace.locale, code=code, reason=why[lead.id])
        store.create(system, "note", {"body": body, "customer": str(lead.value("converted_customer"))})


def _said(errors: Sequence[FieldError], locale: str) -> str:
    return " ".join(error.text.in_(locale, **error.values) for error in errors)


hooks_registry.register(LeadsWithCodes())
