"""Everybody's figures, from their histories by the methods: arrays in, arrays out.

*How it works*: lifecycle, RFM, tiers and lifetime value each by its method; a model that has too little to go on leaves
its figures empty and says why (`missing`). Customers without a purchase are potential, and have nothing else.

*Rules*: NaN and the day 0 stand for what is not known; nothing is made up. No database here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.customers.histories import Histories
from guanxi.domains.insight.customers.rules import InsightRules, shares, tiers
from guanxi.domains.insight.methods.buying import Buying, fit_buying
from guanxi.domains.insight.methods.lifecycle import Rules, lifecycle
from guanxi.domains.insight.methods.purchases import History, Purchases, history_of, purchases_of
from guanxi.domains.insight.methods.rfm import rfm
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.domains.insight.methods.value import lifetime_value
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
SILENT_DAYS = 90
WEEK = 7.0
MANY = 50_000
FARTHEST_DAYS = 3650.0
STAGE_KEYS = ("potential", "new", "active", "dormant", "lost", "won_back")
POTENTIAL, _, _, _, LOST, _ = range(6)

NO_PURCHASES = Text(
    "还没有可用的购买记录。录入或导入已确认的订单（客户、下单日期、金额）后，洞察会自动出现。",
    "There are no purchases yet. Enter or import confirmed orders (customer, day, amount), and insight appears by itself.",
)
NO_CHURN = Text(
    "还不能估计流失概率和下次购买：{why}", "Churn and the next purchase cannot be told yet: {why}"
)
SIMPLE = Text(
    "未来价值用简单估计（至今每月消费 × 月数），没有区间：{why}",
    "Lifetime value is the simple one (spend per month so far × months), without a range: {why}",
)
RETURNED = Text(
    "{count} 个客户日的退货不少于购买，不算购买。",
    "On {count} days of a customer as much was returned as bought: no purchase.",
)
NO_PROFIT = Text(
    "近 12 个月没有客户带来利润，无法分级。",
    "No customer brought a profit in the last 12 months: there are no tiers.",
)


@dataclass(slots=True)
class Computed:
    """One item a customer, in the order of the ids. `rank` holds the scores R, F and M (0: none); days of 0 are unknown."""

    stage: Codes
    since: Ints
    gap: Floats
    pause: Floats
    orders: Ints
    spend: Floats
    first: Ints
    last: Ints
    rank: npt.NDArray[np.int8]
    segment: npt.NDArray[Any]
    revenue: Floats
    goods: Floats
    serving: Floats
    profit: Floats
    share: Floats
    tier: Codes
    clv: Floats
    low: Floats
    high: Floats
    alive: Floats
    churn: Floats
    next: Ints
    models: dict[str, Any] = field(default_factory=dict)
    missing: list[tuple[Text, dict[str, Any]]] = field(default_factory=list)
    purchases: Purchases | None = None


def compute(histories: Histories, costs: Floats, before: Codes, today: int, rules: InsightRules) -> Computed:
    """Everybody's figures as of a day; `before` are the tiers until now, `costs` what their goods cost."""
    found = _nothing(histories, costs)
    found.missing += histories.missing
    try:
        purchases = purchases_of(histories.customer, histories.day, histories.amount)
    except TooThin:
        found.missing.append((NO_PURCHASES, {}))
        return found
    who = np.asarray(purchases.names, dtype=np.int64)
    found.purchases = purchases
    if purchases.returned:
        found.missing.append((RETURNED, {"count": purchases.returned}))
    _stages(found, purchases, who, today, rules)
    _worth(found, histories, purchases, who, today)
    _tiers(found, who, before, rules)
    _ahead(found, purchases, who, today, rules)
    return found


def lifecycle_rules(rules: InsightRules) -> Rules:
    """The part of the rules that stages follow from."""
    return Rules(rules.dormant, rules.lost, rules.floor, rules.ceiling, rules.usual)


def stage_codes(stages: npt.NDArray[np.str_]) -> Codes:
    """Stages as places in STAGE_KEYS."""
    order = np.argsort(STAGE_KEYS)
    at = np.searchsorted(np.asarray(STAGE_KEYS)[order], stages)
    return np.asarray(order[at], dtype=np.int8)


