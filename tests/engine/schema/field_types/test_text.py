from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.schema.field_types.base import Refusal
from tests.engine.schema.field_types.declared import a_field, kept, parsed, refused


def test_one_line_without_edges() -> None:
    assert parsed("text", "  中山\n公司\t ") == "中山 公司"
    assert parsed("text", "   ") is None
    assert parsed("text", "a  b") == "a  b"


@pytest.mark.parametrize(
    ("value", "code"),
    [(1, "wrong_type"), ([], "wrong_type"), ("a\x00", "bad_character"), ("字" * 256, "too_long")],
)
def test_what_does_not_fit_is_refused(value: Any, code: str) -> None:
    with refused(code):
        parsed("text", value)


@given(st.text())
def test_reading_again_changes_nothing(text: str) -> None:
    try:
        once = parsed("text", text)
    except Refusal:
        return
    assert once is None or parsed("text", once) == once == kept("text", once)


def test_its_length_is_configurable_up_to_a_thousand() -> None:
    assert a_field("text").type.check_config({"max": 1000}) == {"max": 1000}
    assert len(parsed("text", "字" * 300, max=300)) == 300
    for limit in (0, 1001, True, "5"):
        with refused("bad_config"):
            a_field("text").type.check_config({"max": limit})
