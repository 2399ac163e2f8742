import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import ENGLISH, ENV, a_field, cell, kept, parsed, refused, shown

SAME_MOBILE = ["13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "8613800138000", "008613800138000",
               "１３８００１３８０００", "电话：13800138000", "13800138000.0", "+86(138)00138000"]  # fmt: skip
SAME_LANDLINE = ["0769-85321180 转 802", "0769-85321180转802", "(0769)85321180-ext802", "0769 8532 1180 x802",
                 "+86-769-85321180;ext=802", "0769-85321180 分机:802", "0769-85321180,802"]  # fmt: skip


@pytest.mark.parametrize("text", SAME_MOBILE)
def test_a_mobile_number_however_written(text: str) -> None:
    assert cell("phone", text) == "+8613800138000"


@pytest.mark.parametrize("text", SAME_LANDLINE)
def test_a_landline_with_its_extension_however_written(text: str) -> None:
    assert cell("phone", text) == "+8676985321180;ext=802"


@pytest.mark.parametrize(
    ("text", "stored"),
    [("010-65529988", "+861065529988"), ("+861080000000", "+861080000000"), ("400-123-4567", "+864001234567"), ("+44 20 7946 0018", "+442079460018"),
     ("001 212 555 0100", "+12125550100"), ("+852 2345 6789", "+85223456789")],
)  # fmt: skip
def test_other_numbers(text: str, stored: str) -> None:
    assert parsed("phone", text) == stored


@pytest.mark.parametrize(
    "text",
    ["85321180", "1380013800", "138001380001", "12345678901", "13800138000/13900139000", "abc", "+", "1" * 61,
     "13800138000 13900139000", "00000000000", "010-1234567"],
)  # fmt: skip
def test_what_is_not_one_whole_number_is_refused(text: str) -> None:
    with refused("bad_phone"):
        parsed("phone", text)


@given(st.from_regex(r"1[3-9][0-9]{9}|0(10|2[0-9])[2-8][0-9]{7}|0769[2-8][0-9]{6,7}", fullmatch=True))
def test_what_is_stored_or_shown_is_read_back(text: str) -> None:
    if text.startswith("026"):  # no such area
        return
    stored = parsed("phone", text)
    assert parsed("phone", stored) == stored == kept("phone", stored)
    for env in (ENV, ENGLISH):
        assert parsed("phone", shown("phone", stored, env)) == stored
        assert parsed("phone", shown("phone", f"{stored};ext=12", env)) == f"{stored};ext=12"


def test_numbers_of_another_country_by_configuration() -> None:
    assert parsed("phone", "020 7946 0018", default_region="GB") == "+442079460018"
    with refused("bad_config"):
        a_field("phone").type.check_config({"default_region": "XX"})


def test_search_knows_the_digits_people_know() -> None:
    f = a_field("phone")
    assert f.type.search_text("+8613800138000", f) == "13800138000"
    assert f.type.search_text("+8676985321180;ext=802", f) == "076985321180 802"
    assert f.type.search_text("+864001234567", f) == "4001234567"
    assert f.type.search_text("+442079460018", f) == "442079460018"


def test_fragments_in_filters_are_digits() -> None:
    f = a_field("phone")
    for typed in ("0769-8532", "(0769) 8532"):
        assert f.type.operators["contains"].operand(typed, f, ENV) == "07698532"
    with refused("wrong_type"):
        f.type.operators["contains"].operand("abc", f, ENV)
