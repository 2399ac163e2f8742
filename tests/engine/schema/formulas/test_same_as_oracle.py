"""PostgreSQL and plain Python come to the same answer, whatever the formula and the row."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.schema.formulas.rows import KINDS, Row, asked, expected

pytestmark = pytest.mark.django_db

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "UTC", "Pacific/Apia")]
DAYS = st.one_of(
    st.dates(date(2019, 12, 1), date(2027, 2, 1)),
    st.sampled_from(
        [date(2024, 2, 29), date(2026, 1, 31), date(1000, 1, 1), date(9998, 12, 31), date(2026, 12, 31)]
    ),
)
MOMENTS = st.datetimes(datetime(2019, 12, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
NUMBERS = st.one_of(
    st.integers(-9, 9).map(Decimal),
    st.decimals(Decimal(-(10**9)), Decimal(10**9), places=2),
    st.sampled_from(
        [Decimal(999999999999999), Decimal("-0.000001"), Decimal("0.5"), Decimal("2.5"), Decimal(0)]
    ),
)
TEXTS = st.one_of(
    st.text("abAB中国-_%\\'\" 　1.2", max_size=8),
    st.sampled_from(
        ["中山公司", "1,200.50", "12%", "2026年3月5日", "2026-02-30", "13800138000", "High", "一般"]
    ),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "number": NUMBERS, "decimal": NUMBERS, "percent": st.decimals(-200, 200, places=2), "text": TEXTS.map(lambda t: t.strip() or None),
    "boolean": st.booleans(), "date": DAYS, "datetime": MOMENTS, "select": st.sampled_from(["high", "mid", "low", "gone"]),
    "multi_select": st.lists(st.sampled_from(["high", "mid", "low"]), min_size=1, unique=True),
}  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A row, often with blanks."""
    values = {}
    for path, kind in KINDS.items():
        value = draw(st.one_of(st.none(), VALUES[kind]))
        if value is not None and kind == "select" and path == "colour":
            value = draw(st.sampled_from(["red", "mid"]))
        if value is not None and kind == "number":
            value = value.to_integral_value()
        values[path] = value
    return Row(values, draw(st.sampled_from(ZONES)))


def call(name: str, *args: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*args).map(lambda found: f"{name}({', '.join(found)})")