def _nothing(histories: Histories, costs: Floats) -> Computed:
    count = len(histories)

    def unknown() -> Floats:
        return np.full(count, np.nan)

    def zeros() -> Ints:
        return np.zeros(count, dtype=np.int64)

    profit = histories.net - costs - histories.spent
    return Computed(
        stage=np.zeros(count, np.int8), since=histories.created.copy(), gap=unknown(), pause=unknown(), orders=zeros(),
        spend=np.zeros(count), first=zeros(), last=zeros(), rank=np.zeros((3, count), np.int8),
        segment=np.full(count, "", dtype="<U12"), revenue=histories.net, goods=costs, serving=histories.spent, profit=profit, share=unknown(), tier=np.zeros(count, np.int8),
        clv=unknown(), low=unknown(), high=unknown(), alive=unknown(), churn=unknown(), next=zeros(),
    )  # fmt: skip


def _stages(found: Computed, purchases: Purchases, who: Ints, today: int, rules: InsightRules) -> None:
    told = lifecycle(purchases, today, lifecycle_rules(rules))
    found.stage[who] = stage_codes(told.stage)
    found.since[who], found.gap[who] = told.began, told.rhythm
    found.pause[who] = np.where(told.pause > 0, told.pause, np.nan)
    found.models["lifecycle"] = {"usual_gap_days": round(told.usual, 1)}


def _worth(found: Computed, histories: Histories, purchases: Purchases, who: Ints, today: int) -> None:
    """Purchases, what was spent in all (returns taken off), scores and segment."""
    history = history_of(purchases, unit="day", until=today)
    np.add.at(found.spend, histories.customer, histories.amount)
    found.orders[who] = history.repeats.astype(np.int64) + 1
    found.first[who], found.last[who] = history.first_day, history.last_day
    told = rfm(history, today)
    found.rank[:, who] = np.stack([told.recency, told.frequency, told.monetary]).astype(np.int8)
    found.segment[who] = told.segment


def _tiers(found: Computed, who: Ints, before: Codes, rules: InsightRules) -> None:
    bought = np.zeros(len(found.stage), dtype=bool)
    bought[who] = True
    found.tier = tiers(found.profit, bought, before, rules)
    found.share[who] = shares(np.where(bought, found.profit, 0.0))[who]
    if not found.tier.any():
        found.missing.append((NO_PROFIT, {}))


def _ahead(found: Computed, purchases: Purchases, who: Ints, today: int, rules: InsightRules) -> None:
    """Lifetime value, churn and the next purchase."""
    history = _in_weeks(history_of(purchases, unit="week", until=today))
    value = lifetime_value(history, months=rules.months, discount=rules.discount / 100)
    found.clv[who], found.low[who], found.high[who] = value.value, value.low, value.high
    found.models["clv"] = {"model": value.model, "months": rules.months, "discount": rules.discount}
    if value.declined is not None:
        found.missing.append((SIMPLE, {"why": Text(value.declined.in_("zh-CN"), value.declined.in_("en"))}))
    if value.spending is not None:
        s = value.spending
        found.models["spending"] = {"p": s.p, "q": s.q, "gamma": s.gamma, "correlation": s.correlation}
    try:
        buying = value.buying or fit_buying(history)
    except TooThin as thin:
        found.missing.append((NO_CHURN, {"why": Text(thin.in_("zh-CN"), thin.in_("en"))}))
        return
    _churn(found, buying, history, who, today)


def _in_weeks(history: History) -> History:
    """Of very many customers, times in whole weeks: then most of them share their history with others, and cost nothing."""
    if len(history) <= MANY:
        return history
    recency, age = np.rint(history.recency), np.maximum(np.rint(history.age), np.rint(history.recency))
    return replace(history, recency=recency, age=age)


def _churn(found: Computed, buying: Buying, history: History, who: Ints, today: int) -> None:
    found.churn[who] = buying.silent(history, SILENT_DAYS / WEEK) * 100
    if buying.model == "bg_nbd":  # the model without leaving has nobody leave: it cannot tell who has
        found.alive[who] = buying.alive(history) * 100
    gap = np.minimum(buying.gap(history) * WEEK, FARTHEST_DAYS)
    due = np.maximum(history.last_day + np.rint(gap).astype(np.int64), today + 1)
    found.next[who] = np.where((found.stage[who] == LOST) | (gap >= FARTHEST_DAYS), 0, due)
    found.models["buying"] = {
        "model": buying.model, "r": buying.r, "alpha": buying.alpha, "a": buying.a,
        "b": buying.b if np.isfinite(buying.b) else None, "log_likelihood": buying.log_likelihood,
        "customers": len(history),
    }  # fmt: skip


def as_places(values: Mapping[str, float], ids: list[str]) -> Floats:
    """Figures by id as an array in the order of the ids."""
    found = np.zeros(len(ids))
    if values:
        at = {one: place for place, one in enumerate(ids)}
        for one, value in values.items():
            if one in at:
                found[at[one]] = value
    return found
