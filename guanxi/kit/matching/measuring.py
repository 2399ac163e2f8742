"""How good a result is against the truth: pairs, precision, recall and F1.

Counted over all pairs of rows (Christen, "Data Matching", 2012, chapter 7) from the sizes of groups, so that a
cluster of thousands costs nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_VERSIONED = re.compile(r"^(.+?)-(?:org|dup-\d+)$")


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs found, true pairs, and those that are both."""

    found: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """The share of the pairs found that are true; 1 when none is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the true pairs that are found; 1 when there is none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


def measure(clusters: Sequence[Sequence[int]], truth: Sequence[str]) -> Figures:
    """`truth` names each row's entity; rows without one are alone."""
    ids = [text.strip() or f"\x00{n}" for n, text in enumerate(truth)]
    found = sum(_pairs(len(rows)) for rows in clusters)
    right = sum(_pairs(n) for rows in clusters for n in Counter(ids[row] for row in rows).values())
    return Figures(found, sum(_pairs(n) for n in Counter(ids).values()), right)


def true_ids(column: Sequence[str]) -> list[str]:
    """Entity names of a column; `rec-7-org` and `rec-7-dup-0` (as FEBRL's generator writes) are both rec-7."""
    texts = [text.strip() for text in column]
    filled = [text for text in texts if text]
    if filled and len(set(filled)) == len(filled) and all(_VERSIONED.match(text) for text in filled):
        return [found[1] if (found := _VERSIONED.match(text)) else "" for text in texts]
    return texts


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
