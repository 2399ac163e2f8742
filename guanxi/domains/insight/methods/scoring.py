"""A learned score: how likely the answer is yes, how good that is on records it had not seen, and what drives it.

*How it works*: logistic regression and boosted trees are judged by five folds, or by the records behind a day (a split in
time); trees are taken only where they are clearly better. A driver of a record is what its chance would lose if that column
said what is usual.

*Rules*: columns that leak (leaks.py) are left out, and how well it would do with them is told beside. A model that cannot
tell the answers apart says so and gives no score. Needs FEWEST of each answer.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from guanxi.domains.insight.methods.encoding import Encoding, encoding_of
from guanxi.domains.insight.methods.features import Features
from guanxi.domains.insight.methods.leaks import Leak, find_leaks
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
FEWEST = 50
CLEARLY = 0.01
"""Trees are taken where their AUC is better by this much."""
NO_SIGNAL = 0.55
BINS = 10
DRIVERS = 3

TOO_FEW = Text(
    "结果为「是」的有 {yes} 条、为「否」的有 {no} 条，每种至少要 {fewest} 条。",
    "There are {yes} records with yes and {no} with no; at least {fewest} of each are needed.",
)
NOTHING_TO_LEARN = Text("没有可以学习的列。", "There is no column to learn from.")


@dataclass(frozen=True, slots=True)
class Quality:
    """How good chances were on records that the model had not seen; `reliability` is (told, happened, records) by tenths."""

    auc: float
    auc_low: float
    brier: float
    log_loss: float
    base_rate: float
    records: int
    reliability: list[tuple[float, float, int]]

    @property
    def has_signal(self) -> bool:
        """Whether the answers are told apart at all."""
        return self.auc_low > 0.5 and self.auc >= NO_SIGNAL


@dataclass(frozen=True, slots=True)
class Model:
    """A model of one kind, ready to be asked."""

    kind: str
    encoding: Encoding
    fitted: Any

    def chance(self, features: Features) -> Floats:
        """The chance of yes for each record."""
        matrix = self.encoding.lines(features) if self.kind == "logistic" else self.encoding.places(features)
        with threadpool_limits(1):
            return np.asarray(self.fitted.predict_proba(matrix)[:, 1], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Score:
    """The chosen model (None without a signal), its quality, that of both kinds, the leaks, and the quality with them."""

    model: Model | None
    quality: Quality
    by_kind: dict[str, Quality]
    leaks: list[Leak]
    with_leaks: Quality | None
    features: Features


def fit_kind(kind: str, features: Features, answer: Bools) -> Model:
    """Fit `logistic` or `trees`."""
    encoding = encoding_of(features)
    # So little work is faster in one thread, and leaves the others to those who wait for an answer.
    with threadpool_limits(1):
        if kind == "logistic":
            fitted = LogisticRegression(C=0.5, max_iter=2000).fit(encoding.lines(features), answer)
        else:
            fitted = HistGradientBoostingClassifier(
                learning_rate=0.06, max_iter=150, max_leaf_nodes=12, min_samples_leaf=25, l2_regularization=1.0,
                categorical_features=encoding.is_kind(features), random_state=0,
            ).fit(encoding.places(features), answer)  # fmt: skip
    return Model(kind, encoding, fitted)


def learn(features: Features, answer: Bools, *, behind: Bools | None = None) -> Score:
    """Learn from records; `behind` marks those that judge instead of five folds (a split in time).

    Raises TooThin when there are too few records of an answer, or nothing to learn from.
    """
    yes = int(answer.sum())
    if min(yes, len(answer) - yes) < FEWEST:
        raise TooThin(TOO_FEW, yes=yes, no=len(answer) - yes, fewest=FEWEST)
    leaks = find_leaks(features, answer)
    clean = features.without({leak.column for leak in leaks})
    if not clean.names:
        raise TooThin(NOTHING_TO_LEARN)
    by_kind = {kind: judge(kind, clean, answer, behind) for kind in ("logistic", "trees")}
    better = by_kind["trees"].auc > by_kind["logistic"].auc + CLEARLY
    kind = "trees" if better else "logistic"
    with_leaks = judge("logistic", features, answer, behind) if leaks else None
    model = fit_kind(kind, clean, answer) if by_kind[kind].has_signal else None
    return Score(model, by_kind[kind], by_kind, leaks, with_leaks, clean)


def judge(kind: str, features: Features, answer: Bools, behind: Bools | None = None) -> Quality:
    """How good a kind of model is on records it was not fitted on."""
    if behind is not None and 0 < answer[behind].sum() < behind.sum():
        model = fit_kind(kind, features.rows(~behind), answer[~behind])
        return _quality(model.chance(features.rows(behind)), answer[behind])
    told = np.empty(len(answer))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(answer, answer):
        told[test] = fit_kind(kind, features.rows(train), answer[train]).chance(features.rows(test))
    return _quality(told, answer)


def _quality(told: Floats, answer: Bools) -> Quality:
    auc = float(roc_auc_score(answer, told))
    yes, no = int(answer.sum()), int((~answer).sum())
    # Hanley & McNeil (1982), the standard error of an area under the curve.
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    error = np.sqrt(
        (auc * (1 - auc) + (yes - 1) * (q1 - auc**2) + (no - 1) * (q2 - auc**2)) / max(yes * no, 1)
    )
    tenth = np.minimum((told * BINS).astype(int), BINS - 1)
    reliability = [
        (float(told[tenth == k].mean()), float(answer[tenth == k].mean()), int((tenth == k).sum()))
        for k in range(BINS)
        if (tenth == k).any()
    ]
    return Quality(
        auc, auc - 1.96 * float(error), float(brier_score_loss(answer, told)), float(log_loss(answer, told)),
        float(answer.mean()), len(answer), reliability,
    )  # fmt: skip


def drivers(model: Model, features: Features) -> list[list[tuple[str, float]]]:
    """For each record the columns that move its chance most, by how much: against what is usual in that column."""
    told = model.chance(features)
    moved = {}
    for name in features.names:
        numbers, kinds = dict(features.numbers), dict(features.kinds)
        if name in numbers:
            numbers[name] = np.full(len(features), model.encoding.usual[name])
        else:
            found, counts = np.unique(kinds[name], return_counts=True)
            kinds[name] = np.full(len(features), found[counts.argmax()])
        moved[name] = told - model.chance(Features(numbers, kinds, {}))
    names = list(moved)
    table = np.column_stack([moved[name] for name in names])
    order = np.argsort(-np.abs(table), axis=1)[:, :DRIVERS]
    return [
        [(names[column], float(table[row, column])) for column in columns if abs(table[row, column]) > 0.005]
        for row, columns in enumerate(order)
    ]