def infix(
    ops: list[str], left: st.SearchStrategy[str], right: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    return st.tuples(left, st.sampled_from(ops), right).map(
        lambda found: f"({found[0]} {found[1]} {found[2]})"
    )


def literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


SMALL = st.sampled_from(["0", "1", "2", "-3", "7", "0.5", "12", "100"])
N = st.deferred(lambda: st.one_of(
    st.sampled_from(["n", "m", "share", "customer.n"]), SMALL, NUMBERS.map(lambda v: f"{abs(v):f}"[:16].rstrip(".")),
    infix(["+", "-", "*", "/"], N, N), infix(["^"], N, SMALL), N.map(lambda x: f"(-{x})"), N.map(lambda x: f"{x}%"),
    call("SUM", N, N, N), call("AVERAGE", N, N), call("MIN", N, N), call("MAX", N, N), call("COUNT", N, T, D, B),
    call("ROUND", N, SMALL), call("ROUNDUP", N, SMALL), call("ROUNDDOWN", N, SMALL), call("INT", N), call("CEILING", N, SMALL),
    call("FLOOR", N, SMALL), call("ABS", N), call("SIGN", N), call("MOD", N, N), call("SQRT", N), call("IF", B, N, N),
    call("IF", B, N), call("IFBLANK", N, N), call("SWITCH", T, T, N, T, N, N), call("LEN", T), call("FIND", T, T),
    call("VALUE", T), call("NUMBER", B), call("YEAR", D), call("MONTH", D), call("DAY", D), call("WEEKDAY", D),
    call("WEEKNUM", D), call("QUARTER", D), call("HOUR", M), call("MINUTE", M), call("DATEDIF", D, D, st.sampled_from(['"D"', '"M"', '"Y"', '"W"'])),
    call("DAYS", D, D), infix(["-"], D, D), infix(["-"], M, M), call("WORKDAYS", D, D), call("MONEY", N),
))  # fmt: skip
T = st.deferred(lambda: st.one_of(
    st.sampled_from(["t", "u", "customer.t", "level", "colour"]), TEXTS.map(literal), infix(["&"], T, st.one_of(T, N, D, M, B)),
    call("CONCAT", T, N, D), call("TEXTJOIN", T, T, T), call("LEFT", T, SMALL), call("RIGHT", T, N), call("MID", T, SMALL, SMALL),
    call("UPPER", T), call("LOWER", T), call("TRIM", T), call("SUBSTITUTE", T, T, T), call("REPT", T, SMALL),
    call("REGEXREPLACE", T, st.sampled_from(['"[0-9]+"', '"a|中"', '"\\s"']), T),
    call("REGEXEXTRACT", T, st.sampled_from(['"[0-9]+"', '"a(.)"', '"^..?"'])), call("IF", B, T, T), call("IFBLANK", T, T),
    call("SWITCH", N, N, T, N, T, T), call("TEXT", N, st.sampled_from(['"0"', '"0.00"', '"#,##0.0"', '"0%"'])),
    call("TEXT", D, st.just('"yyyy年m月d日"')), call("LABEL", st.just("level"), st.just('"en"')), call("OPTIONKEY", st.just("colour")),
    call("RMBUPPER", N),
))  # fmt: skip
B = st.deferred(lambda: st.one_of(
    st.sampled_from(["b", "TRUE", "假"]), infix(["=", "<>", "<", "<=", ">", ">="], N, N), infix(["=", "<>", "<", ">="], T, T),
    infix(["=", "<>", "<", ">="], st.one_of(D, M), st.one_of(D, M)), infix(["AND", "OR", "="], B, B), B.map(lambda x: f"(NOT {x})"),
    call("AND", B, B), call("OR", B, B, B), call("XOR", B, B), call("ISBLANK", st.one_of(N, T, D, M, B)), call("IN", T, T, T),
    call("IN", N, N, N), call("CONTAINS", T, T), call("STARTSWITH", T, T), call("ENDSWITH", T, T),
    call("REGEXMATCH", T, st.sampled_from(['"^1[3-9]\\d{9}$"', '"\\w+-"', '"[^a-z中]"'])), call("ISWORKDAY", D),
    call("HASOPTION", st.just("tags"), st.sampled_from(['"高价值"', '"Low"', '"mid"'])), infix(["="], N, st.just('""')),
    infix(["=", "<>"], st.just("level"), st.sampled_from(['"高价值"', '"standard"', "grade", "colour", '""'])), call("IF", B, B, B),
))  # fmt: skip
D = st.deferred(lambda: st.one_of(
    st.sampled_from(["d", "e", "customer.d", "TODAY()"]), DAYS.map(lambda d: f"DATE({d.year}, {d.month}, {d.day})"),
    infix(["+", "-"], D, SMALL), infix(["+"], D, N), call("EDATE", D, SMALL), call("EOMONTH", D, SMALL), call("EOMONTH", D),
    call("DATEADD", D, SMALL, st.sampled_from(['"D"', '"W"', '"M"', '"Y"'])), call("WORKDAY", D, SMALL), call("MIN", D, D),
    call("MAX", D, D), call("IF", B, D, D), call("IFBLANK", D, D), call("DATEVALUE", st.one_of(T, M)),
))  # fmt: skip
M = st.deferred(lambda: st.one_of(
    st.sampled_from(["at", "until", "NOW()"]), infix(["+", "-"], M, SMALL), infix(["+"], M, N), call("IF", B, M, D), call("IFBLANK", M, M),
    call("MAX", M, D), call("DATEADD", M, SMALL, st.just('"W"')),
))  # fmt: skip

checked = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def same(formula: str, row: Row) -> None:
    found, wanted = asked(formula, row), expected(formula, row)
    assert found == wanted, (formula, row.values, row.zone, found, wanted)


@checked
@given(N, rows())
def test_numbers(formula: str, row: Row) -> None:
    same(formula, row)


@checked
@given(T, rows())
def test_texts(formula: str, row: Row) -> None:
    same(formula, row)


@checked
@given(B, rows())
def test_truths(formula: str, row: Row) -> None:
    same(formula, row)


@checked
@given(D, rows())
def test_days(formula: str, row: Row) -> None:
    same(formula, row)


@checked
@given(M, rows())
def test_moments(formula: str, row: Row) -> None:
    same(formula, row)
