"""What purchases say: RFM, lifecycle, lifetime value, churn. Roles: customer, date, amount (or price and quantity)."""

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from guanxi.domains.insight.files.answers import Answer, Asked, Kind
from guanxi.domains.insight.files.reading import BLANK_DAY, to_date, to_day
from guanxi.domains.insight.methods import lifecycle as stages
from guanxi.domains.insight.methods.buying import fit_buying
from guanxi.domains.insight.methods.purchases import UNITS, History, Purchases, history_of, purchases_of
from guanxi.domains.insight.methods.rfm import rfm
from guanxi.domains.insight.methods.value import Value, lifetime_value
from guanxi.domains.insight.words import SEGMENTS, STAGES
from guanxi.kit.text import Text

ROLES = {
    "customer": ("customerid", "客户", "客户名称", "客户编号", "account", "user", "userid"),
    "date": ("invoicedate", "orderdate", "日期", "订单日期", "下单时间", "createdat"),
    "amount": ("total", "sales", "revenue", "金额", "订单金额", "closevalue"),
    "price": ("unitprice", "单价"),
    "quantity": ("qty", "数量"),
}
CUSTOMER = Text("客户", "Customer")
SKIPPED = Text(
    "{count} 行没有客户、日期或金额，未计入。",
    "{count} rows without a customer, a date or an amount are left out.",
)
RETURNED = Text(
    "{count} 个客户日的退货不少于购买，不算购买。",
    "On {count} days of a customer as much was returned as bought: no purchase.",
)
NOBODY_LEAVES = Text(
    "这段时间里看不出有客户永久离开：只给「不再购买」的概率。",
    "Nobody can be seen to leave for good in this time: only the chance of staying silent is told.",
)
SILENT_DAYS = 90
SIMPLE = Text(
    "数据撑不起概率模型（{why}）改用简单估计：至今每月消费 × 月数，没有区间。",
    "The data does not bear the probabilistic model ({why}). The simple one is used: spend per month so far × months, without a range.",
)
RELATED = Text(
    "购买次数与客单价相关（{value}），模型假设两者无关，价值可能偏差。",
    "How often and how much people buy are related ({value}); the model supposes they are not, so values may be off.",
)


def _all_purchases(asked: Asked, notes: list[str]) -> Purchases:
    """The purchases of the file, all of them."""
    sheet = asked.sheet
    names, days = sheet.texts(asked.needed("customer")), sheet.days(asked.needed("date"))
    if "amount" in asked.roles or "price" not in asked.roles:
        amounts = sheet.numbers(asked.needed("amount"))
    else:
        amounts = sheet.numbers(asked.roles["price"])
        if "quantity" in asked.roles:
            amounts = amounts * sheet.numbers(asked.roles["quantity"])
    known = (names != "") & (days != BLANK_DAY) & np.isfinite(amounts)
    if not known.all():
        notes.append(SKIPPED.in_(asked.locale, count=int((~known).sum())))
    found = purchases_of(names[known], days[known], amounts[known])
    if found.returned:
        notes.append(RETURNED.in_(asked.locale, count=found.returned))
    return found


def _until(asked: Asked, purchases: Purchases, notes: list[str]) -> tuple[Purchases, int]:
    """What was known by the day of looking: the split's, or the last there is."""
    day = to_day(asked.split) if asked.split else int(purchases.day.max())
    return purchases.until(day), day


def run_rfm(asked: Asked) -> Answer:
    """Scores and segments."""
    notes: list[str] = []
    purchases, day = _until(asked, _all_purchases(asked, notes), notes)
    history = history_of(purchases, unit="day", until=day)
    found = rfm(history, day)
    order = np.lexsort((-found.money, -(found.recency + found.frequency + found.monetary)))
    cells = found.cell
    rows = [
        [history.names[i], int(found.days[i]), int(found.purchases[i]), round(float(found.money[i]), 2), cells[i],
         SEGMENTS[str(found.segment[i])].in_(asked.locale)]
        for i in order
    ]  # fmt: skip
    segments = Counter(str(key) for key in found.segment)
    worth = {key: round(float(found.money[found.segment == key].sum()), 2) for key in segments}
    return Answer(
        [("customer", CUSTOMER), ("days", Text("距上次购买（天）", "Days since")), ("purchases", Text("购买次数", "Purchases")),
         ("money", Text("累计金额", "Money")), ("rfm", Text("RFM", "RFM")), ("segment", Text("分群", "Segment"))],
        rows, {"as_of": to_date(day).isoformat(), "customers": len(history)},
        {"segments": dict(segments.most_common()), "money_by_segment": worth, "top_20_percent_share": _pareto(history)},
        notes,
    )  # fmt: skip


