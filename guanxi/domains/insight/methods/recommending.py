"""What to offer next: learned from what is bought together, with the reason in figures.

*How it works*: EASE (Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data) solves for how much each product a
customer has speaks for each other one; cosine similarity of items and plain popularity are its measure. Which is used is
decided by how well each finds again what was hidden from it (NDCG at ten): what customers bought last where the days are
known (`split_by_time`), what was taken out at random where not.

*Rules*: at most MOST_ITEMS products take part, the most bought ones (EASE inverts a matrix of that size). Needs FEWEST
customers with two products. What a customer has is never offered.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MOST_ITEMS = 5000
FEWEST = 50
TOP = 10
HITS = 3
"""How many offers of a customer are counted for hits."""
LATER = 0.2
STRENGTHS = (100.0, 300.0, 1000.0)
_CHUNK = 2000

TOO_FEW = Text(
    "只有 {count} 位客户买过两种以上的产品，至少要 {fewest} 位。",
    "Only {count} customers bought two products or more; at least {fewest} are needed.",
)


@dataclass(frozen=True, slots=True)
class Baskets:
    """Who has what: a matrix of customers by items, 1 where bought."""

    customers: npt.NDArray[np.str_]
    items: npt.NDArray[np.str_]
    has: csr_matrix


@dataclass(frozen=True, slots=True)
class Recommender:
    """`weights[i, j]`: how much having i speaks for j.

    Of each method on what was hidden: `quality` is its NDCG@10, `hits` the share of customers of whom one of the first HITS
    was bought.
    """

    method: str
    strength: float | None
    weights: Floats
    quality: dict[str, float]
    hits: dict[str, float]
    judged: int

    def best(self, baskets: Baskets, count: int = TOP) -> tuple[Ints, Floats]:
        """The items to offer each customer, best first, and their scores; what they have is left out."""
        found, scores = [], []
        for start in range(0, baskets.has.shape[0], _CHUNK):
            part = baskets.has[start : start + _CHUNK]
            told = part @ self.weights
            told[part.nonzero()] = -np.inf
            top = _top(told, count)
            found.append(top)
            scores.append(np.take_along_axis(told, top, axis=1))
        return np.vstack(found), np.vstack(scores)

    def reason(self, baskets: Baskets, customer: int, item: int) -> int | None:
        """The item the customer has that speaks most for another one; None where nothing does."""
        has = baskets.has[customer].indices
        if self.method == "popularity" or len(has) == 0:
            return None
        best = has[int(np.argmax(self.weights[has, item]))]
        return int(best) if self.weights[best, item] > 0 else None


def baskets_of(customers: npt.ArrayLike, items: npt.ArrayLike) -> Baskets:
    """Baskets from rows: who, what. Only the most bought items stay."""
    who, row = np.unique(np.asarray(customers), return_inverse=True)
    what, column = np.unique(np.asarray(items), return_inverse=True)
    has = csr_matrix((np.ones(len(row)), (row, column)), shape=(len(who), len(what)))
    has.data[:] = 1.0
    if len(what) > MOST_ITEMS:
        kept = np.sort(np.argsort(-np.asarray(has.sum(axis=0)).ravel(), kind="stable")[:MOST_ITEMS])
        what, has = what[kept], csr_matrix(has[:, kept])
    return Baskets(who, what, has)


def lift(baskets: Baskets, one: int, other: int) -> float:
    """How many times as often `other` is had by those who have `one` as by everybody."""
    first, second = baskets.has[:, [one]], baskets.has[:, [other]]
    both = float(first.multiply(second).sum())
    alone, base = float(first.sum()), float(second.sum()) / baskets.has.shape[0]
    return both / alone / base if alone and base else 0.0


def learn(
    baskets: Baskets,
    *,
    seed: int = 0,
    hidden: float = 0.25,
    parts: tuple[csr_matrix, csr_matrix] | None = None,
) -> Recommender:
    """Learn, having chosen the method by what it finds again: of `parts` (seen, behind), or at random. Raises TooThin."""
    sizes = np.diff(baskets.has.indptr)
    if int((sizes >= 2).sum()) < FEWEST:
        raise TooThin(TOO_FEW, count=int((sizes >= 2).sum()), fewest=FEWEST)
    seen, behind = parts or _hide(baskets.has, hidden, seed)
    makers: dict[str, Callable[[csr_matrix], Floats]] = {"popularity": _popular, "item_knn": _cosine}
    told = {name: _judge(make(seen), seen, behind) for name, make in makers.items()}
    strengths = {strength: _judge(_ease(seen, strength), seen, behind) for strength in STRENGTHS}
    strength = max(strengths, key=lambda key: strengths[key])
    told["ease"] = strengths[strength]
    makers["ease"] = lambda has: _ease(has, strength)
    method = max(told, key=lambda name: told[name][0])
    judged = int((np.diff(behind.indptr) > 0).sum())
    return Recommender(
        method, strength if method == "ease" else None, makers[method](baskets.has),
        {name: ndcg for name, (ndcg, _) in told.items()}, {name: hit for name, (_, hit) in told.items()}, judged,
    )  # fmt: skip


def split_by_time(baskets: Baskets, days: csr_matrix) -> tuple[csr_matrix, csr_matrix, int]:
    """What customers had by a day, what those who had something bought for the first time after it, and that day.

    `days` has the day of the first purchase where `baskets.has` has an entry; a fifth of the entries lie behind the day.
    """
    entries = days.tocoo()
    day = int(np.quantile(entries.data, 1 - LATER, method="lower"))
    early = entries.data <= day
    known = np.zeros(days.shape[0], dtype=bool)
    known[entries.row[early]] = True
    parts = [
        csr_matrix((np.ones(int(kept.sum())), (entries.row[kept], entries.col[kept])), shape=days.shape)
        for kept in (early, ~early & known[entries.row])
    ]
    return parts[0], parts[1], day


def _hide(has: csr_matrix, share: float, seed: int) -> tuple[csr_matrix, csr_matrix]:
    """The matrix with a share of what people have taken out at random, and what was taken out."""
    rng = np.random.default_rng(seed)
    entries = has.tocoo()
    out = rng.random(entries.nnz) < share
    parts = [
        csr_matrix((entries.data[chosen], (entries.row[chosen], entries.col[chosen])), shape=has.shape)
        for chosen in (~out, out)
    ]
    return parts[0], parts[1]


def _popular(has: csr_matrix) -> Floats:
    counts = np.asarray(has.sum(axis=0)).ravel()
    return np.tile(counts / max(counts.sum(), 1), (has.shape[1], 1))


def _cosine(has: csr_matrix) -> Floats:
    together = np.asarray((has.T @ has).todense(), dtype=np.float64)
    norms = np.sqrt(np.diag(together))
    found = np.divide(
        together, np.outer(norms, norms) + 10.0, out=np.zeros_like(together), where=together > 0
    )
    np.fill_diagonal(found, 0.0)
    return found


def _ease(has: csr_matrix, strength: float) -> Floats:
    """The closed form of the paper: B = I − P·diagMat(1 ⊘ diag(P)), P the inverse of the Gram matrix plus λI."""
    gram = np.asarray((has.T @ has).todense(), dtype=np.float64)
    gram[np.diag_indices_from(gram)] += strength
    inverse = np.linalg.inv(gram)
    found = -inverse / np.diag(inverse)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found, dtype=np.float64)


def _judge(weights: Floats, seen: csr_matrix, behind: csr_matrix) -> tuple[float, float]:
    """Of customers from whom something was hidden: the mean NDCG at ten (binary relevance), and the share with a hit."""
    gains = 1 / np.log2(np.arange(2, TOP + 2))
    total = count = hit = 0.0
    for start in range(0, seen.shape[0], _CHUNK):
        part, wanted = seen[start : start + _CHUNK], behind[start : start + _CHUNK]
        sizes = np.diff(wanted.indptr)
        told = np.asarray(part @ weights)
        told[part.nonzero()] = -np.inf
        top = _top(told, TOP)
        hits = np.take_along_axis(np.asarray(wanted.todense()), top, axis=1)
        ideal = np.cumsum(gains)[np.minimum(np.maximum(sizes, 1), TOP) - 1]
        total += float(((hits * gains[: top.shape[1]]).sum(axis=1) / ideal)[sizes > 0].sum())
        hit += float((hits[sizes > 0, :HITS].max(axis=1) > 0).sum())
        count += float((sizes > 0).sum())
    return (total / count, hit / count) if count else (0.0, 0.0)


def _top(scores: Floats, count: int) -> Ints:
    count = min(count, scores.shape[1])
    found = np.argpartition(-scores, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(scores, found, axis=1), axis=1, kind="stable")
    return np.take_along_axis(found, order, axis=1)
