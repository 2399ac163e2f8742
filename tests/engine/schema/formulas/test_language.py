"""Reading formulas: what is one, what is none, and where the mistake is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.grammar import MAX_LENGTH, parse
from guanxi.engine.schema.formulas.tree import Binary, Call, Node, Number, Ref, Truth, Unary, Words


def shape(node: Node) -> str:
    """The tree with all its parentheses."""
    if isinstance(node, Number):
        return str(node.value)
    if isinstance(node, Words):
        return repr(node.value)
    if isinstance(node, Truth):
        return str(node.value)
    if isinstance(node, Ref):
        return node.path
    if isinstance(node, Unary):
        return f"({node.op} {shape(node.operand)})"
    if isinstance(node, Binary):
        return f"({shape(node.left)} {node.op} {shape(node.right)})"
    assert isinstance(node, Call)
    return f"{node.name}[{' '.join(shape(arg) for arg in node.args)}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1+2*3", "(1 + (2 * 3))"), ("(1+2)*3", "((1 + 2) * 3)"), ("8-4-2", "((8 - 4) - 2)"), ("2^3^2", "(2 ^ (3 ^ 2))"),
        ("-2^2", "(- (2 ^ 2))"), ("2^-1", "(2 ^ (- 1))"), ("10%*3", "((% 10) * 3)"), ("a & b & c", "((a & b) & c)"),
        ("a + 1 & b", "((a + 1) & b)"), ("a & b = c", "((a & b) = c)"), ("NOT a = 1 AND b", "((not (a = 1)) and b)"),
        ("a or b and c", "(a or (b and c))"), ("a 或者 b 并且 非 c", "(a or (b and (not c)))"), ("AND(a, OR(b, c))", "AND[a OR[b c]]"),
        ("且（a，或（b，c））", "且[a 或[b c]]"), ("如果（金额＞100，“大”，\"小\"）", "如果[(金额 > 100) '大' '小']"),
        ("{预计 金额} × 2 ÷ 4", "((预计 金额 * 2) / 4)"), ("客户.{行业 类别}", "客户.行业 类别"), ('"a""b" & “c"d”', "('a\"b' & 'c\"d')"),
        ("TRUE = 假", "(True = False)"), ("非标金额 + 且慢", "(非标金额 + 且慢)"), ("a≠1", "(a <> 1)"), ("a<>1", "(a <> 1)"), ("  1 \n + 2　", "(1 + 2)"),
        (".5 + 1.50", "(0.5 + 1.50)"), ("F()", "F[]"), ("{TRUE}", "TRUE"),
    ],
)  # fmt: skip
def test_operators_bind_as_in_a_spreadsheet(text: str, expected: str) -> None:
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "code", "at", "length"),
    [
        ("().__class__", "unexpected", 1, 1), ("{{7*7}}", "bad_character", 0, 1), ("1; DROP TABLE customer", "bad_character", 1, 1),
        ("a'b", "bad_character", 1, 1), ("${x}", "bad_character", 0, 1), ("a[0]", "bad_character", 1, 1), ("lambda: 1", "bad_character", 6, 1),
        ("1 -- 2", None, 0, 0), ("/* x */ 1", "unexpected", 0, 1), ("a b", "unexpected", 2, 1), ("1 = 1 = 1", "unexpected", 6, 1),
        ("SUM(1, 2", "unclosed", 3, 1), ("SUM(1, (2)", "unclosed", 3, 1), ('"abc', "unclosed_text", 0, 4), ("{abc", "unclosed_brace", 0, 4),
        ("1 +", "ends_early", 2, 1), ("", "empty", 0, 1), ("  ", "empty", 0, 1), ("SUM(1,,2)", "unexpected", 6, 1), ("a..b", "unexpected", 2, 1), ("1234567890123456", "bad_number", 0, 16), ("@SUM(1)", "bad_character", 0, 1),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused_at_its_place(
    text: str, code: str | None, at: int, length: int
) -> None:
    if code is None:
        assert shape(parse(text)) == "(1 - (- 2))"
        return
    with pytest.raises(FormulaError) as found:
        parse(text)
    assert (found.value.code, found.value.at, found.value.length) == (code, at, length)
    assert found.value.as_json("zh-CN")["message"] != found.value.as_json("en")["message"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" + "+1" * 5000, "too_long"), ("(" * 2400 + "1" + ")" * 2400, None), ("-" * 4000 + "1", "too_deep"),
        ("+".join(["1"] * 2000), "too_deep"), ("SUM(" + ",".join(["1"] * 2000) + ")", "too_costly"), ("9" * (MAX_LENGTH + 1), "too_long"),
        ("IF(1=1," * 300 + "1" + ")" * 300, "too_deep"),
    ],
)  # fmt: skip
@pytest.mark.asvs("1.4.2", "4.3.1")
def test_what_is_too_much_is_refused_and_nothing_overflows(text: str, code: str | None) -> None:
    if code is None:
        assert shape(parse(text)) == "1"
        return
    with pytest.raises(FormulaError) as found:
        parse(text)
    assert found.value.code == code


@given(st.text("()+-*/^&%=<>.,\"“”{}，（） a客1#'\\\n", max_size=40))
@pytest.mark.asvs("1.3.2")
def test_any_text_is_a_formula_or_is_refused_within_itself(text: str) -> None:
    try:
        node = parse(text)
        at, length = node.at, node.length
    except FormulaError as refused:
        at, length = refused.at, 1
    assert at >= 0
    assert at + length <= max(len(text), 1)


def test_numbers_are_exact() -> None:
    node = parse("0.1")
    assert isinstance(node, Number)
    assert node.value == Decimal("0.1")