def _pareto(history: History) -> float:
    """The share of the money that the best fifth of customers brings."""
    ranked = np.sort(history.total)[::-1]
    return round(float(ranked[: max(1, round(len(ranked) / 5))].sum() / max(ranked.sum(), 1e-9)), 4)


def run_lifecycle(asked: Asked) -> Answer:
    """Stages with their reasons, and the flow between stages month by month."""
    notes: list[str] = []
    whole = _all_purchases(asked, notes)
    purchases, day = _until(asked, whole, notes)
    rules = stages.Rules()
    found = stages.lifecycle(purchases, day, rules)
    rows = [
        [purchases.names[i], STAGES[str(found.stage[i])].in_(asked.locale), to_date(int(found.began[i])).isoformat(),
         round(float(found.rhythm[i]), 1), int(found.since[i]), found.reason(i, rules, asked.locale)]
        for i in range(len(purchases.names))
    ]  # fmt: skip
    ends = _month_ends(int(purchases.day.min()), day)[-13:]
    moved = [
        {"until": to_date(at).isoformat(), "from": one, "to": other, "customers": count}
        for (at, one, other), count in stages.flow(purchases, np.array(ends)).items()
    ]
    return Answer(
        [("customer", CUSTOMER), ("stage", Text("阶段", "Stage")), ("since", Text("自", "Since")),
         ("rhythm", Text("购买间隔（天）", "Rhythm (days)")), ("days", Text("距上次购买（天）", "Days since")),
         ("why", Text("依据", "Why"))],
        rows,
        {"as_of": to_date(day).isoformat(), "usual_gap_days": round(found.usual, 1), "dormant_after": rules.dormant,
         "lost_after": rules.lost, "floor_days": rules.floor, "ceiling_days": rules.ceiling},
        {"stages": dict(Counter(str(key) for key in found.stage).most_common()), "flow": moved}, notes,
    )  # fmt: skip


def _month_ends(first: int, last: int) -> list[int]:
    month, found = to_date(first).replace(day=1), []
    while to_day(month) <= last:
        month = (month.replace(day=28) + (to_date(4) - to_date(0))).replace(day=1)
        found.append(min(to_day(month) - 1, last))
    return found


def run_clv(asked: Asked) -> Answer:
    """The value of the months to come; with a split, held against what came."""
    notes: list[str] = []
    whole = _all_purchases(asked, notes)
    purchases, day = _until(asked, whole, notes)
    history = history_of(purchases, unit=asked.unit, until=day)
    value = lifetime_value(history, unit=asked.unit, months=asked.months, discount=asked.discount)
    if value.declined is not None:
        notes.append(SIMPLE.in_(asked.locale, why=value.declined.in_(asked.locale)))
    elif value.spending is not None and abs(value.spending.correlation) > 0.3:
        notes.append(RELATED.in_(asked.locale, value=f"{value.spending.correlation:.2f}"))
    order = np.argsort(-value.value, kind="stable")
    rows = [
        [history.names[i], int(history.repeats[i]), _shown(value.value[i]), _shown(value.low[i]), _shown(value.high[i]),
         _shown(value.purchases[i], 3), _shown(value.spend[i]), _shown(value.alive[i], 4)]
        for i in order
    ]  # fmt: skip
    return Answer(
        [("customer", CUSTOMER), ("repeats", Text("重复购买", "Repeats")), ("value", Text("未来价值", "Value")),
         ("low", Text("下限", "Low")), ("high", Text("上限", "High")), ("purchases", Text("预计购买次数", "Purchases")),
         ("spend", Text("预计客单价", "Spend")), ("alive", Text("仍是客户的概率", "Alive"))],
        rows, _parameters(asked, value, day, len(history)), _held_against(asked, whole, history, value, day), notes,
    )  # fmt: skip


def _shown(number: Any, digits: int = 2) -> float | None:
    return round(float(number), digits) if np.isfinite(number) else None


def _parameters(asked: Asked, value: Value, day: int, customers: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "model": value.model, "as_of": to_date(day).isoformat(), "customers": customers, "months": asked.months,
        "discount": asked.discount, "unit": asked.unit,
    }  # fmt: skip
    if value.buying is not None and value.spending is not None:
        b, s = value.buying, value.spending
        told["bg_nbd"] = {"r": b.r, "alpha": b.alpha, "a": b.a, "b": b.b, "log_likelihood": b.log_likelihood}
        told["gamma_gamma"] = {"p": s.p, "q": s.q, "gamma": s.gamma, "log_likelihood": s.log_likelihood}
    return told


