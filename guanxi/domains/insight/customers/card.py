"""What insight says of one customer: each figure with why, by which model and as of when; and how it was before.

*Rules*: the customer is read through the query door: whom one does not see has no card, and a figure that one may not
read is not in it, nor what it was.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.insight.customers.deciding import latest
from guanxi.domains.insight.customers.fields import FIELDS, OBJECT
from guanxi.domains.insight.customers.models import CustomerInsight, InsightChange, InsightMonth, InsightRun
from guanxi.domains.insight.customers.offered import asked_for, offers
from guanxi.domains.insight.customers.rules import TIERS, InsightRules, rules_of
from guanxi.domains.insight.words import REASONS, STAGES
from guanxi.engine.access import rights
from guanxi.engine.records.query.read import get_record
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

MOST_CHANGES, MOST_MONTHS = 30, 24
POTENTIAL = Text("还没有购买", "Has bought nothing yet")
WHY_TIER = Text("比 TA 贡献更多的客户一共带来利润的 {share}%；前 {high}% 为高价值，到 {low}% 为一般",
                "Better customers bring {share} % of the profit together; up to {high} % is high, up to {low} % standard")  # fmt: skip
WHY_LOW = Text("近 12 个月没有带来利润", "Brought no profit in the last 12 months")
WHY_SEGMENT = Text("最近购买 {r} 分、频率 {f} 分、金额 {m} 分（5 分最高，按全部客户五等分）",
                   "Recency {r}, frequency {f}, money {m} of 5, by fifths of all customers")  # fmt: skip
WHY_CHURN = Text("按 {orders} 次购买的间隔和距上次购买的 {since} 天估计，未来 90 天不下单的概率",
                 "From the gaps between {orders} purchases and {since} days since the last: the chance of no order in 90 days")  # fmt: skip
WHY_NEXT = Text("上次购买加上预计的购买间隔", "The last purchase and the expected gap")
WHY_CLV = Text("未来 {months} 个月预计的购买额，按年 {discount}% 折现；区间为 80%",
               "What is expected to be bought in {months} months, discounted by {discount} % a year; the range is 80 %")  # fmt: skip
WHY_SIMPLE = Text("未来 {months} 个月预计的购买额，按年 {discount}% 折现；数据不足以给出区间",
                  "What is expected to be bought in {months} months, discounted by {discount} % a year; the data bears no range")  # fmt: skip
MODELS = {
    "bg_nbd": Text("BG/NBD", "BG/NBD"),
    "nbd": Text("NBD（看不出有客户永久离开）", "NBD (nobody can be seen to leave for good)"),
    "bg_nbd_gamma_gamma": Text("BG/NBD + Gamma-Gamma", "BG/NBD + Gamma-Gamma"),
    "nbd_gamma_gamma": Text("NBD + Gamma-Gamma", "NBD + Gamma-Gamma"),
    "tenure_times_spend": Text("简单估计：至今每月消费 × 月数", "Simple: spend per month so far × months"),
}


def card(ctx: Ctx, customer_id: uuid.UUID) -> dict[str, Any]:
    """`{"as_of", "values", "why", "models", "changes", "months", "offers", "missing"}`; raises NotFound."""
    readable = rights.readable(ctx, rights.get_object(ctx, OBJECT))
    keys = [f.key for f in FIELDS if f.key in readable]
    record = get_record(ctx, OBJECT, customer_id, fields=[*keys, *asked_for(readable)] or ["id"])
    done = latest(ctx, "done")
    values = {key.removeprefix("insight_"): record.get(key) for key in keys}
    if done is None or not keys:
        return {
            "as_of": None,
            "values": {},
            "why": {},
            "models": {},
            "changes": [],
            "months": [],
            "offers": {"items": [], "note": None},
            "missing": [],
        }
    row = CustomerInsight.objects.filter(workspace_id=ctx.workspace.id, id=customer_id).first()
    return {
        "as_of": done.finished_at,
        "values": values,
        "why": _why(ctx, row, done, values) if row is not None else {},
        "models": _models(ctx, done),
        "changes": _changes(ctx, customer_id, values, rules_of(done.rules)),
        "months": _months(ctx, customer_id, values),
        "offers": offers(ctx, row, record, readable),
        "missing": [Text.of(each).in_(ctx.locale) for each in done.missing],
    }


def _why(ctx: Ctx, row: CustomerInsight, done: InsightRun, values: Mapping[str, Any]) -> dict[str, str]:
    """By figure that is there to be seen, the reason in words."""
    rules = rules_of(done.rules)
    since = (done.day - row.last_on).days if row.last_on else 0
    told: dict[str, str] = {
        "stage": _reason(ctx, row.stage, rules, {"gap": row.gap, "since": since, "pause": row.pause})
    }
    if row.tier is not None:
        low = row.share is None or float(row.share) >= 100
        told["tier"] = WHY_LOW.in_(ctx.locale) if low else WHY_TIER.in_(
            ctx.locale, share=f"{row.share:.1f}", high=f"{rules.high_cut:g}", low=f"{rules.low_cut:g}"
        )  # fmt: skip
    if row.segment is not None and "monetary" in values:
        told["segment"] = WHY_SEGMENT.in_(ctx.locale, r=row.recency, f=row.frequency, m=row.monetary)
    if row.churn is not None:
        told["churn"] = WHY_CHURN.in_(ctx.locale, orders=row.orders, since=since)
    if row.next_on is not None:
        told["next_on"] = WHY_NEXT.in_(ctx.locale)
    if row.clv is not None:
        told["clv"] = (WHY_SIMPLE if row.clv_low is None else WHY_CLV).in_(
            ctx.locale, months=rules.months, discount=f"{rules.discount:g}"
        )
    return {key: text for key, text in told.items() if values.get(key) is not None}


def _reason(ctx: Ctx, stage: str, rules: InsightRules, figures: Mapping[str, Any]) -> str:
    if stage not in REASONS:
        return POTENTIAL.in_(ctx.locale)
    return REASONS[stage].in_(
        ctx.locale, gap=round(float(figures.get("gap") or 0)), since=figures.get("since") or 0,
        times=f"{rules.lost if stage == 'lost' else rules.dormant:g}", pause=round(float(figures.get("pause") or 0)),
    )  # fmt: skip


def _models(ctx: Ctx, done: InsightRun) -> dict[str, str]:
    used = done.models_used
    keys = {"clv": used.get("clv", {}).get("model"), "churn": used.get("buying", {}).get("model")}
    return {name: MODELS[key].in_(ctx.locale) for name, key in keys.items() if key in MODELS}


def _changes(
    ctx: Ctx, customer_id: uuid.UUID, values: Mapping[str, Any], rules: InsightRules
) -> list[dict[str, Any]]:
    """The newest changes first, with their reasons."""
    kinds = [kind for kind in ("stage", "tier") if kind in values]
    rows = InsightChange.objects.filter(
        workspace_id=ctx.workspace.id, customer_id=customer_id, kind__in=kinds
    ).order_by("-on", "-id")[:MOST_CHANGES]
    labels: dict[str, Mapping[str, Text]] = {"stage": STAGES, "tier": TIERS}
    return [
        {"on": row.on, "kind": row.kind, "was": _named(ctx, labels[row.kind], row.was), "now": _named(ctx, labels[row.kind], row.now),
         "key": row.now, "why": _reason(ctx, row.now, rules, row.figures) if row.kind == "stage" and row.now else None}
        for row in rows
    ]  # fmt: skip


def _named(ctx: Ctx, labels: Mapping[str, Text], key: str | None) -> str | None:
    return labels[key].in_(ctx.locale) if key is not None and key in labels else None


def _months(ctx: Ctx, customer_id: uuid.UUID, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The scores at the first run of each month, oldest first, as far as they may be seen."""
    keys = [key for key in ("stage", "tier", "segment", "orders", "spend", "clv", "churn") if key in values]
    rows = InsightMonth.objects.filter(workspace_id=ctx.workspace.id, customer_id=customer_id).order_by(
        "-month"
    )
    return [
        {"month": row["month"]} | {key: row[key] for key in keys}
        for row in reversed(rows.values("month", *keys)[:MOST_MONTHS])
    ]
