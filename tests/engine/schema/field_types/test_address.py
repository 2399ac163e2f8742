from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import regions
from tests.engine.schema.field_types.declared import ENV, a_field, cell, kept, parsed, refused, shown

PLACES = [region for province in regions.provinces() for region in province.walk()]


def test_one_line_is_taken_apart() -> None:
    assert cell("address", "广东省中山市小榄镇民安北路1号 528415") == {
        "province": "广东省", "city": "中山市", "district": "小榄镇", "street": "民安北路1号", "postcode": "528415",
        "text": "广东省中山市小榄镇民安北路1号 528415", "code": "442000118",
    }  # fmt: skip


def test_parts_get_their_official_names_and_code() -> None:
    value = parsed("address", {"province": "广东", "city": "中山", "street": "民安路", "text": "ignored"})
    assert value == {
        "province": "广东省",
        "city": "中山市",
        "street": "民安路",
        "text": "广东省中山市民安路",
        "code": "4420",
    }
    capital = parsed("address", {"province": "北京市", "city": "北京市", "district": "东城区"})
    assert capital["text"] == "北京市东城区"
    assert capital["code"] == "110101"


def test_abroad_names_stay_as_they_are() -> None:
    value = parsed(
        "address", {"country": "Germany", "city": "München", "street": "Marienplatz 1", "postcode": "80331"}
    )
    assert "code" not in value
    assert value["city"] == "München"
    assert parsed("address", "1 High Street, London") == {
        "street": "1 High Street, London",
        "text": "1 High Street, London",
    }


@given(st.sampled_from(PLACES), st.sampled_from(["", "民安路1号", "科技园A座"]))
def test_a_region_written_out_is_found_and_stays(region: Any, street: str) -> None:
    names = list(dict.fromkeys(r.zh for r in region.path))
    value = parsed("address", "".join(names) + street)
    assert regions.find(value["code"]).path[0] is region.path[0]  # type: ignore[union-attr]
    assert value["code"] == region.code or value["code"].startswith(region.code)
    assert parsed("address", value) == value == kept("address", value)
    assert cell("address", shown("address", value)) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, "wrong_type"),
        ({"city": 5}, "wrong_type"),
        ({"postcode": "?!"}, "wrong_type"),
        ("字" * 501, "too_long"),
    ],
)
def test_what_is_no_address_is_refused(value: Any, code: str) -> None:
    with refused(code):
        parsed("address", value)


def test_nothing_is_nothing() -> None:
    for value in ("", {}, {"city": ""}, {"city": None}, {"text": " "}):
        assert parsed("address", value) is None


def test_within_takes_codes_and_paths() -> None:
    f = a_field("address")
    within = f.type.operators["within"]
    for path in ("4420", "442000", "广东省/中山市", "广东/中山", "Guangdong/Zhongshan"):
        assert within.operand(path, f, ENV).code == "4420"
    assert within.operand("Germany/Bavaria", f, ENV) == ["Germany", "Bavaria"]
    with refused("unknown_region"):
        within.operand("999999", f, ENV)
