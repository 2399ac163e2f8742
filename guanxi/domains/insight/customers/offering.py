"""What to offer each customer next: from the lake's order lines, by the method of files, with the reason in figures.

*How it works*: who has bought what (and has not given it all back) is learned from; what is offered is on sale still and not
theirs yet. The reason is the product of theirs that speaks most for the offer, with its lift. How good the offers are is told
by what customers bought in the last fifth of the history, learned from what lay before.

*Rules*: ids and figures alone, no names. Too little to learn from leaves everything empty and says why.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from guanxi.domains.insight.lake.reading import Lake
from guanxi.domains.insight.methods import recommending
from guanxi.domains.insight.methods.recommending import Baskets, Recommender
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
COUNT = 3
OUT_OF_QUESTION = 1e9
POPULARITY = "popularity"
FEWEST_JUDGED = 30
NO_OFFERS = Text("还没有推荐产品：{why}", "There are no offers yet: {why}")
NO_LINES = Text("订单明细里没有可用的产品。", "No order line names a product.")
NOTHING_ON_SALE = Text("没有在售的产品。", "No product is on sale.")


@dataclass(slots=True)
class Offers:
    """By customer's id, the best product and all offers as JSON; the model with its figures; what is missing."""

    best: dict[str, str] = field(default_factory=dict)
    all: dict[str, str] = field(default_factory=dict)
    model: dict[str, Any] | None = None
    missing: list[tuple[Text, dict[str, Any]]] = field(default_factory=list)


def offers_of(lake: Lake, today: date) -> Offers:
    """The offers of everybody who has bought a product."""
    rows = _bought(lake, today)
    on_sale = lake["products"].filter(lake["products"].is_active.fill_null(True)).select("id").to_pyarrow()
    try:
        if len(rows) == 0:
            raise TooThin(NO_LINES)
        if len(on_sale) == 0:
            raise TooThin(NOTHING_ON_SALE)
        return _learned(rows, set(on_sale["id"].to_pylist()))
    except TooThin as thin:
        why = Text(thin.in_("zh-CN"), thin.in_("en"))
        return Offers(missing=[(NO_OFFERS, {"why": why})])


def _bought(lake: Lake, today: date) -> pa.Table:
    """Who has bought what, and since when; what came back altogether does not count."""
    lines = lake.lines()
    lines = lines.filter(
        lines.customer.notnull() & lines.product.notnull() & lines.day.notnull() & (lines.day <= today)
    )
    each = lines.group_by("customer", "product").agg(day=lines.day.min(), left=lines.quantity.sum())
    return each.filter(each.left.isnull() | (each.left > 0)).order_by("customer", "product").to_pyarrow()


def _learned(rows: pa.Table, on_sale: set[str]) -> Offers:
    baskets = recommending.baskets_of(_texts(rows["customer"]), _texts(rows["product"]))
    days = _days(baskets, rows)
    seen, behind, day = recommending.split_by_time(baskets, days)
    by_time = int((np.diff(behind.indptr) > 0).sum()) >= FEWEST_JUDGED
    model = recommending.learn(baskets, parts=(seen, behind) if by_time else None)
    found = Offers(model=_told(model, baskets, day if by_time else None))
    allowed = np.isin(baskets.items, sorted(on_sale))
    if not allowed.any():
        raise TooThin(NOTHING_ON_SALE)
    top, scores = _best(model, baskets, allowed)
    because, lift, both = _reasons(model, baskets, top)
    for n, customer in enumerate(baskets.customers.tolist()):
        offers = [
            {"product": str(baskets.items[item])}
            | ({"because": str(baskets.items[source]), "lift": round(float(lift[n, k]), 1), "both": int(both[n, k])}
               if source >= 0 else {})
            for k, (item, source) in enumerate(zip(top[n].tolist(), because[n].tolist(), strict=True))
            if scores[n, k] > 0 and (source >= 0 or model.method == POPULARITY)
        ]  # fmt: skip
        if offers:
            found.best[customer], found.all[customer] = str(offers[0]["product"]), dumps(offers).decode()
    return found


def _days(baskets: Baskets, rows: pa.Table) -> csr_matrix:
    """The day of each first purchase, in the places of the baskets."""
    products = _texts(rows["product"])
    kept = np.isin(products, baskets.items)
    at = (
        np.searchsorted(baskets.customers, _texts(rows["customer"])[kept]),
        np.searchsorted(baskets.items, products[kept]),
    )
    day = np.asarray(rows["day"].combine_chunks().cast(pa.int32()), dtype=np.float64)[kept]
    return csr_matrix((day, at), shape=baskets.has.shape)


def _best(model: Recommender, baskets: Baskets, allowed: npt.NDArray[np.bool_]) -> tuple[Ints, Floats]:
    """The best few that are on sale and not theirs; of popularity, what sells best."""
    weights = model.weights.copy()
    weights[:, ~allowed] = -OUT_OF_QUESTION
    return replace(model, weights=weights).best(baskets, COUNT)


def _reasons(model: Recommender, baskets: Baskets, top: Ints) -> tuple[Ints, Floats, Ints]:
    """By customer and offer: the item of theirs that speaks most for it (-1: none), its lift, how many bought both.

    An item speaks for another one where those who have it buy the other more often than everybody does.
    """
    because, lift, both = np.full(top.shape, -1), np.ones(top.shape), np.zeros(top.shape, dtype=np.int64)
    if model.method == POPULARITY:
        return because, lift, both
    has = baskets.has
    together = np.asarray((has.T @ has).todense())
    counts = np.diag(together)
    lifts = together / np.maximum(np.outer(counts, counts), 1.0) * has.shape[0]
    speaking = np.where(lifts > 1, model.weights, 0.0)
    sizes = np.diff(has.indptr)
    buyers = np.flatnonzero(sizes > 0)
    starts, owner = has.indptr[:-1][buyers], np.repeat(np.arange(has.shape[0]), sizes)
    places = np.arange(len(owner))
    for k in range(top.shape[1]):
        speaks = speaking[has.indices, top[owner, k]]
        most = np.maximum.reduceat(speaks, starts)
        is_best = speaks == np.repeat(most, sizes[buyers])
        first = np.minimum.reduceat(np.where(is_best, places, len(places)), starts)
        source, item = has.indices[first], top[buyers, k]
        because[buyers, k] = np.where(most > 0, source, -1)
        both[buyers, k], lift[buyers, k] = together[source, item], lifts[source, item]
    return because, lift, both


def _told(model: Recommender, baskets: Baskets, day: int | None) -> dict[str, Any]:
    """The model as it stands in the run: method, what it learned from, how well each method did."""
    return {
        "model": model.method, "strength": model.strength, "customers": len(baskets.customers),
        "products": len(baskets.items), "judged": model.judged,
        "split": date.fromordinal(day + date(1970, 1, 1).toordinal()).isoformat() if day is not None else None,
        "ndcg": {name: round(value, 4) for name, value in model.quality.items()},
        "hits": {name: round(value, 4) for name, value in model.hits.items()},
    }  # fmt: skip


def _texts(column: Any) -> npt.NDArray[np.str_]:
    return np.asarray(column.to_pylist(), dtype=np.str_)
