"""The insight home: a card for each of the ten C, stages, segments, who brings the profit.

*How it works*: counts are asked through the query door, of the customers that the actor sees; each leads to its list. What
is told of the whole firm (months, flow, profit) comes from the last run, for who sees every customer and the fields it is
made of.

*Rules*: a constant number of statements. A card without data says what is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.domains.insight.customers.deciding import AREA, decided, latest
from guanxi.domains.insight.customers.fields import OBJECT
from guanxi.domains.insight.customers.model_notes import model_notes
from guanxi.domains.insight.customers.models import InsightRun
from guanxi.domains.insight.lake.freshness import freshness_of
from guanxi.engine.access import rights
from guanxi.engine.records.query.groups import fetch_groups
from guanxi.engine.records.query.spec import Grouping, Measure, RecordQuery
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NOT_YET = Text("还没有计算过。", "Nothing has been computed yet.")
NEEDS_MONTHS = Text("满一年的订单之后才能看出。", "Shows once there are orders of more than a year.")
NEEDS_ORDERS = Text("需要已确认的订单。", "Confirmed orders are needed.")
NEEDS_COSTS = Text("需要近 12 个月的订单；产品成本和费用越全越准。",
                   "Orders of the last 12 months are needed; the better costs and expenses are known, the truer.")  # fmt: skip
NEEDS_SCORES = Text("需要满意度评分（回访或问卷）。", "Scores of satisfaction are needed (calls or surveys).")
NEEDS_NEEDS = Text("需要记录客户需求。", "What customers need is to be written down.")
NEEDS_OFFERS = Text("需要更多带产品的订单明细：至少 50 位客户买过两种以上的产品。",
                    "More order lines with products are needed: at least 50 customers with two products.")  # fmt: skip
LATELY = {"field": "last_contact_at", "op": "after", "value": {"relative": "-90d"}}
HIGH_RISK = 70


@dataclass(slots=True)
class Card:
    """A card: a number with its unit, the same number over months, the list behind it, or what is missing."""

    key: str
    value: float | None = None
    unit: str = "count"
    change: float | None = None
    trend: list[float | None] = field(default_factory=list)
    count: int | None = None
    filter: Any = None
    missing: Text | None = None

    def as_json(self, locale: str) -> dict[str, Any]:
        """For the page."""
        return {
            "key": self.key, "value": self.value, "unit": self.unit, "change": self.change, "trend": self.trend,
            "count": self.count, "filter": self.filter, "missing": self.missing.in_(locale) if self.missing else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the actor may see: fields, and (for who sees every customer) the firm's figures."""

    ctx: Ctx
    fields: frozenset[str]
    whole: Mapping[str, Any]
    knows_churn: bool

    def counted(self, tree: Any) -> int:
        """How many of the customers that they see match."""
        rows = fetch_groups(self.ctx, RecordQuery(OBJECT, tree, group=(), measures=(Measure("count"),)))[
            "data"
        ]
        return int(rows[0]["values"]["count"]) if rows else 0

    def may(self, *keys: str) -> bool:
        """Whether these fields are there for them."""
        return all(f"insight_{key}" in self.fields for key in keys)


def home(ctx: Ctx) -> dict[str, Any]:
    """Everything of the page; NotFound for who sees no customers."""
    obj = rights.get_object(ctx, OBJECT)
    rules, _ = decided(ctx)
    run, done = latest(ctx, "waiting", "running", "failed", "done"), latest(ctx, "done")
    found: dict[str, Any] = {
        "is_on": rules.is_on, "may": ctx.actor.manages(AREA), "run": run_json(run) if run else None,
        "as_of": done.finished_at if done else None, "currency": ctx.workspace.currency, "whole": rights.sees_everything(ctx, obj),
        "high_cut": rules.high_cut, "missing": [], "cards": [], "stages": [], "segments": [], "scores": [], "flow": [],
        "pareto": [], "tiers": [], "freshness": [], "models": [],
    }  # fmt: skip
    if done is None or not rules.is_on:
        return found
    seen = _seen(ctx, obj, done)
    found["missing"] = [Text.of(each).in_(ctx.locale) for each in done.missing]
    found["freshness"] = [
        {**each, "label": Text.of(each["label"]).in_(ctx.locale)} for each in freshness_of(ctx.workspace.id)
    ]
    if found["whole"]:
        found["models"] = model_notes(ctx, done)
    found["cards"] = [build(seen).as_json(ctx.locale) for build in CARDS]
    for name, keys, fields in (("stages", ("stage",), ("stage",)), ("segments", ("segment",), ("segment",)),
                               ("scores", ("recency", "frequency"), ("recency", "frequency"))):  # fmt: skip
        if seen.may(*fields):
            found[name] = _groups(seen, keys)
    if seen.may("stage"):
        found["flow"] = seen.whole.get("flow", [])
    if seen.may("profit", "tier"):
        found["pareto"], found["tiers"] = seen.whole.get("pareto", []), seen.whole.get("tiers", [])
    return found


def run_json(run: InsightRun) -> dict[str, Any]:
    """How a run stands."""
    return {"id": run.id, "state": run.state, "progress": run.progress, "day": run.day, "started_at": run.started_at,
            "finished_at": run.finished_at, "nightly": run.nightly}  # fmt: skip


