"""Formulas in plain Python: what every one of them should come to, written without looking at the SQL.

It takes the same tree that the product parses (with keys for names) and the values of the fields, and uses
nothing of the product's functions or SQL (their names in other languages apart). `None` is blank, whatever the kind.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.schema.formulas.functions import find_function
from guanxi.engine.schema.formulas.patterns import safe_pattern
from guanxi.engine.schema.formulas.tree import Binary, Call, Node, Number, Ref, Truth, Unary, Words
from guanxi.kit.working_calendar import is_workday

NUMBER, TEXT, BOOLEAN, DATE, DATETIME, OPTION, OPTIONS, BLANK = (
    "number", "text", "boolean", "date", "datetime", "option", "options", "blank",
)  # fmt: skip
TOO_LARGE = Decimal(10) ** 30
UNITS = {"年": "Y", "月": "M", "周": "W", "天": "D", "日": "D"}
SPACES = " \t\r\n\f\v\u00a0\u3000"


@dataclass(frozen=True)
class V:
    """A value and its kind; `labels` are those of an option's field, `literal` says it is written out."""

    kind: str
    value: Any
    labels: tuple[tuple[str, str, str], ...] = ()
    literal: bool = False


@dataclass(frozen=True)
class Given:
    """A field of the row: `own` when it stands on the record itself."""

    kind: str
    value: Any
    labels: tuple[tuple[str, str, str], ...] = ()
    percent: bool = False
    own: bool = True


def _kept(value: Decimal | None) -> Decimal | None:
    """20 decimals, half up; nothing from 10^30 on."""
    if value is None:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-20), rounding=ROUND_HALF_UP)
    return None if abs(rounded) >= TOO_LARGE else rounded


def _day(value: date | None) -> date | None:
    return value if value is not None and 1000 <= value.year <= 9998 else None


