"""Formulas in plain Python: what every one of them should come to, written without looking at the SQL.

It takes the same tree that the product parses (with keys for names) and the values of the fields, and uses
nothing of the product's functions or SQL (their names in other languages apart). `None` is blank, whatever the kind.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.schema.formulas.functions import find_function
from guanxi.engine.schema.formulas.tree import Binary, Call, Node, Number, Ref, Truth, Unary, Words

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


def kept(value: Decimal | None) -> Decimal | None:
    """20 decimals, half up; nothing from 10^30 on."""
    if value is None:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-20), rounding=ROUND_HALF_UP)
    return None if abs(rounded) >= TOO_LARGE else rounded


def in_calendar(value: date | None) -> date | None:
    return value if value is not None and 1000 <= value.year <= 9998 else None


@dataclass
class Core:
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
        return V(NUMBER, -value if node.op == "-" else kept(value / 100))

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
        return kept(one * two)

    def over(self, one: Decimal, two: Decimal) -> Decimal | None:
        return None if two == 0 else kept(kept(one) / two)  # type: ignore[operator]

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
        return V(NUMBER, kept(one.value + two.value if op == "+" else one.value - two.value))

    def moved(self, start: V, days: Decimal | None) -> V:
        if start.value is None or days is None:
            return V(start.kind, None)
        try:
            if start.kind == DATE:
                whole = max(min(int(days), 4_000_000), -4_000_000)
                return V(DATE, in_calendar(start.value + timedelta(days=whole)))
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
