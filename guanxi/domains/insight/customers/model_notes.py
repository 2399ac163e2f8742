"""The models of a run in words: which method, what it learned from, how well it did on what it had not seen."""

from typing import Any

from guanxi.domains.insight.customers.card import MODELS
from guanxi.domains.insight.customers.models import InsightRun
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

LABELS = {
    "lifecycle": Text("购买阶段", "Buying stage"),
    "clv": Text("未来价值", "Lifetime value"),
    "buying": Text("流失和下次购买", "Churn and next purchase"),
    "offers": Text("推荐产品", "Next best offers"),
}
RHYTHM = Text("按每位客户自己的购买间隔", "Each customer's own rhythm")
USUAL = Text("通常间隔 {days} 天", "Usual gap {days} days")
AHEAD = Text(
    "未来 {months} 个月，年折现率 {discount}%", "{months} months ahead, discounted by {discount} % a year"
)
FITTED = Text(
    "{customers} 位客户，对数似然 {likelihood}；r={r}，α={alpha}，a={a}，b={b}",
    "{customers} customers, log-likelihood {likelihood}; r = {r}, α = {alpha}, a = {a}, b = {b}",
)
METHODS = {
    "ease": Text("EASE（看一起买的产品）", "EASE (what is bought together)"),
    "item_knn": Text("产品相似度（看一起买的产品）", "Similarity of products (what is bought together)"),
    "popularity": Text(
        "最畅销（一起买的产品看不出更多）", "Best sellers (what is bought together tells no more)"
    ),
}
LEARNED = Text(
    "从 {customers} 位客户、{products} 种产品学习",
    "Learned from {customers} customers and {products} products",
)
BY_TIME = Text(
    "用 {day} 之前的订单推荐，{judged} 位客户之后新买的产品里：前三个推荐命中 {hits}%，NDCG@10 {ndcg}；只推荐畅销品分别是 {base_hits}%、{base}",
    "Offered from the orders until {day}, held against what {judged} customers bought for the first time after it: "
    "{hits} % took one of the first three, NDCG@10 {ndcg}; best sellers alone: {base_hits} %, {base}",
)
AT_RANDOM = Text(
    "随机藏起四分之一的购买，{judged} 位客户：前三个推荐命中 {hits}%，NDCG@10 {ndcg}；只推荐畅销品分别是 {base_hits}%、{base}",
    "A quarter of the purchases hidden at random, {judged} customers: {hits} % have one of the first three, NDCG@10 {ndcg}; "
    "best sellers alone: {base_hits} %, {base}",
)


def model_notes(ctx: Ctx, done: InsightRun) -> list[dict[str, Any]]:
    """`[{"key", "label", "method", "notes"}]` of what the run used."""
    tellers = {"lifecycle": _lifecycle, "clv": _clv, "buying": _buying, "offers": _offers}
    told = []
    for key, tell in tellers.items():
        used = done.models_used.get(key)
        if used is not None:
            method, notes = tell(ctx.locale, used)
            told.append({"key": key, "label": LABELS[key].in_(ctx.locale), "method": method, "notes": notes})
    return told


def _lifecycle(locale: str, used: dict[str, Any]) -> tuple[str, list[str]]:
    return RHYTHM.in_(locale), [USUAL.in_(locale, days=round(used["usual_gap_days"]))]


def _clv(locale: str, used: dict[str, Any]) -> tuple[str, list[str]]:
    note = AHEAD.in_(locale, months=used["months"], discount=f"{used['discount']:g}")
    return MODELS[used["model"]].in_(locale), [note]


def _buying(locale: str, used: dict[str, Any]) -> tuple[str, list[str]]:
    figures = {key: f"{used[key]:.3g}" if used[key] is not None else "—" for key in ("r", "alpha", "a", "b")}
    note = FITTED.in_(
        locale, customers=used["customers"], likelihood=f"{used['log_likelihood']:.1f}", **figures
    )
    return MODELS[used["model"]].in_(locale), [note]


def _offers(locale: str, used: dict[str, Any]) -> tuple[str, list[str]]:
    method = used["model"]
    judged = (BY_TIME if used["split"] else AT_RANDOM).in_(
        locale, day=used["split"], judged=used["judged"], hits=_percent(used["hits"][method]), ndcg=f"{used['ndcg'][method]:.3f}",
        base_hits=_percent(used["hits"]["popularity"]), base=f"{used['ndcg']['popularity']:.3f}",
    )  # fmt: skip
    return METHODS[method].in_(locale), [
        LEARNED.in_(locale, customers=used["customers"], products=used["products"]),
        judged,
    ]


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"
