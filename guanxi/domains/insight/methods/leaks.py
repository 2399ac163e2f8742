"""Columns that know the answer because they were filled in after it was known.

*How it works*: three signs. A column alone tells the two groups apart too well (AUC, out of fold). Whole values of it
nearly always go with one answer. Its name is that of something that is known only afterwards (how long the call was,
why it was lost, how good the lead turned out to be).

*Rules*: what is suspected is named with its sign and left out; how well the model would do with it is told beside.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from guanxi.domains.insight.methods.features import Features
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
TOO_GOOD = 0.80
PURE = 0.02
PURE_SHARE = 0.4
_BINS = 20

ALONE = Text(
    "单凭这一列就能区分（AUC {auc}），很可能是事后才填的",
    "it alone tells the answer (AUC {auc}): most likely filled in afterwards",
)
CERTAIN = Text(
    "{share}% 的记录里，它的值几乎总对应同一个结果",
    "for {share} % of the records its value nearly always goes with one answer",
)
AFTERWARDS = Text("从名称看，是联系之后才知道的", "by its name it is known only after contact")
_AFTER = (
    "duration", "call length", "tags", "lead quality", "lead profile", "asymmetrique", "last notable activity", "close date", "closed",
    "close_date", "close value", "close_value", "loss reason", "lost reason", "outcome of", "result",
    "通话时长", "时长", "标签", "线索质量", "关闭", "成交", "赢单", "输单", "结果", "原因",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leak:
    """A column that is suspected, and by what."""

    column: str
    auc: float
    why: Text
    values: dict[str, object]


def alone(features: Features, answer: npt.NDArray[np.bool_], *, seed: int = 0) -> dict[str, float]:
    """The AUC of each column alone, by the share of answers of its values in the other folds."""
    folds = list(StratifiedKFold(5, shuffle=True, random_state=seed).split(answer, answer))
    return {name: _auc(_codes(features, name), answer, folds) for name in features.names}


def find_leaks(features: Features, answer: npt.NDArray[np.bool_]) -> list[Leak]:
    """The columns that are suspected, the worst first."""
    found = []
    for name, auc in alone(features, answer).items():
        share = _certain_share(_codes(features, name), answer)
        lower = name.lower().replace("_", " ")
        if auc >= TOO_GOOD:
            found.append(Leak(name, auc, ALONE, {"auc": f"{auc:.2f}"}))
        elif share >= PURE_SHARE:
            found.append(Leak(name, auc, CERTAIN, {"share": round(share * 100)}))
        elif any(word.replace("_", " ") in lower for word in _AFTER):
            found.append(Leak(name, auc, AFTERWARDS, {}))
    return sorted(found, key=lambda leak: -leak.auc)


def _codes(features: Features, name: str) -> npt.NDArray[np.int64]:
    """A column as kinds: numbers by twentieths, blanks a kind of their own."""
    if name in features.kinds:
        return np.unique(features.kinds[name], return_inverse=True)[1]
    values = features.numbers[name]
    known = np.isfinite(values)
    if not known.any():
        return np.zeros(len(values), dtype=np.int64)
    bounds = np.unique(np.quantile(values[known], np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.where(known, np.searchsorted(bounds, values, side="left") + 1, 0)


def _auc(
    codes: npt.NDArray[np.int64], answer: npt.NDArray[np.bool_], folds: list[tuple[Floats, Floats]]
) -> float:
    base, score = float(answer.mean()), np.empty(len(answer))
    for train, test in folds:
        counts = np.bincount(codes[train], minlength=int(codes.max()) + 1)
        hits = np.bincount(codes[train], weights=answer[train], minlength=int(codes.max()) + 1)
        score[test] = ((hits + base * 10) / (counts + 10))[codes[test]]
    found = float(roc_auc_score(answer, score))
    return max(found, 1 - found)


def _certain_share(codes: npt.NDArray[np.int64], answer: npt.NDArray[np.bool_]) -> float:
    """The share of records whose value goes with one answer nearly always, where that is no news from the whole."""
    base = float(answer.mean())
    counts = np.bincount(codes)
    rates = np.bincount(codes, weights=answer) / np.maximum(counts, 1)
    often = counts >= max(20, 0.005 * len(answer))
    sure = often & (((rates <= PURE) & (base > 5 * PURE)) | ((rates >= 1 - PURE) & (base < 1 - 5 * PURE)))
    return float(counts[sure].sum() / len(answer))
