"""The money of expenses: hours times their cost, the rate of the day, and what it comes to at home."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from guanxi.domains.sales.costs.expense import SERVICE
from guanxi.domains.sales.hooks.through import customers_of
from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.documents import NO_RATE, TOO_MUCH, fill_currency
from guanxi.domains.sales.pricing.rules import LARGEST, rounded
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

APPROVED = Text("已批准的费用不能删除，请先收回。", "It is approved. Take it back before you delete it.")


class ExpenseHooks(RecordHooks):
    """Fills in what follows from what people write."""

    object_key = "expense"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Day, customer, amount; then rate and base amount. Nothing approved is deleted."""
        for change in changes:
            if change.op == "delete" and (change.before or {}).get("status") == "approved":
                change.refuse("status", "locked", APPROVED)
        written = [c for c in changes if c.op in ("create", "update") and not c.misread]
        fill_currency(ctx, written)
        for change in written:
            if change.value("spent_on") is None:
                change.values["spent_on"] = ctx.today.date()
            _count_hours(ctx, change)
        _take_customers(ctx, written)
        _take_rates(ctx, written)


def _count_hours(ctx: Ctx, change: Change) -> None:
    """The amount of service hours, unless it is given or was typed otherwise before."""
    moved = any(change.changes(key) for key in ("kind", "hours", "hourly_cost", "amount"))
    if not moved or change.value("kind") != SERVICE or change.values.get("amount") is not None:
        return
    amount = _worked(ctx, change.value("hours"), change.value("hourly_cost"), change)
    before = change.before or {}
    typed = before.get("amount")
    was = _worked(ctx, before.get("hours"), before.get("hourly_cost"), change)
    if amount is not None and ("amount" in change.values or typed is None or typed == was):
        change.values["amount"] = amount


def _worked(ctx: Ctx, hours: Any, cost: Any, change: Change) -> Any:
    if hours is None or cost is None:
        return None
    return rounded(hours * cost, places(change.value("currency") or ctx.workspace.currency))


def _take_customers(ctx: Ctx, changes: Sequence[Change]) -> None:
    """What was spent on a deal was spent on its customer."""
    lacking = [c for c in changes if c.values.get("opportunity") and not c.value("customer")]
    if not lacking:
        return
    found = customers_of(ctx, "opportunity", {c.values["opportunity"] for c in lacking})
    for change in lacking:
        if change.values["opportunity"] in found:
            change.values["customer"] = found[change.values["opportunity"]]


def _take_rates(ctx: Ctx, changes: Sequence[Change]) -> None:
    """The rate of the day for what is new, or of another day or currency; the base amount follows."""
    home = ctx.workspace.currency
    moved = [
        c for c in changes
        if c.op == "create" or c.value("rate") is None or any(c.changes(k) for k in ("currency", "spent_on", "amount"))
    ]  # fmt: skip
    lacking = [c for c in moved if c.value("rate") is None or c.changes("currency") or c.changes("spent_on")]
    found = asking.rates(ctx, {_rated(c, home) for c in lacking})
    for change in lacking:
        currency, day = key = _rated(change, home)
        if key in found:
            change.values["rate"] = found[key]
        else:
            change.refuse("currency", "no_rate", NO_RATE, currency=currency, day=day.isoformat())
    for change in moved:
        amount, rate = change.value("amount"), change.value("rate")
        base = None if amount is None or rate is None else rounded(amount * rate, places(home))
        if (base or 0) >= LARGEST:
            change.refuse("amount", "too_large", TOO_MUCH)
        else:
            change.values["base_amount"] = base


def _rated(change: Change, home: str) -> tuple[str, date]:
    return change.value("currency") or home, change.value("spent_on")


hooks_registry.register(ExpenseHooks())
