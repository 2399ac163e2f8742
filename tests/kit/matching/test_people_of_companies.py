"""Which names are a person and a company, and which are left alone."""

import pytest

from guanxi.kit.matching.people_of_companies import split_person_and_company


@pytest.mark.parametrize(
    ("text", "person", "company"),
    [
        ("李明（深圳市华星科技有限公司）", "李明", "深圳市华星科技有限公司"),
        ("深圳市华星科技有限公司（李明）", "李明", "深圳市华星科技有限公司"),
        ("欧阳修文/华星集团有限公司", "欧阳修文", "华星集团有限公司"),
        ("王总 - 北京蓝天贸易公司", "王总", "北京蓝天贸易公司"),
        ("上海远望股份有限公司 陈晓东", "陈晓东", "上海远望股份有限公司"),
        ("Anna Smith (Acme Trading Ltd)", "Anna Smith", "Acme Trading Ltd"),
        ("司马光 | 洛阳史学出版有限公司", "司马光", "洛阳史学出版有限公司"),
    ],
)
def test_a_person_and_a_company_are_told_apart(text: str, person: str, company: str) -> None:
    assert split_person_and_company(text) == (person, company)


@pytest.mark.parametrize(
    "text",
    [
        "深圳市华星科技有限公司",
        "华星科技有限公司（深圳）",
        "华星科技（深圳）有限公司",
        "华星科技有限公司（江北）",
        "李明",
        "李明（老客户）",
        "李明、王芳",
        "甲有限公司/乙有限公司",
        "Acme Trading Ltd",
        "",
        "（）",
        "公司 王",
    ],
)
def test_what_is_not_plain_is_left_alone(text: str) -> None:
    assert split_person_and_company(text) is None
