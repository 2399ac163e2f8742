"""Names in formulas: labels of either language become keys, and keys become labels again."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from guanxi.engine.schema.definitions import FieldDef, ObjectDef, Option
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.formula import NO_ENV, Checked, check, paths_of, shown
from guanxi.kit.text import Text

LEVELS = (Option("high", Text("高价值", "High")), Option("mid", Text("一般", "Standard")))


def f(key: str, kind: str, zh: str, en: str, **details: object) -> FieldDef:
    return FieldDef(key, get_field_type(kind), Text(zh, en), **details)  # type: ignore[arg-type]


def an_object(key: str, *fields: FieldDef) -> ObjectDef:
    label = Text({"deal": "商机", "customer": "客户"}[key], key)
    return ObjectDef(
        key=key, label=label, label_plural=label, table=key, fields={item.key: item for item in fields}
    )


OBJECTS: Mapping[str, ObjectDef] = {
    "deal": an_object(
        "deal", f("amount", "money", "预计 金额", "Expected amount"), f("amount2", "money", "金额（元）", "Amount"), f("name", "text", "名称", "Name"),
        f("customer", "link", "客户", "Customer", target="customer"), f("one", "number", "数量", "Count"), f("two", "number", "数量", "Count two"),
        f("and_", "number", "且", "And"), f("secret", "number", "底价", "Floor", hidden=True), f("files", "files", "附件", "Files"),
    ),
    "customer": an_object(
        "customer", f("industry", "select", "行业", "Industry", options=LEVELS), f("tags", "multi_select", "标签", "Tags", options=LEVELS),
        f("parent", "link", "上级公司", "Parent", target="customer"), f("amount", "number", "额度", "Limit"),
    ),
}  # fmt: skip
DEAL = OBJECTS["deal"]


def checked(text: str) -> Checked:
    return check(text, DEAL, OBJECTS, own="own", env=NO_ENV)


@pytest.mark.parametrize(
    ("written", "stored", "zh", "en"),
    [
        ("{预计 金额} * 2", "amount * 2", "{预计 金额} * 2", "{Expected amount} * 2"),
        ("amount + {金额（元）}", "amount + amount2", "{预计 金额} + {金额（元）}", "{Expected amount} + Amount"),
        ("客户.行业 = “高价值”", 'customer.industry = "high"', '客户.行业 = "高价值"', 'Customer.Industry = "High"'),
        ("{客户.上级公司.额度}\n + 1", "customer.parent.amount\n + 1", "客户.上级公司.额度\n + 1", "Customer.Parent.Limit\n + 1"),
        ('SWITCH(Customer.industry, "Standard", 1,  2)', 'SWITCH(customer.industry, "mid", 1,  2)', 'SWITCH(客户.行业, "一般", 1,  2)',
         'SWITCH(Customer.Industry, "Standard", 1,  2)'),
        ('HASOPTION(客户.标签, "一般")', 'HASOPTION(customer.tags, "mid")', 'HASOPTION(客户.标签, "一般")', 'HASOPTION(Customer.Tags, "Standard")'),
        ("one + {Count two} + {且}", "one + two + and_", "one + two + {且}", "Count + {Count two} + {And}"),
        ('名称 & "高价值"', 'name & "高价值"', '名称 & "高价值"', 'Name & "高价值"'),
        ('customer.industry = ""', 'customer.industry = ""', '客户.行业 = ""', 'Customer.Industry = ""'),
    ],
)  # fmt: skip
def test_labels_become_keys_and_come_back(written: str, stored: str, zh: str, en: str) -> None:
    assert checked(written).stored == stored
    assert shown(stored, DEAL, OBJECTS, "zh-CN") == zh
    assert shown(stored, DEAL, OBJECTS, "en") == en
    for again in (zh, en, stored):
        assert checked(again).stored == stored


@pytest.mark.parametrize(
    ("text", "code", "at", "length"),
    [
        ("1 + 数量", "ambiguous_field", 4, 2), ("1 + 金客", "unknown_field", 4, 2), ("客户.名称 & 1", "unknown_field", 3, 2), ("secret + 1", "unknown_field", 0, 6),
        ("底价 + 1", "unknown_field", 0, 2), ("名称.行业 & 1", "not_a_link", 3, 2), ("客户.上级公司.上级公司.上级公司.额度", "path_too_long", 0, 20),
        ("附件 & 1", "not_usable", 0, 2), ("客户 + 1", "wrong_kind", 0, 6), ('客户.行业 = "教育"', "unknown_option", 8, 4), ("own_ + 1", "unknown_field", 0, 4),
        ("BLANK()", "no_result", 0, 7), ("客户", "wrong_result", 0, 2), ("__class__", "unknown_field", 0, 9), ("名称.__class__", "not_a_link", 3, 9),
        ("customer.workspace_id", "unknown_field", 9, 12),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_refused_at_its_place(
    text: str, code: str, at: int, length: int
) -> None:
    with pytest.raises(FormulaError) as found:
        checked(text)
    assert (found.value.code, found.value.at, found.value.length) == (code, at, length)


def test_what_a_formula_reads_can_be_asked() -> None:
    found = checked("{预计 金额} * 客户.额度 + amount")
    assert found.inputs == paths_of(found.stored) == {"amount", "customer.amount"}
    assert paths_of("((") == frozenset()


@pytest.mark.parametrize(
    ("text", "result"),
    [("1 + 1", "number"), ("0.5 + 1", "decimal"), ("amount * 2", "money"), ("PERCENT(0.5)", "percent"), ('"a"', "text"), ("1 = 1", "boolean"),
     ("TODAY()", "date"), ("NOW()", "datetime"), ("客户.行业", "text"), ("MONEY(1)", "money")],
)  # fmt: skip
def test_the_result_has_the_natural_type(text: str, result: str) -> None:
    assert checked(text).result == result


def test_a_result_of_another_type_is_refused() -> None:
    with pytest.raises(FormulaError) as found:
        check('"a"', DEAL, OBJECTS, result="number", env=NO_ENV)
    assert found.value.code == "wrong_result"


def test_a_formula_does_not_read_itself() -> None:
    deal = replace(DEAL, fields={**DEAL.fields, "own": f("own", "number", "自己", "Own")})
    with pytest.raises(FormulaError) as found:
        check("自己 + 1", deal, OBJECTS, own="own", env=NO_ENV)
    assert found.value.code == "ring"
