"""The oracle whole: dates, conversions and options on top of the rest (oracle_core.py, oracle_numbers.py)."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from guanxi.kit.working_calendar import is_workday
from tests.engine.schema.formulas.oracle_core import (
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    UNITS,
    Given,
    V,
    in_calendar,
)
from tests.engine.schema.formulas.oracle_numbers import Numbers

__all__ = ["DATE", "DATETIME", "NUMBER", "TEXT", "Given", "Oracle", "V"]


class Oracle(Numbers):
    """Every function."""

    # ---- dates

    def f_today(self, a: Any, zero: bool) -> V:
        return V(DATE, self.now.astimezone(self.zone).date())

    def f_now(self, a: Any, zero: bool) -> V:
        return V(DATETIME, self.now)

    def months_on(self, day: date, months: int) -> date | None:
        index = day.year * 12 + day.month - 1 + months
        year, month = divmod(index, 12)
        if not 1 <= year <= 9998:
            return None
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def f_date(self, a: Any, zero: bool) -> V:
        year = self.count(a, 0, 1, 1, 9999)
        month, day = (self.count(a, i, 1, -99_999, 99_999) for i in (1, 2))
        if year is None or month is None or day is None:
            return V(DATE, None)
        index = year * 12 + month - 1
        if not 1 <= index // 12 <= 9998:
            return V(DATE, None)  # the days cannot bring it back: tests keep them small
        try:
            return V(DATE, in_calendar(date(index // 12, index % 12 + 1, 1) + timedelta(days=day - 1)))
        except OverflowError:
            return V(DATE, None)

    def part(self, a: Any, do: Callable[[date], int]) -> V:
        day = self.day(a[0])
        return V(NUMBER, None if day is None else Decimal(do(day)))

    def f_year(self, a: Any, zero: bool) -> V:
        return self.part(a, lambda d: d.year)

    def f_month(self, a: Any, zero: bool) -> V:
        return self.part(a, lambda d: d.month)

    def f_day(self, a: Any, zero: bool) -> V:
        return self.part(a, lambda d: d.day)

    def f_quarter(self, a: Any, zero: bool) -> V:
        return self.part(a, lambda d: (d.month + 2) // 3)

    def f_weekday(self, a: Any, zero: bool) -> V:
        return self.part(a, lambda d: d.isoweekday())

    def f_weeknum(self, a: Any, zero: bool) -> V:
        return self.part(a, lambda d: d.isocalendar().week)

    def clock(self, a: Any, do: Callable[[datetime], int]) -> V:
        moment = self.as_moment(self.dated(self.of(a[0])))
        return V(NUMBER, None if moment is None else Decimal(do(moment.astimezone(self.zone))))

    def f_hour(self, a: Any, zero: bool) -> V:
        return self.clock(a, lambda m: m.hour)

    def f_minute(self, a: Any, zero: bool) -> V:
        return self.clock(a, lambda m: m.minute)

    def f_datedif(self, a: Any, zero: bool) -> V:
        start, end = self.day(a[0]), self.day(a[1])
        unit = UNITS.get(a[2].value, a[2].value.upper()) if len(a) > 2 else "D"
        if start is None or end is None:
            return V(NUMBER, None)
        days = (end - start).days
        if unit in "DW":
            return V(NUMBER, Decimal(days if unit == "D" else int(days / 7)))
        sign, first, last = (1, start, end) if end >= start else (-1, end, start)
        months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
        return V(NUMBER, Decimal(sign * (months if unit == "M" else months // 12)))

    def f_days(self, a: Any, zero: bool) -> V:
        end, start = self.day(a[0]), self.day(a[1])
        return V(NUMBER, None if start is None or end is None else Decimal((end - start).days))

    def f_edate(self, a: Any, zero: bool) -> V:
        day, months = self.day(a[0]), self.count(a, 1, 0, -200_000, 200_000)
        return V(DATE, None if day is None or months is None else in_calendar(self.months_on(day, months)))

    def f_eomonth(self, a: Any, zero: bool) -> V:
        day, months = self.day(a[0]), self.count(a, 1, 0, -200_000, 200_000)
        moved = None if day is None or months is None else self.months_on(day.replace(day=1), months)
        return V(
            DATE, in_calendar(moved and moved.replace(day=calendar.monthrange(moved.year, moved.month)[1]))
        )

    def f_dateadd(self, a: Any, zero: bool) -> V:
        unit, amount = UNITS.get(a[2].value, a[2].value.upper()), self.number(a[1])
        if unit in "DW":
            start = self.dated(self.of(a[0]))
            return self.moved(start, None if amount is None else amount * (7 if unit == "W" else 1))
        day = self.day(a[0])
        if day is None or amount is None:
            return V(DATE, None)
        months = max(min(int(amount * (12 if unit == "Y" else 1)), 200_000), -200_000)
        return V(DATE, in_calendar(self.months_on(day, months)))

    def f_workdays(self, a: Any, zero: bool) -> V:
        start, end = self.day(a[0]), self.day(a[1])
        if start is None or end is None:
            return V(NUMBER, None)
        sign, first, last = (1, start, end) if end >= start else (-1, end, start)
        days = (first + timedelta(days=i) for i in range((last - first).days + 1))
        return V(NUMBER, Decimal(sign * sum(is_workday(day) for day in days)))

    def f_workday(self, a: Any, zero: bool) -> V:
        day, left = self.day(a[0]), self.count(a, 1, 0, -100_000, 100_000)
        if day is None or left is None:
            return V(DATE, None)
        step = timedelta(days=1 if left > 0 else -1)
        while left:
            day += step
            if is_workday(day):
                left -= 1 if left > 0 else -1
        return V(DATE, in_calendar(day))

    def f_isworkday(self, a: Any, zero: bool) -> V:
        day = self.day(a[0])
        return V(BOOLEAN, day is not None and is_workday(day))

    # ---- conversion and options

    def f_text(self, a: Any, zero: bool) -> V:
        if len(a) == 1:
            return V(TEXT, self.words(a[0]))
        found, form = self.dated(self.of(a[0])), a[1].value
        if found.value is None:
            return V(TEXT, None)
        if found.kind in (DATE, DATETIME):
            local = found.value if found.kind == DATE else found.value.astimezone(self.zone)
            parts = {"yyyy": str(local.year), "mm": f"{local.month:02}", "dd": f"{local.day:02}", "m": str(local.month),
                     "d": str(local.day)}  # fmt: skip
            for name, shown in parts.items():
                form = form.replace(name, shown)
            return V(TEXT, form)
        places = len(form.rstrip("%").partition(".")[2])
        value = found.value * (100 if form.endswith("%") else 1)
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        value = value or abs(value)
        return V(TEXT, (f"{value:,f}" if "#" in form else f"{value:f}") + ("%" if form.endswith("%") else ""))

    def f_value(self, a: Any, zero: bool) -> V:
        bare = self.words(a[0]).translate({ord(c): None for c in ",，¥￥ \u3000"})
        if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?[%％]?", bare):
            return V(NUMBER, None)
        return V(NUMBER, Decimal(bare[:-1]) / 100 if bare[-1] in "%％" else Decimal(bare))

    def f_number(self, a: Any, zero: bool) -> V:
        found = self.of(a[0], zero)
        if found.kind == BOOLEAN:
            return V(NUMBER, Decimal(found.value is True))
        return self.f_value(a, zero) if found.kind == TEXT else found

    def f_datevalue(self, a: Any, zero: bool) -> V:
        found = self.dated(self.of(a[0]))
        if found.kind in (DATE, DATETIME):
            return V(DATE, self.as_day(found))
        parts = re.fullmatch(r" *([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日? *", self.text(found))
        try:
            return V(DATE, in_calendar(date(*map(int, parts.groups()))) if parts else None)  # type: ignore[arg-type]
        except ValueError:
            return V(DATE, None)

    def f_money(self, a: Any, zero: bool) -> V:
        value = self.number(a[0], zero)
        return V(NUMBER, None if value is None else value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))

    def f_percent(self, a: Any, zero: bool) -> V:
        return V(NUMBER, self.number(a[0], zero))

    def f_rmbupper(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        if value is None or abs(value) >= Decimal("99999999999.995"):
            return V(TEXT, None)
        return V(TEXT, capitals(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)))

    def f_label(self, a: Any, zero: bool) -> V:
        found = self.of(a[0])
        at = 2 if len(a) > 1 and a[1].value == "en" else 1
        return V(TEXT, next((o[at] for o in found.labels if o[0] == found.value), found.value))

    def f_optionkey(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.of(a[0]).value)

    def f_hasoption(self, a: Any, zero: bool) -> V:
        found = self.of(a[0])
        return V(BOOLEAN, any(self.named(self.of(x), found).value in (found.value or []) for x in a[1:]))


def capitals(value: Decimal) -> str:
    """An amount in Chinese capital numerals, four digits at a time."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    fen = int(abs(value) * 100)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    shown = ""
    for power, unit in ((8, "亿"), (4, "万"), (0, "")):
        group = yuan // 10**power % 10**4
        if not group:
            continue
        if shown and group < 1000:
            shown += "零"
        written = ""
        for place, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit = group // place % 10
            if digit:
                if written and group // (place * 10) % 10 == 0:
                    written += "零"
                written += digits[digit] + name
        shown += written + unit
    text = shown + "元" if shown else ""
    if jiao:
        text += digits[jiao] + "角"
    if rest:
        text += ("零" if not jiao and shown else "") + digits[rest] + "分"
    elif text:
        text += "整"
    return ("负" if value < 0 else "") + (text or "零元整") if fen else "零元整"
