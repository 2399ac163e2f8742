"""What each function gives, by example, in PostgreSQL and by the oracle."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from guanxi.engine.schema.formulas.building import Builder
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.functions import GROUPS, find_function, function_registry
from guanxi.engine.schema.formulas.grammar import parse
from tests.engine.schema.formulas.rows import Row, asked, expected

pytestmark = pytest.mark.django_db

FULL = Row({
    "n": Decimal(12), "m": Decimal("-7.5"), "share": Decimal("63.15"), "customer.n": Decimal(4), "t": "中山公司 Ltd", "u": "a-b",
    "customer.t": "教育", "b": True, "d": date(2026, 1, 31), "e": date(2026, 3, 1), "customer.d": date(2024, 2, 29),
    "at": datetime(2026, 3, 30, 17, 30, tzinfo=UTC), "until": datetime(2026, 4, 1, 5, 30, tzinfo=UTC), "level": "high", "grade": "mid",
    "colour": "mid", "tags": ["high", "low"],
})  # fmt: skip
D = Decimal

EXAMPLES: list[tuple[str, Any]] = [
    ('IF(n > 10, "大", "小")', "大"), ("IF(n > 100, 1)", None), ('如果(n > 100, 1, 2)', D(2)), ('IFS(n > 100, "A", n > 10, "B")', "B"),
    ('SWITCH(level, "高价值", 3, "Standard", 2, 1)', D(3)), ('SWITCH(n, 1, "a", 12, "b")', "b"), ('SWITCH(u, "x", 1)', None),
    ("AND(n > 1, b)", True), ("OR(n > 100, NOT b)", False), ("XOR(TRUE, b)", False), ("ISBLANK(n / 0)", True), ("IFBLANK(n / 0, -1)", D(-1)),
    ("IF(b, BLANK(), 1)", None), ("SUM(n, m, customer.n)", D("8.5")), ("AVERAGE(n, customer.n)", D(8)), ("COUNT(n, t, BLANK(), d)", D(3)),
    ("MIN(n, m)", D("-7.5")), ("MAX(d, e)", date(2026, 3, 1)), ("ROUND(2.5)", D(3)), ("ROUND(-2.5)", D(-3)), ("ROUND(1234.567, -2)", D(1200)),
    ("ROUNDUP(1.001, 2)", D("1.01")), ("ROUNDUP(-1.1)", D(-2)), ("ROUNDDOWN(-12.78, 1)", D("-12.7")), ("INT(m)", D(-8)),
    ("CEILING(n, 5)", D(15)), ("FLOOR(m)", D(-8)), ("ABS(m)", D("7.5")), ("SIGN(m)", D(-1)), ("MOD(-7, 3)", D(2)), ("MOD(7, -3)", D(-2)),
    ("MOD(7, 0)", None), ("2 ^ 10", D(1024)), ("POWER(2, 0.5)", D("1.414213562373095")), ("SQRT(2)", D("1.414213562373095")), ("SQRT(-1)", None),
    ("EXP(1)", D("2.718281828459045")), ("LN(2)", D("0.693147180559945")), ("LOG(1000)", D(3)), ("LOG(8, 2)", D(3)), ("LN(0)", None), ("LOG(8, 1)", None),
    ('CONCAT(t, "/", n, "/", d)', "中山公司 Ltd/12/2026-01-31"), ('TEXTJOIN("、", t, "", u)', "中山公司 Ltd、a-b"), ("LEFT(t, 2)", "中山"),
    ("LEFT(t)", "中"), ("LEFT(t, -1)", None), ("RIGHT(t, 3)", "Ltd"), ("MID(t, 3, 2)", "公司"), ("MID(t, -5, 2)", "中山"), ("LEN(t)", D(8)),
    ("UPPER(u)", "A-B"), ("LOWER(t)", "中山公司 ltd"), ('UPPER("émile ß я ａ中")', "ÉMILE ß Я Ａ中"), ('LOWER("Ōsaka İ Σ Ｚ")', "ōsaka İ σ ｚ"), ('TRIM(" 　a b ")', "a b"), ('SUBSTITUTE(u, "-", "")', "ab"), ('REPT("★", 3)', "★★★"),
    ('REPT("★", 1000)', "★" * 100), ('FIND("公", t)', D(3)), ('FIND("x", t)', None), ('CONTAINS(t, "LTD")', True), ('STARTSWITH(t, "中山")', True),
    ('ENDSWITH(t, "Ltd")', True), ('REGEXMATCH("13800138000", "^1[3-9]\\d{9}$")', True), ('REGEXEXTRACT("订单 A-102 号", "([A-Z])-\\d+")', "A"),
    ('REGEXREPLACE("a1b22", "\\d+", "\\1&")', "a\\1&b\\1&"), ("TODAY()", date(2026, 3, 31)), ("NOW()", datetime(2026, 3, 31, 2, tzinfo=UTC)),
    ("DATE(2026, 14, 1)", date(2027, 2, 1)), ("DATE(2026, 3, 0)", date(2026, 2, 28)), ("YEAR(d)", D(2026)), ("MONTH(at)", D(3)), ("DAY(at)", D(31)),
    ("QUARTER(e)", D(1)), ("WEEKDAY(e)", D(7)), ("WEEKNUM(e)", D(9)), ("HOUR(at)", D(1)), ("MINUTE(at)", D(30)), ("DATEDIF(d, e)", D(29)),
    ('DATEDIF(d, e, "M")', D(1)), ('DATEDIF(DATE(2026, 1, 31), DATE(2026, 2, 28), "M")', D(0)), ('DATEDIF(customer.d, d, "Y")', D(1)),
    ('DATEDIF(e, d, "M")', D(-1)), ("DAYS(e, d)", D(29)), ("EDATE(d, 1)", date(2026, 2, 28)), ("EDATE(customer.d, -12)", date(2023, 2, 28)),
    ("EOMONTH(d)", date(2026, 1, 31)), ("EOMONTH(d, 1)", date(2026, 2, 28)), ('DATEADD(d, 2, "W")', date(2026, 2, 14)),
    ('DATEADD(d, 1, "年")', date(2027, 1, 31)), ("WORKDAYS(DATE(2026, 9, 28), DATE(2026, 10, 10))", D(6)),
    ("WORKDAYS(DATE(2026, 10, 10), DATE(2026, 9, 28))", D(-6)), ("WORKDAY(DATE(2026, 2, 13), 1)", date(2026, 2, 14)),
    ("WORKDAY(DATE(2026, 2, 14), 1)", date(2026, 2, 24)), ("WORKDAY(DATE(2026, 2, 24), -1)", date(2026, 2, 14)), ("WORKDAY(d, 0)", date(2026, 1, 31)),
    ("WORKDAY(DATE(1850, 1, 1), 3)", date(1850, 1, 4)), ("ISWORKDAY(DATE(2026, 10, 10))", True), ("ISWORKDAY(DATE(2026, 10, 1))", False),
    ("TEXT(n)", "12"), ('TEXT(1234567.891, "#,##0.00")', "1,234,567.89"), ('TEXT(-0.5, "0")', "-1"), ('TEXT(0.1234, "0.0%")', "12.3%"),
    ('TEXT(d, "yyyy年m月d日")', "2026年1月31日"), ('TEXT(at, "yyyy/mm/dd hh:mm")', "2026/03/31 01:30"), ("TEXT(b)", "TRUE"),
    ('VALUE("¥1,200.50")', D("1200.50")), ('VALUE("12%")', D("0.12")), ('VALUE("12a")', None), ("NUMBER(b)", D(1)),
    ('DATEVALUE("2026年3月5日")', date(2026, 3, 5)), ('DATEVALUE("2026-02-30")', None), ("DATEVALUE(at)", date(2026, 3, 31)),
    ("MONEY(10 / 3)", D("3.33")), ("PERCENT(n / 48)", D("0.25")), ("RMBUPPER(1234.5)", "壹仟贰佰叁拾肆元伍角整"),
    ("RMBUPPER(100050000.05)", "壹亿零伍万元零伍分"), ("RMBUPPER(0)", "零元整"), ("RMBUPPER(-10)", "负壹拾元整"), ("RMBUPPER(0.3)", "叁角整"),
    ("RMBUPPER(10000000)", "壹仟万元整"), ("RMBUPPER(1000000000000)", None), ('LABEL(level)', "高价值"), ('LABEL(level, "en")', "High"), ("OPTIONKEY(level)", "high"),
    ('HASOPTION(tags, "一般")', False), ('HASOPTION(tags, "一般", "低")', True), ('IN(level, "High", "低")', True), ("IN(n, 1, 2, 12)", True),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "wanted"), EXAMPLES, ids=[formula for formula, _ in EXAMPLES])
def test_by_example(formula: str, wanted: Any) -> None:
    assert asked(formula, FULL) == wanted
    if "hh:mm" not in formula:  # the oracle writes days alone
        assert (expected(formula, FULL) or None) == (wanted or None)


def test_every_function_has_an_example_here_and_is_told_in_both_languages() -> None:
    called = {getattr(find_function(name), "key", "") for formula, _ in EXAMPLES for name in _names(formula)}
    assert {item.key for item in function_registry} - called == set()
    for item in function_registry:
        assert item.group in GROUPS
        assert item.doc.zh.endswith("。")
        assert item.doc.en.endswith(".")
        assert find_function(item.zh) is find_function(item.key.lower()) is item
        assert parse(item.example.zh)
        assert parse(item.example.en)
    assert len(function_registry) >= 60


def _names(formula: str) -> set[str]:
    return set(re.findall(r"([^\W\d]\w*)\(", formula))


@pytest.mark.parametrize(
    ("formula", "code", "at", "length"),
    [
        ("SUM()", "too_few", 0, 5), ("ROUND(1, 2, 3)", "too_many", 12, 1), ("IFS(b, 1, b)", "pairs", 0, 12), ("FOO(1)", "unknown_function", 0, 3),
        ("1 + t", "wrong_kind", 0, 5), ("UPPER(tags)", "wrong_kind", 6, 4), ("n = d", "wrong_kind", 0, 5), ("NOT n", "wrong_kind", 4, 1),
        ('IF(b, 1, "a")', "wrong_kind", 9, 3), ('DATEDIF(d, e, "Q")', "bad_unit", 14, 3), ("DATEDIF(d, e, t)", "needs_literal", 14, 1),
        ('REGEXMATCH(t, "(a")', "bad_pattern", 15, 1), ('REGEXMATCH(t, "(a)\\1")', "bad_pattern", 18, 1), ("REGEXMATCH(t, u)", "needs_literal", 14, 1),
        ('TEXT(n, "abc")', "bad_format", 8, 5), ("LABEL(t)", "wrong_kind", 6, 1), ("d + e", "wrong_kind", 0, 5), ("d * 2", "wrong_kind", 0, 1),
        ("b > TRUE", "wrong_kind", 0, 8),
    ],
)  # fmt: skip
def test_a_wrong_use_is_refused_at_its_place(formula: str, code: str, at: int, length: int) -> None:
    with pytest.raises(FormulaError) as found:
        Builder(FULL).build(parse(formula))
    assert (found.value.code, found.value.at, found.value.length) == (code, at, length)
    for locale in ("zh-CN", "en"):
        assert "{" not in found.value.as_json(locale)["message"].replace("{m,n}", "")


BLANKS: list[tuple[str, Any]] = [
    ("n + 1", D(1)), ("n * 5", D(0)), ("1 / n", None), ("n = 0", True), ("n < 1", True), ("customer.n + 1", None), ("customer.n < 1", False),
    ("customer.n <> 1", True), ("ISBLANK(n)", True), ('n = ""', True), ("n = BLANK()", True), ("IFBLANK(n, 7)", D(7)), ("SUM(n, 1)", D(1)),
    ("AVERAGE(n, 4)", D(4)), ("MIN(n, 3)", D(3)), ("IF(TRUE, n) + 1", D(1)), ("IF(FALSE, 5) + 1", D(1)), ("1 / 0 + 1", None), ("1 / 0 > 3", False),
    ("NOT (1 / 0 > 3)", True), ("1 / 0 = 1 / 0", True), ('t & "x"', "x"), ('t = ""', True), ("LEN(t)", D(0)), ('t < "a"', True), ("d + 1", None),
    ("d = e", True), ("d < TODAY()", False), ("d <> TODAY()", True), ("b", None), ("b = FALSE", True), ("NOT b", True), ('level = ""', True),
    ('level = "high"', False), ('"[" & 1 / 0 & "]"', "[]"), ("ROUND(n, 2)", D(0)), ("n", None), ("-n", D(0)), ("HASOPTION(tags, \"低\")", False),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "wanted"), BLANKS, ids=[formula for formula, _ in BLANKS])
def test_blanks(formula: str, wanted: Any) -> None:
    assert asked(formula, Row()) == wanted
    assert expected(formula, Row()) == wanted


@pytest.mark.parametrize(
    "formula",
    [
        "9^9^9", "999999999999999 ^ 1000", "0 ^ -1", "(-8) ^ (1/3)", "EXP(1000)", "EXP(-1000)", "LOG(1.00000000000001, 5)", "LOG(5, 1.00000000000001)",
        "*".join(["999999999999999"] * 40), "1/" * 40 + "3", "n / 0.000001 / 0.000001 / 0.000001 / 0.000001 / 0.000001 / 0.000001", "d + 999999999999",
        "d - 999999999999", "at + 999999999999", "at - 99999999", "EDATE(d, 999999999)", "EDATE(d, -999999999)", "EOMONTH(d, 9999999)",
        "DATE(999999, 999999, 999999)", "DATE(-5, -99999, -99999)", "DATE(0, 0, 0)", "WORKDAY(d, 999999999)", "WORKDAY(d, -999999999)", "ROUND(n, 999999)",
        "ROUND(n, -999999)", "ROUNDUP(n, 999)", 'REPT(REPT(REPT(REPT("aaaaaaaaaa", 100), 100), 100), 100)', 'SUBSTITUTE(REPT("a", 5000), "a", REPT("b", 5000))',
        "LEFT(t, 99999999999999)", "MID(t, 99999999999999, 99999999999999)", 'VALUE("999999999999999.999999999999999") ^ 100', 'VALUE("1e999")',
        'DATEVALUE("0000-00-00")', 'DATEVALUE("9999-99-99")', "SQRT(0 - n)", "MOD(n, 0.000001 - 0.000001)", "RMBUPPER(99999999999.99)", "1%%%%%%%%%%%%",
        'TEXT(999999999999999 * 999999999999999, "#,##0.00")', "IF(n > 0, 0 ^ -1, 1 / 0)", "-" * 90 + "n", "CEILING(n, 0)", "FLOOR(999999999999999, 0.000001)",
    ],
)  # fmt: skip
def test_nothing_raises(formula: str) -> None:
    for row in (FULL, Row()):
        assert asked(formula, row) == expected(formula, row)
