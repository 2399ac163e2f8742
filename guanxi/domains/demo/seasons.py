"""When things happen in a firm: more in spring and autumn, hardly at weekends, in office hours.

*How it works*: `Season` weighs every day of a span once (month, weekday, growth of the firm); a day is
drawn from any part of it by bisecting the running sums.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

_MONTHS = (0.85, 0.45, 1.15, 1.1, 1.05, 1.0, 0.9, 0.9, 1.15, 0.9, 1.15, 1.2)
_WEEKDAYS = (1.0, 1.05, 1.05, 1.0, 0.9, 0.12, 0.03)


class Season:
    """Days from `first` to `last`, each with its weight."""

    def __init__(self, first: date, last: date, zone: ZoneInfo) -> None:
        self.first, self.last, self.zone = first, last, zone
        span = (last - first).days + 1
        days = (first + timedelta(days=i) for i in range(span))
        weights = [
            _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * (0.75 + 0.5 * i / span)
            for i, day in enumerate(days)
        ]
        self._sums = [0.0, *accumulate(weights)]

    def day(self, rng: Random, first: date | None = None, last: date | None = None) -> date:
        """A day between `first` and `last`, by weight."""
        low = max(0, ((first or self.first) - self.first).days)
        high = min(len(self._sums) - 1, ((last or self.last) - self.first).days + 1)
        if high <= low:
            return self.first + timedelta(days=min(low, len(self._sums) - 2))
        point = self._sums[low] + rng.random() * (self._sums[high] - self._sums[low])
        return self.first + timedelta(days=min(bisect_right(self._sums, point) - 1, high - 1))

    def moment(self, rng: Random, day: date) -> datetime:
        """A moment of a day in office hours, seldom at noon."""
        hour = rng.choices((8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18), (3, 9, 12, 9, 1, 4, 10, 12, 11, 8, 2))[
            0
        ]
        return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), tzinfo=self.zone)

    def appointment(self, rng: Random, day: date) -> datetime:
        """A round time of a day."""
        hour = rng.choice((9, 10, 11, 14, 15, 16, 17))
        return datetime.combine(day, time(hour, rng.choice((0, 0, 30))), tzinfo=self.zone)

    def workday(self, day: date) -> date:
        """The day, or the Monday after a weekend."""
        return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day
