"""What a text says about how somebody feels: a model of one's own texts, in any language.

*How it works*: characters and pairs of them (Chinese needs no word breaks that way), weighed by how rare they are, and a
logistic regression. What speaks for and against is told by the weights of a text's own pieces.

*Rules*: needs texts with a verdict, FEWEST of each. A chance near the middle is said to be unsure, not neutral.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
FEWEST = 50
SURE = 0.65
WORDS = 3

TOO_FEW = Text(
    "正面文本 {yes} 条、负面文本 {no} 条，每种至少要 {fewest} 条。",
    "There are {yes} positive and {no} negative texts; at least {fewest} of each are needed.",
)


@dataclass(frozen=True, slots=True)
class Sentiment:
    """A fitted model, and its accuracy and AUC by five folds."""

    vectorizer: TfidfVectorizer
    fitted: LogisticRegression
    accuracy: float
    auc: float
    texts: int

    def chance(self, texts: Sequence[str]) -> Floats:
        """The chance that each text is positive."""
        with threadpool_limits(1):
            return np.asarray(
                self.fitted.predict_proba(self.vectorizer.transform(texts))[:, 1], dtype=np.float64
            )

    def pieces(self, text: str, *, positive: bool) -> list[str]:
        """The pieces of a text that speak most for the verdict."""
        row = self.vectorizer.transform([text])
        weights = row.multiply(self.fitted.coef_).tocsr()
        order = np.argsort(-weights.data if positive else weights.data)[:WORDS]
        names = self.vectorizer.get_feature_names_out()
        return [str(names[weights.indices[place]]) for place in order]


def learn(texts: Sequence[str], positive: Bools, *, judged: bool = True) -> Sentiment:
    """Learn from texts with a verdict; `judged` says whether five folds are to tell how good it is. Raises TooThin."""
    yes = int(positive.sum())
    if min(yes, len(positive) - yes) < FEWEST:
        raise TooThin(TOO_FEW, yes=yes, no=len(positive) - yes, fewest=FEWEST)
    told = np.full(len(positive), np.nan)
    rows = np.asarray(texts, dtype=object)
    if judged:
        for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(positive, positive):
            vectorizer, fitted = _fit(rows[train].tolist(), positive[train])
            told[test] = fitted.predict_proba(vectorizer.transform(rows[test].tolist()))[:, 1]
    vectorizer, fitted = _fit(rows.tolist(), positive)
    accuracy = float(((told > 0.5) == positive).mean()) if judged else float("nan")
    auc = float(roc_auc_score(positive, told)) if judged else float("nan")
    return Sentiment(vectorizer, fitted, accuracy, auc, len(positive))


def _fit(texts: list[str], positive: Bools) -> tuple[TfidfVectorizer, LogisticRegression]:
    vectorizer = TfidfVectorizer(
        analyzer="char",
        ngram_range=(1, 2),
        min_df=2,
        max_features=200_000,
        sublinear_tf=True,
        dtype=np.float32,
    )
    with threadpool_limits(1):
        matrix = vectorizer.fit_transform(texts)
        fitted = LogisticRegression(C=5.0, solver="liblinear").fit(matrix, positive)
    return vectorizer, fitted
