"""What a firm gives for customers that were brought: read by everybody's writes, set by who holds the area `sales`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.referrals.models import ReferralTerms
from guanxi.domains.sales.referrals.rules import Terms
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import Forbidden, StaleVersion, VersionRequired, invalid
from guanxi.kit.text import Text

AREA = "sales"
NEEDED = Text("请填写。", "Please fill this in.")


def terms_of(ctx: Ctx) -> Terms:
    """The terms in force."""
    row = ReferralTerms.objects.filter(workspace_id=ctx.workspace.id).first()
    return _terms(row) if row else Terms()


def read(ctx: Ctx) -> dict[str, Any]:
    """`{"kind", "amount", "percent", "cap", "currency", "version"}`; raises Forbidden for who may not look."""
    if not ctx.actor.may(AREA):
        raise Forbidden
    return _json(ctx, ReferralTerms.objects.filter(workspace_id=ctx.workspace.id).first())


def save(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """Set the terms of rewards to come; raises Forbidden, Invalid, StaleVersion."""
    if not ctx.actor.manages(AREA):
        raise Forbidden
    row = ReferralTerms.objects.select_for_update().filter(workspace_id=ctx.workspace.id).first()
    fresh = row or ReferralTerms(workspace_id=ctx.workspace.id, version=0)
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != fresh.version:
        raise StaleVersion(extra={"current": fresh.version})
    kind = given["kind"]
    for key in ("amount" if kind == "fixed" else "percent",) if kind != "none" else ():
        if not given.get(key):
            raise invalid(key, "required", NEEDED)
    before = _json(ctx, row)
    fresh.kind = kind
    fresh.amount = given.get("amount") if kind == "fixed" else None
    fresh.percent = given.get("percent") if kind == "percent" else None
    fresh.cap = given.get("cap") if kind == "percent" else None
    fresh.version, fresh.updated_at, fresh.updated_by = fresh.version + 1, ctx.now, ctx.actor.user_id
    fresh.save(force_insert=row is None)
    after = _json(ctx, fresh)
    record_change(ctx, "settings.changed", before, after, record_id=fresh.id, area="referrals")
    return after


def _terms(row: ReferralTerms) -> Terms:
    return Terms(row.kind, row.amount, row.percent, row.cap)  # type: ignore[arg-type]


def _json(ctx: Ctx, row: ReferralTerms | None) -> dict[str, Any]:
    def number(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    return {
        "kind": row.kind if row else "none", "amount": number(row.amount if row else None),
        "percent": number(row.percent if row else None), "cap": number(row.cap if row else None),
        "currency": ctx.workspace.currency, "version": row.version if row else 0,
    }  # fmt: skip