@dataclass
class Oracle:
    """One row, one moment, one zone."""

    fields: dict[str, Given]
    now: datetime
    zone: ZoneInfo

    def result(self, node: Node) -> V:
        """The value of a formula; the empty text is blank."""
        with localcontext() as context:
            context.prec = 150
            found = self.of(node)
            if found.kind == OPTION:
                found = V(TEXT, self.text(found))
            if found.kind == TEXT and not found.value:
                return V(TEXT, None)
            return found

    def of(self, node: Node, zero: bool = False) -> V:
        if isinstance(node, Number):
            return V(NUMBER, node.value)
        if isinstance(node, Words):
            return V(TEXT, node.value, literal=True)
        if isinstance(node, Truth):
            return V(BOOLEAN, node.value)
        if isinstance(node, Ref):
            return self.field(self.fields[node.path], zero)
        if isinstance(node, Unary):
            return self.unary(node)
        if isinstance(node, Binary):
            return self.binary(node)
        assert isinstance(node, Call)
        function = find_function(node.name)
        assert function is not None
        return getattr(self, f"f_{function.key.lower()}")(node.args, zero)

    def field(self, given: Given, zero: bool) -> V:
        value = given.value
        if given.kind == NUMBER:
            if value is None and given.own and zero:
                value = Decimal(0)
            elif value is not None and given.percent:
                value = value / 100
        return V(given.kind, value, given.labels)

    # ---- as

    def number(self, node: Node, zero: bool = True) -> Decimal | None:
        found = self.of(node, zero)
        assert found.kind in (NUMBER, BLANK)
        return found.value

    def text(self, found: V) -> str:
        value = found.value
        if value is None:
            return "FALSE" if found.kind == BOOLEAN else ""
        if found.kind == NUMBER:
            shown = f"{value:f}"
            return (shown.rstrip("0").rstrip(".") if "." in shown else shown) if value else "0"
        if found.kind == BOOLEAN:
            return "TRUE" if value else "FALSE"
        if found.kind == DATE:
            return value.isoformat()
        if found.kind == DATETIME:
            return value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M").rjust(16, "0")
        if found.kind == OPTION:
            return next((zh for key, zh, _ in found.labels if key == value), value)
        return value

    def words(self, node: Node) -> str:
        return self.text(self.of(node))

    def truth(self, node: Node) -> bool:
        return self.of(node).value is True

    def dated(self, found: V) -> V:
        if found.literal and len(found.value) == 10:
            try:
                return V(DATE, date.fromisoformat(found.value))
            except ValueError:
                return found
        return found

    def day(self, node: Node) -> date | None:
        return self.as_day(self.dated(self.of(node)))

    def as_day(self, found: V) -> date | None:
        if found.kind == DATETIME and found.value is not None:
            return found.value.astimezone(self.zone).date()
        return found.value

    def as_moment(self, found: V) -> datetime | None:
        if found.kind == DATE and found.value is not None:
            return datetime.combine(found.value, time(), self.zone)
        return found.value

    def blank(self, found: V) -> bool:
        return found.value is None or (found.kind in (TEXT, OPTIONS) and not found.value)

    # ---- operators

    def unary(self, node: Unary) -> V:
        if node.op == "not":
            return V(BOOLEAN, not self.truth(node.operand))
        value = self.number(node.operand)
        if value is None:
            return V(NUMBER, None)
        return V(NUMBER, -value if node.op == "-" else _kept(value / 100))

    def binary(self, node: Binary) -> V:
        op = node.op
        if op == "and":
            return V(BOOLEAN, self.truth(node.left) and self.truth(node.right))
        if op == "or":
            return V(BOOLEAN, self.truth(node.left) or self.truth(node.right))
        if op == "&":
            return V(TEXT, (self.words(node.left) + self.words(node.right))[:5000])
        if op in "*/^":
            one, two = self.number(node.left), self.number(node.right)
            if one is None or two is None:
                return V(NUMBER, None)
            return V(NUMBER, {"*": self.times, "/": self.over, "^": self.power}[op](one, two))
        one, two = self.of(node.left, True), self.of(node.right, True)
        if op in "+-":
            return self.added(one, op, two)
        if any(side.kind == BLANK or (side.literal and side.value == "") for side in (one, two)):
            one, two = self.of(node.left), self.of(node.right)
        return V(BOOLEAN, self.compared(one, op, two))

    def times(self, one: Decimal, two: Decimal) -> Decimal | None:
        return _kept(one * two)

    def over(self, one: Decimal, two: Decimal) -> Decimal | None:
        return None if two == 0 else _kept(_kept(one) / two)  # type: ignore[operator]

    def power(self, one: Decimal, two: Decimal) -> Decimal | None:
        if abs(two) > 1000 or (one == 0 and two < 0) or (one < 0 and two != two.to_integral_value()):
            return None
        if one == 0:
            return Decimal(1) if two == 0 else Decimal(0)
        size = two * abs(one).ln()
        if size < -115:
            return Decimal(0)
        if size >= 70:
            return None
        found = (one**two).quantize(Decimal(1).scaleb(-15), rounding=ROUND_HALF_UP)
        return None if abs(found) >= TOO_LARGE else found

    def added(self, one: V, op: str, two: V) -> V:
        dates = (DATE, DATETIME)
        if one.kind in dates and two.kind == NUMBER:
            return self.moved(one, two.value if op == "+" or two.value is None else -two.value)
        if two.kind in dates and one.kind == NUMBER:
            return self.moved(two, one.value)
        if one.kind in dates or two.kind in dates:
            one, two = self.dated(one), self.dated(two)
            if one.value is None or two.value is None:
                return V(NUMBER, None)
            if one.kind == DATE and two.kind == DATE:
                return V(NUMBER, Decimal((one.value - two.value).days))
            first, second = (self.as_moment(v).astimezone(ZoneInfo("UTC")) for v in (one, two))  # type: ignore[union-attr]
            micros = Decimal((first - second) // timedelta(microseconds=1))
            days = micros / 86_400_000_000
            return V(NUMBER, days.quantize(Decimal(1).scaleb(-10), rounding=ROUND_HALF_UP))
        if one.value is None or two.value is None:
            return V(NUMBER, None)
        return V(NUMBER, _kept(one.value + two.value if op == "+" else one.value - two.value))

    def moved(self, start: V, days: Decimal | None) -> V:
        if start.value is None or days is None:
            return V(start.kind, None)
        try:
            if start.kind == DATE:
                whole = max(min(int(days), 4_000_000), -4_000_000)
                return V(DATE, _day(start.value + timedelta(days=whole)))
            whole = int(days)
            micros = ((days - whole) * 86400).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
            found = start.value.astimezone(ZoneInfo("UTC")) + timedelta(
                days=whole, microseconds=int(micros * 1_000_000)
            )
            return V(DATETIME, found if 1000 <= found.year <= 9998 else None)
        except OverflowError:
            return V(start.kind, None)

    def named(self, found: V, other: V) -> V:
        """A literal that names an option of the other side, as its stored value."""
        if found.literal and other.kind in (OPTION, OPTIONS) and found.value:
            wanted = found.value.strip().casefold()
            for key, zh, en in other.labels:
                if wanted in (key.casefold(), zh.casefold(), en.casefold()):
                    return V(TEXT, key, literal=True)
        return found

    def compared(self, one: V, op: str, two: V) -> bool:
        texts = (TEXT, OPTION)
        for value, other in ((one, two), (two, one)):
            if value.kind == BLANK or (value.literal and value.value == "" and other.kind not in texts):
                return self.blank(other) if op == "=" else not self.blank(other)
        one, two = self.named(one, two), self.named(two, one)
        if one.kind in (DATE, DATETIME) or two.kind in (DATE, DATETIME):
            one, two = self.dated(one), self.dated(two)
            if one.kind != two.kind:
                one, two = V(DATE, self.as_day(one)), V(DATE, self.as_day(two))
        left, right = one.value, two.value
        if one.kind in texts and two.kind in texts:
            raw = one.literal or two.literal or (one.kind == two.kind == OPTION and one.labels == two.labels)
            left, right = ((v.value or "") if raw else self.text(v) for v in (one, two))
            left, right = (side.encode("utf-8") for side in (left, right))
        if one.kind == BOOLEAN:
            left, right = left is True, right is True
        if op == "=":
            return left == right
        if op == "<>":
            return left != right
        if left is None or right is None:
            return False
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[op]

    # ---- logic

    def alike(self, found: list[V]) -> list[V]:
        kinds = {v.kind for v in found} - {BLANK}
        if kinds == {DATE, DATETIME}:
            return [V(DATETIME, self.as_moment(v)) for v in found]
        if OPTION in kinds and (len(kinds) > 1 or len({v.labels for v in found if v.kind == OPTION}) > 1):
            return [V(TEXT, self.text(v)) for v in found]
        kind = next(iter(kinds), BLANK)
        return [v if v.kind == kind else V(kind, v.value) for v in found]

    def case(self, conditions: list[bool], results: list[Node], default: Node | None, zero: bool) -> V:
        found = [self.of(node, zero) for node in results]
        found.append(V(BLANK, None) if default is None else self.of(default, zero))
        if default is None and zero and found[0].kind == NUMBER:
            found[-1] = V(NUMBER, Decimal(0))
        alike = self.alike(found)
        return next((v for c, v in zip(conditions, alike, strict=False) if c), alike[-1])

    def f_if(self, a: Any, zero: bool) -> V:
        return self.case([self.truth(a[0])], [a[1]], a[2] if len(a) > 2 else None, zero)

    def f_ifs(self, a: Any, zero: bool) -> V:
        return self.case([self.truth(c) for c in a[::2]], list(a[1::2]), None, zero)

    def f_switch(self, a: Any, zero: bool) -> V:
        default = a[-1] if len(a) % 2 == 0 else None
        pairs = [(a[i], a[i + 1]) for i in range(1, len(a) - 1, 2)]
        conditions = [self.compared(self.of(a[0], True), "=", self.of(key, True)) for key, _ in pairs]
        return self.case(conditions, [result for _, result in pairs], default, zero)

    def f_and(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, all(self.truth(x) for x in a))

    def f_or(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, any(self.truth(x) for x in a))

    def f_xor(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.truth(a[0]) != self.truth(a[1]))

    def f_isblank(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.blank(self.of(a[0])))

    def f_ifblank(self, a: Any, zero: bool) -> V:
        one, two = self.alike([self.of(a[0]), self.of(a[1], zero)])
        return two if self.blank(one) else one

    def f_blank(self, a: Any, zero: bool) -> V:
        return V(BLANK, None)

    def f_in(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, any(self.compared(self.of(a[0], True), "=", self.of(x, True)) for x in a[1:]))

    # ---- maths

    def numbers(self, a: Any) -> list[Decimal]:
        return [v for v in (self.number(x, False) for x in a) if v is not None]

    def f_sum(self, a: Any, zero: bool) -> V:
        return V(NUMBER, _kept(sum(self.numbers(a), Decimal(0))))

    def f_average(self, a: Any, zero: bool) -> V:
        found = self.numbers(a)
        return V(NUMBER, _kept(sum(found, Decimal(0)) / len(found)) if found else None)

    def f_count(self, a: Any, zero: bool) -> V:
        return V(NUMBER, Decimal(sum(not self.blank(self.of(x)) for x in a)))

    def f_min(self, a: Any, zero: bool) -> V:
        return self.extreme(a, min)

    def f_max(self, a: Any, zero: bool) -> V:
        return self.extreme(a, max)

    def extreme(self, a: Any, pick: Callable[..., Any]) -> V:
        found = self.alike([self.of(x) for x in a])
        return V(found[0].kind, pick((v.value for v in found if v.value is not None), default=None))

    def places(self, a: Any) -> int | None:
        return self.count(a, 1, 0, -15, 20)

    def count(self, a: Any, index: int, default: int, low: int, high: int) -> int | None:
        if index >= len(a):
            return default
        value = self.number(a[index])
        return None if value is None else max(min(int(value), high), low)

    def rounded(self, a: Any, how: str) -> V:
        value, places = self.number(a[0]), self.places(a)
        if value is None or places is None:
            return V(NUMBER, None)
        step = Decimal(1).scaleb(-places)
        return V(NUMBER, _kept((value / step).quantize(Decimal(1), rounding=how) * step))

    def f_round(self, a: Any, zero: bool) -> V:
        return self.rounded(a, ROUND_HALF_UP)

    def f_roundup(self, a: Any, zero: bool) -> V:
        return self.rounded(a, ROUND_UP)

    def f_rounddown(self, a: Any, zero: bool) -> V:
        return self.rounded(a, ROUND_DOWN)

    def f_int(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        return V(NUMBER, None if value is None else value.to_integral_value(ROUND_FLOOR))

    def stepped(self, a: Any, how: str) -> V:
        value = self.number(a[0])
        step = self.number(a[1]) if len(a) > 1 else Decimal(1)
        if value is None or not step:
            return V(NUMBER, None)
        exact = _kept(value) / step  # type: ignore[operator]
        return V(NUMBER, _kept(exact.to_integral_value(how) * step))

    def f_ceiling(self, a: Any, zero: bool) -> V:
        return self.stepped(a, ROUND_CEILING)

    def f_floor(self, a: Any, zero: bool) -> V:
        return self.stepped(a, ROUND_FLOOR)

    def f_abs(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        return V(NUMBER, None if value is None else abs(value))

    def f_sign(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        return V(NUMBER, None if value is None else Decimal((value > 0) - (value < 0)))

    def f_mod(self, a: Any, zero: bool) -> V:
        one, two = self.number(a[0]), self.number(a[1])
        if one is None or not two:
            return V(NUMBER, None)
        return V(NUMBER, one - two * (one / two).to_integral_value(ROUND_FLOOR))

    def f_power(self, a: Any, zero: bool) -> V:
        one, two = self.number(a[0]), self.number(a[1])
        return V(NUMBER, None if one is None or two is None else self.power(one, two))

    def smooth(self, a: Any, do: Callable[[Decimal], Decimal | None]) -> V:
        value = self.number(a[0])
        found = None if value is None else do(value)
        if found is not None:
            found = found.quantize(Decimal(1).scaleb(-15), rounding=ROUND_HALF_UP)
        return V(NUMBER, None if found is None or abs(found) >= TOO_LARGE else found)

    def f_sqrt(self, a: Any, zero: bool) -> V:
        return self.smooth(a, lambda x: x.sqrt() if x >= 0 else None)

    def f_exp(self, a: Any, zero: bool) -> V:
        return self.smooth(a, lambda x: Decimal(0) if x < -100 else x.exp() if x < 70 else None)

    def f_ln(self, a: Any, zero: bool) -> V:
        return self.smooth(a, lambda x: x.ln() if x > 0 else None)

    def f_log(self, a: Any, zero: bool) -> V:
        base = self.number(a[1]) if len(a) > 1 else Decimal(10)
        fits = base is not None and base > 0 and base != 1
        return self.smooth(a, lambda x: x.ln() / base.ln() if fits and x > 0 else None)  # type: ignore[union-attr]

    # ---- text

    def f_concat(self, a: Any, zero: bool) -> V:
        return V(TEXT, "".join(self.words(x) for x in a)[:5000])

    def f_textjoin(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.words(a[0])[:255].join(w for w in (self.words(x) for x in a[1:]) if w)[:5000])

    def f_left(self, a: Any, zero: bool) -> V:
        text, n = self.words(a[0]), self.count(a, 1, 1, 0, 5000)
        return V(TEXT, None if n is None else text[:n])

    def f_right(self, a: Any, zero: bool) -> V:
        text, n = self.words(a[0]), self.count(a, 1, 1, 0, 5000)
        return V(TEXT, None if n is None else text[len(text) - n :] if n < len(text) else text)

    def f_mid(self, a: Any, zero: bool) -> V:
        text, start, n = self.words(a[0]), self.count(a, 1, 1, 1, 5000), self.count(a, 2, 1, 0, 5000)
        return V(TEXT, None if start is None or n is None else text[start - 1 : start - 1 + n])

    def f_len(self, a: Any, zero: bool) -> V:
        return V(NUMBER, Decimal(len(self.words(a[0]))))

    def f_upper(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.words(a[0]).upper())

    def f_lower(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.words(a[0]).lower())

    def f_trim(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.words(a[0]).strip(SPACES))

    def f_substitute(self, a: Any, zero: bool) -> V:
        text, old, new = self.words(a[0]), self.words(a[1])[:255], self.words(a[2])[:255]
        return V(TEXT, (text.replace(old, new) if old else text)[:5000])

    def f_rept(self, a: Any, zero: bool) -> V:
        n = self.count(a, 1, 1, 0, 100)
        return V(TEXT, None if n is None else (self.words(a[0]) * n)[:5000])

    def f_find(self, a: Any, zero: bool) -> V:
        at = self.words(a[1]).find(self.words(a[0]))
        return V(NUMBER, Decimal(at + 1) if at >= 0 else None)

    def f_contains(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.words(a[1]).lower() in self.words(a[0]).lower())

    def f_startswith(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.words(a[0]).startswith(self.words(a[1])))

    def f_endswith(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.words(a[0]).endswith(self.words(a[1])))

    def pattern(self, node: Node) -> re.Pattern[str]:
        assert isinstance(node, Words)
        written = re.sub(r"(?<!\\)\$", r"\\Z", safe_pattern(node.value))
        return re.compile(written, re.DOTALL)

    def f_regexmatch(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, bool(self.pattern(a[1]).search(self.words(a[0]))))

    def f_regexextract(self, a: Any, zero: bool) -> V:
        found = self.pattern(a[1]).search(self.words(a[0]))
        return V(TEXT, None if found is None else found[1] if found.re.groups else found[0])

    def f_regexreplace(self, a: Any, zero: bool) -> V:
        new = self.words(a[2])[:255]
        return V(TEXT, self.pattern(a[1]).sub(lambda _: new, self.words(a[0]))[:5000])

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
            return V(DATE, _day(date(index // 12, index % 12 + 1, 1) + timedelta(days=day - 1)))
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
        return V(DATE, None if day is None or months is None else _day(self.months_on(day, months)))

    def f_eomonth(self, a: Any, zero: bool) -> V:
        day, months = self.day(a[0]), self.count(a, 1, 0, -200_000, 200_000)
        moved = None if day is None or months is None else self.months_on(day.replace(day=1), months)
        return V(DATE, _day(moved and moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])))

    def f_dateadd(self, a: Any, zero: bool) -> V:
        unit, amount = UNITS.get(a[2].value, a[2].value.upper()), self.number(a[1])
        if unit in "DW":
            start = self.dated(self.of(a[0]))
            return self.moved(start, None if amount is None else amount * (7 if unit == "W" else 1))
        day = self.day(a[0])
        if day is None or amount is None:
            return V(DATE, None)
        months = max(min(int(amount * (12 if unit == "Y" else 1)), 200_000), -200_000)
        return V(DATE, _day(self.months_on(day, months)))

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
        return V(DATE, _day(day))

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
            return V(DATE, _day(date(*map(int, parts.groups()))) if parts else None)  # type: ignore[arg-type]
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
