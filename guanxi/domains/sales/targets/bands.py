"""What is paid for what was reached, and what a score card comes to: plain arithmetic, exact decimals.

*How it works*: bands begin at amounts, or at percentages of the target. Progressive: each rate is for what lies in its
band. Whole: the rate of the highest band that was reached is for everything, from the first cent. Rates are percent of
money, or money for each one counted. Each step is rounded half up to the cent, and the total is the sum of what is shown.

*Rules*: nothing is paid for nothing or less, nor by attainment without a target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Band:
    """From `start` on (an amount, or percent of the target), `rate`."""

    start: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """A part of what was reached (`base`), its rate, and what it earns; `start` in the measure's own unit."""

    start: Decimal
    base: Decimal
    rate: Decimal
    amount: Decimal


def read_bands(given: Sequence[Mapping[str, Any]]) -> list[Band]:
    """Bands as stored, lowest first; raises ValueError where two begin at the same point."""
    found = sorted(
        (Band(Decimal(str(b["from"])), Decimal(str(b["rate"]))) for b in given), key=lambda b: b.start
    )
    if len({band.start for band in found}) < len(found):
        raise ValueError("two bands begin at the same point")
    return found


def earned(
    bands: Sequence[Band], actual: Decimal, target: Decimal | None, *, whole: bool, by_attainment: bool, money: bool
) -> list[Step]:  # fmt: skip
    """The steps of somebody's commission; none where nothing is due."""
    if actual <= 0 or (by_attainment and not target):
        return []
    scale = (target or NOUGHT) / HUNDRED if by_attainment else Decimal(1)
    starts = [band.start * scale for band in bands]
    passed = [i for i, start in enumerate(starts) if start <= actual]
    if not passed:
        return []
    if whole:
        band = bands[passed[-1]]
        return [Step(starts[passed[-1]], actual, band.rate, _paid(actual, band.rate, money=money))]
    found = []
    for i in passed:
        end = min(starts[i + 1], actual) if i + 1 < len(starts) else actual
        base = end - starts[i]
        if base > 0:
            found.append(Step(starts[i], base, bands[i].rate, _paid(base, bands[i].rate, money=money)))
    return found


def _paid(base: Decimal, rate: Decimal, *, money: bool) -> Decimal:
    return (base * rate / HUNDRED if money else base * rate).quantize(CENT, ROUND_HALF_UP)


def total_of(steps: Sequence[Step]) -> Decimal:
    """What the steps come to."""
    return sum((step.amount for step in steps), NOUGHT)


def score(parts: Sequence[tuple[Decimal | None, Decimal, Decimal]]) -> Decimal | None:
    """The mean of (percent, weight, cap), by weight, to one decimal; what has no target does not count."""
    known = [
        (min(max(percent, NOUGHT), cap), weight) for percent, weight, cap in parts if percent is not None
    ]
    weights = sum((weight for _, weight in known), NOUGHT)
    if not weights:
        return None
    return (sum((p * w for p, w in known), NOUGHT) / weights).quantize(Decimal("0.1"), ROUND_HALF_UP)