def _seen(ctx: Ctx, obj: ObjectDef, done: InsightRun) -> Seen:
    whole = done.figures if rights.sees_everything(ctx, obj) else {}
    return Seen(ctx, frozenset(rights.readable(ctx, obj)), whole, "buying" in done.models_used)


def _groups(seen: Seen, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    groups = tuple(Grouping(f"insight_{key}") for key in keys)
    money = (Measure("sum", "insight_spend", "spend"),) if seen.may("spend") else ()
    query = RecordQuery(
        OBJECT,
        {"field": f"insight_{keys[0]}", "op": "is_not_empty"},
        group=groups,
        measures=(Measure("count"), *money),
        limit=100,
    )
    return [
        {**{key: row["keys"][f"insight_{key}"] for key in keys}, "customers": row["values"]["count"], "spend": row["values"].get("spend")}
        for row in fetch_groups(seen.ctx, query)["data"]
    ]  # fmt: skip


def _months(seen: Seen, key: str, *needs: str) -> list[float | None]:
    """A figure at the ends of months; nothing for who may not see what it is made of."""
    return [month.get(key) for month in seen.whole.get("months", [])] if seen.may(*needs) else []


def _with_trend(card: Card, trend: list[float | None], missing: Text) -> Card:
    """The card with its newest figure, and by how much it differs from a year before."""
    if not trend or trend[-1] is None:
        card.missing = missing
        return card
    card.value, card.trend = trend[-1], trend
    first = trend[0]
    if first is not None:
        card.change = round(trend[-1] - first, 1)
    return card


def _profile(seen: Seen) -> Card:
    known = [key for key in ("industry", "phone", "region", "source") if key in seen.fields]
    if not known:
        return Card("profile", missing=NOT_YET)
    lacking = {"or": [{"field": key, "op": "is_empty"} for key in known]}
    every, count = seen.counted(None), seen.counted(lacking)
    return Card("profile", _percent(every - count, every), "percent", count=count, filter=lacking)


def _knowledge(seen: Seen) -> Card:
    if "last_contact_at" not in seen.fields:
        return Card("knowledge", missing=NEEDS_NEEDS)
    every, lately = seen.counted(None), seen.counted(LATELY)
    return Card("knowledge", _percent(lately, every), "percent", count=every - lately, filter={"not": LATELY})


def _segmentation(seen: Seen) -> Card:
    if not seen.may("segment"):
        return Card("segmentation", missing=NEEDS_ORDERS)
    rows = _groups(seen, ("segment",))
    none = {"field": "insight_segment", "op": "is_empty"}
    if not rows:
        return Card("segmentation", missing=NEEDS_ORDERS)
    return Card("segmentation", len(rows), count=seen.counted(none), filter=none)


def _customization(seen: Seen) -> Card:
    offered = {"field": "insight_offer", "op": "is_not_empty"}
    count = seen.counted(offered) if seen.may("offer") else 0
    if not count:
        return Card("customization", missing=NEEDS_OFFERS)
    return Card("customization", _percent(count, seen.counted(None)), "percent", count=count, filter=offered)


def _value(seen: Seen) -> Card:
    if not seen.may("clv", "tier") or seen.whole.get("median_clv") is None:
        return Card("value", missing=NEEDS_ORDERS)
    high = {"field": "insight_tier", "op": "is", "value": "high"}
    return Card("value", seen.whole["median_clv"], "money", count=seen.counted(high), filter=high,
                trend=_months(seen, "median_spend", "spend"))  # fmt: skip


def _satisfaction(seen: Seen) -> Card:
    return Card("satisfaction", missing=NEEDS_SCORES)


def _development(seen: Seen) -> Card:
    once = {"field": "insight_orders", "op": "is", "value": 1}
    card = _with_trend(Card("development", unit="percent"), _months(seen, "repeat", "orders"), NEEDS_ORDERS)
    if seen.may("orders"):
        card.count, card.filter = seen.counted(once), once
    return card


def _retention(seen: Seen) -> Card:
    risky = {"field": "insight_churn", "op": "gte", "value": HIGH_RISK}
    card = _with_trend(Card("retention", unit="percent"), _months(seen, "kept", "stage"), NEEDS_MONTHS)
    if seen.may("churn") and seen.knows_churn:
        card.count, card.filter = seen.counted(risky), risky
    return card


def _acquisition(seen: Seen) -> Card:
    new = {"field": "insight_stage", "op": "is", "value": "new"}
    card = _with_trend(Card("acquisition"), _months(seen, "new", "stage"), NEEDS_ORDERS)
    if seen.may("stage"):
        card.count, card.filter = seen.counted(new), new
    return card


def _profitability(seen: Seen) -> Card:
    if not seen.may("profit") or seen.whole.get("margin") is None:
        return Card("profitability", missing=NEEDS_COSTS)
    losing = {"field": "insight_profit", "op": "lt", "value": 0}
    return Card("profitability", seen.whole["margin"], "percent", count=seen.counted(losing), filter=losing)


def _percent(part: int, whole: int) -> float | None:
    return round(part / whole * 100, 1) if whole else None


CARDS: tuple[Callable[[Seen], Card], ...] = (
    _profile, _knowledge, _segmentation, _customization, _value, _satisfaction, _development, _retention, _acquisition,
    _profitability,
)  # fmt: skip
"""The ten C, in their order."""
