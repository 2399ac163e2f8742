from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.normalise import normalise_email, normalise_name, normalise_phone, normalise_tax_number

TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("有限责任公司集团股份分 coltdinc,.（）ＡａéGmbH0123456789-+转"),
    ),
    max_size=40,
)

SAME_COMPANY = [
    "广东宏达有限公司", "广东宏达", "广东宏达有限责任公司", "广东宏达股份有限公司", "广东宏达集团有限公司", "广东宏达（集团）有限公司",
    "广东 宏达 有限公司", "广东宏达有限公司。", "广东宏达集团",
]  # fmt: skip
SAME_FIRM = [
    "Acme",
    "ACME Inc.",
    "Acme Co., Ltd.",
    "acme, co. ltd",
    "Ａｃｍｅ Limited",
    "Acme L.L.C.",
    "A.C.M.E.",
]


@pytest.mark.parametrize("name", SAME_COMPANY)
def test_spellings_of_one_chinese_company(name: str) -> None:
    assert normalise_name(name) == "广东宏达"


@pytest.mark.parametrize("name", SAME_FIRM)
def test_spellings_of_one_english_company(name: str) -> None:
    assert normalise_name(name) == "acme"


def test_what_differs_stays_apart() -> None:
    names = [
        "广东宏达",
        "中山宏达",
        "宏达有限公司中山分公司",
        "华为技术（中国）有限公司",
        "华为技术有限公司",
        "Acme Trading",
        "AT&T",
        "有限公司",
        "Co",
    ]
    assert len({normalise_name(name) for name in names}) == len(names)
    assert normalise_name("华为技术(中国)有限公司") == normalise_name("华为技术（中国）有限公司")
    assert normalise_name("L'Oréal S.A.") == "loreal"


@pytest.mark.parametrize("normal", [normalise_name, normalise_phone, normalise_email, normalise_tax_number])
def test_nothing_has_no_normal_form(normal: Callable[[str], str | None]) -> None:
    for text in ("", "  ", "\u3000"):
        assert normal(text) is None


@pytest.mark.parametrize("normal", [normalise_name, normalise_phone, normalise_email, normalise_tax_number])
@given(text=TEXTS)
def test_a_normal_form_is_its_own(normal: Callable[[str], str | None], text: str) -> None:
    once = normal(text)
    assert once is None or normal(once) == once


def test_phones_by_their_stored_form_or_else_their_digits() -> None:
    assert normalise_phone("0769-8532 1180") == normalise_phone("+86 769 85321180") == "+8676985321180"
    assert normalise_phone("8532-1180") == "85321180"
    assert normalise_phone("abc") is None


def test_mail_and_tax_numbers() -> None:
    assert normalise_email(" A@Ｘ.com ") == "a@x.com"
    assert normalise_tax_number("9111 0000-600037341l") == "91110000600037341L"