def _held_against(asked: Asked, whole: Purchases, history: History, value: Value, day: int) -> dict[str, Any]:
    """What was expected behind the split against what came, for the customers known by then."""
    metrics: dict[str, Any] = {"total_value": round(float(np.nansum(value.value)), 2)}
    last = int(whole.day.max())
    if asked.split is None or last <= day or value.buying is None or value.spending is None:
        return metrics
    behind = whole.day > day
    place = {name: i for i, name in enumerate(history.names.tolist())}
    came, spent = np.zeros(len(history)), np.zeros(len(history))
    for name, amount in zip(whole.names[whole.customer[behind]].tolist(), whole.amount[behind], strict=True):
        if name in place:
            came[place[name]] += 1
            spent[place[name]] += amount
    later = history_of(whole, unit=asked.unit, until=last)
    span = float(later.age.max() - history.age.max()) if len(later) else 0.0
    told = value.buying.expected(history, span)
    metrics["holdout"] = {
        "until": to_date(last).isoformat(), "purchases": int(came.sum()), "expected": round(float(told.sum()), 1),
        "correlation": round(float(np.corrcoef(came, told)[0, 1]), 4), "mae": round(float(np.abs(came - told).mean()), 4),
        "spend": round(float(spent.sum()), 2), "expected_spend": round(float((told * value.spend).sum()), 2),
    }  # fmt: skip
    return metrics


def run_churn(asked: Asked) -> Answer:
    """The chance that a customer is gone or stays silent and the day of the next purchase, where nobody says goodbye."""
    notes: list[str] = []
    whole = _all_purchases(asked, notes)
    purchases, day = _until(asked, whole, notes)
    history = history_of(purchases, unit=asked.unit, until=day)
    model = fit_buying(history)
    if model.model == "nbd":
        notes.append(NOBODY_LEAVES.in_(asked.locale))
    days = UNITS[asked.unit]
    ahead = (int(whole.day.max()) - day if asked.split else 0) or SILENT_DAYS
    silent, gone = model.silent(history, ahead / days), 1 - model.alive(history)
    due = np.maximum(history.last_day + np.rint(model.gap(history) * days).astype(np.int64), day + 1)
    order = np.argsort(-silent, kind="stable")
    rows = [
        [history.names[i], round(float(silent[i]), 4), round(float(gone[i]), 4), to_date(int(due[i])).isoformat(),
         to_date(int(history.last_day[i])).isoformat(), int(history.repeats[i]) + 1]
        for i in order
    ]  # fmt: skip
    metrics = _came_back(whole, history, silent, day) if asked.split else {}
    return Answer(
        [("customer", CUSTOMER), ("silent", Text("不再购买的概率", "Stays silent")), ("gone", Text("已流失的概率", "Gone")),
         ("next", Text("预计下次购买", "Next purchase")), ("last", Text("上次购买", "Last purchase")),
         ("purchases", Text("购买次数", "Purchases"))],
        rows,
        {"model": model.model, "as_of": to_date(day).isoformat(), "silent_for_days": ahead, "customers": len(history),
         "r": model.r, "alpha": model.alpha, "a": model.a, "b": model.b if np.isfinite(model.b) else None,
         "log_likelihood": model.log_likelihood},
        {"expected_silent": round(float(silent.sum()), 1), **metrics}, notes,
    )  # fmt: skip


def _came_back(whole: Purchases, history: History, told: npt.NDArray[np.float64], day: int) -> dict[str, Any]:
    """How well the chance tells who bought nothing behind the split (AUC)."""
    later = set(whole.names[whole.customer[whole.day > day]].tolist())
    silent = np.array([name not in later for name in history.names.tolist()])
    if not 0 < silent.sum() < len(silent):
        return {}
    auc = roc_auc_score(silent, told)
    return {"holdout": {"silent": int(silent.sum()), "customers": len(silent), "auc": round(float(auc), 4)}}


KINDS = (
    Kind("rfm", Text("RFM 分群", "RFM"), ROLES, run_rfm),
    Kind("lifecycle", Text("生命周期", "Lifecycle"), ROLES, run_lifecycle),
    Kind("clv", Text("客户终身价值", "Lifetime value"), ROLES, run_clv),
)
