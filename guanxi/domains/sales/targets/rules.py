"""What the firm would call its rules about targets: periods, splitting, pace. Plain Python, exact decimals.

*How it works*: a total is split by largest remainder (Hamilton's method): everybody gets the whole steps of their
share, what is left goes to the largest remainders, ties to who comes first; so parts always add up to the total.
Pace goes by the working calendar: by the morning of a day, as much is expected as workdays have gone by; the projected
end takes it that the rest of the period goes as the workdays begun so far.

*Rules*: no Django, no queries. Money in steps of 0.01, counts in steps of 1.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from guanxi.kit.relative_dates import shift, start_of
from guanxi.kit.working_calendar import workdays_between

UNITS = ("month", "quarter", "year")
CENT = Decimal("0.01")
ONE = Decimal(1)
NOUGHT = Decimal(0)
HUNDRED = Decimal(100)
ALERTS = (50, 90, 100)


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year: [start, end)."""

    unit: str
    start: date

    @property
    def end(self) -> date:
        """The first day after it."""
        return shift(self.unit, self.start, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    def moved(self, count: int) -> "Period":
        """The period so many units later."""
        return Period(self.unit, shift(self.unit, self.start, count))

    def parts(self, unit: str) -> list["Period"]:
        """Its periods of a smaller unit, in order; raises ValueError where there are none."""
        if UNITS.index(unit) > UNITS.index(self.unit):
            raise ValueError(f"a {self.unit} has no {unit}s")
        found, start = [], self.start
        while start < self.end:
            found.append(Period(unit, start))
            start = shift(unit, start, 1)
        return found


def period_of(unit: str, day: date) -> Period:
    """The period that a day is in."""
    return Period(unit, start_of(unit, day))


def wider(one: str, other: str) -> str:
    """The longer of two units."""
    return max(one, other, key=UNITS.index)


def split(total: Decimal, weights: Sequence[Decimal], step: Decimal = CENT) -> list[Decimal]:
    """`total` in parts by weight, to the step, that add up to it exactly; evenly where all weights are 0.

    `total` is a whole number of steps and not negative; weights are not negative, and there is one at least.
    """
    if not weights:
        raise ValueError("nobody to split among")
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("neither totals nor weights are negative")
    units = int(total / step)
    if units * step != total:
        raise ValueError("not a whole number of steps")
    whole = [_scaled(weight) for weight in weights]
    if not any(whole):
        whole = [1] * len(whole)
    sum_of = sum(whole)
    parts = [units * weight // sum_of for weight in whole]
    left = units - sum(parts)
    order = sorted(range(len(whole)), key=lambda i: (-(units * whole[i] % sum_of), i))
    for i in order[:left]:
        parts[i] += 1
    return [part * step for part in parts]


def _scaled(weight: Decimal) -> int:
    """A weight as a whole number: to the millionth."""
    return int((weight * 1_000_000).to_integral_value(ROUND_HALF_UP))


def spread(
    total: Decimal, people: Sequence[Decimal], periods: Sequence[Decimal], step: Decimal = CENT
) -> list[list[Decimal]]:
    """`total` by person, then each person's share by period: rows of people, columns of periods."""
    return [split(share, periods, step) for share in split(total, people, step)]


@dataclass(frozen=True, slots=True)
class Pace:
    """How somebody stands in a period, of which `gone` of `days` workdays are over and `left` remain (today's one).

    `expected` by today, `ahead` of it (or behind: negative), `projected` at the end, `per_day` what each workday
    left needs. None where it cannot be said: the period has not begun, is over, or there is no target.
    """

    days: int
    gone: int
    left: int
    expected: Decimal | None
    ahead: Decimal | None
    projected: Decimal | None
    per_day: Decimal | None


def pace(period: Period, today: date, target: Decimal | None, actual: Decimal) -> Pace:
    """How `actual` stands on `today`; amounts are rounded half up to the cent."""
    days = workdays_between(period.start, period.last)
    if today >= period.end:
        ahead = None if target is None else actual - target
        return Pace(days, days, 0, target, ahead, None, None)
    if today < period.start:
        return Pace(days, 0, days, None, None, None, None)
    begun = workdays_between(period.start, today)
    gone = workdays_between(period.start, today - timedelta(days=1)) if today > period.start else 0
    left = days - gone
    expected = None if target is None or not days else _cents(target * gone / days)
    ahead = None if expected is None else actual - expected
    projected = _cents(actual * days / begun) if begun else actual
    missing = None if target is None else max(target - actual, NOUGHT)
    per_day = None if missing is None or not left else _cents(missing / left)
    return Pace(days, gone, left, expected, ahead, projected, per_day)


def percent(target: Decimal | None, actual: Decimal) -> Decimal | None:
    """How much of a target is reached, in percent to one decimal, rounded down: 99.96 is not yet 100."""
    if not target:
        return None
    return (actual * 1000 // target) / 10


def reached(target: Decimal, actual: Decimal, alerts: Sequence[int]) -> list[int]:
    """The percentages of `alerts` that are reached, in order."""
    return sorted({level for level in alerts if target > 0 and actual * HUNDRED >= target * level})


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def ranked(figures: Sequence[tuple[uuid.UUID, Decimal]]) -> list[tuple[int, uuid.UUID, Decimal]]:
    """(rank, who, figure), the most first; equal figures share a rank."""
    found: list[tuple[int, uuid.UUID, Decimal]] = []
    for i, (who, figure) in enumerate(sorted(figures, key=lambda each: -each[1])):
        same = bool(found) and found[-1][2] == figure
        found.append((found[-1][0] if same else i + 1, who, figure))
    return found
