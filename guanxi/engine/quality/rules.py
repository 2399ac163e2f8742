"""What good data is, in formulas: five scores from 0 to 100, and their weighted mean.

* completeness: of the important fields, weighted, the share that is filled, over all records;
* validity: of the filled values whose type has a form to hold to, the share that does, less those that are
  marked as leading nowhere (mail came back, wrong number);
* consistency: the share of records that break none of the object's validation rules;
* uniqueness: the share of records that share no identity key with another one;
* timeliness: the mean freshness; a record is fresh (1) for one review rhythm after it was confirmed
  last, and loses that evenly until three rhythms have passed (0). Where fields have rhythms of their own, it is
  the share of its values with one that were confirmed within it.

A score that nothing can be said about (no records, no rules, no values) is None and does not count in the
mean. The dimensions are those of DAMA-UK, "The six primary dimensions for data quality assessment" (2013),
without accuracy, which needs a second source.
"""

from collections.abc import Mapping

DIMENSIONS = ("completeness", "validity", "consistency", "uniqueness", "timeliness")
DEFAULT_WEIGHTS: Mapping[str, int] = {
    "completeness": 30,
    "validity": 20,
    "consistency": 15,
    "uniqueness": 20,
    "timeliness": 15,
}
DEFAULT_REVIEW_DAYS = 90
STALE_AFTER = 3
"""After so many review rhythms a record is not fresh at all."""
WEIGHT_NEEDED = 3
WEIGHT_LISTED = 1


def share(good: float, of: float) -> float | None:
    """`good` of `of` as a score; None of nothing. What is beyond the ends counts as the end."""
    return None if of <= 0 else _score(good / of)


def completeness(filled: Mapping[str, int], weights: Mapping[str, int], records: int) -> float | None:
    """The weighted share of filled fields: `filled` counts the records by field."""
    total = sum(weights.values()) * records
    return share(sum(filled.get(key, 0) * weight for key, weight in weights.items()), total)


def freshness(age_days: float, review_days: int) -> float:
    """1 within a review rhythm, 0 from STALE_AFTER of them on, evenly in between."""
    rhythms = max(age_days, 0.0) / max(review_days, 1)
    return min(1.0, max(0.0, (STALE_AFTER - rhythms) / (STALE_AFTER - 1)))


def overall(scores: Mapping[str, float | None], weights: Mapping[str, int]) -> float | None:
    """The weighted mean of the scores there are; None where there are none or none has a weight."""
    known = {key: score for key, score in scores.items() if score is not None and weights.get(key, 0) > 0}
    total = sum(weights[key] for key in known)
    if total == 0:
        return None
    return _rounded(sum(score * weights[key] for key, score in known.items()) / total)


def _score(part: float) -> float:
    return _rounded(100 * min(1.0, max(0.0, part)))


def _rounded(score: float) -> float:
    return round(score, 2)
