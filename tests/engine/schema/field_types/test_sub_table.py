"""Sub-tables as declarations; their lines are tests/engine/records/test_lines.py."""

from guanxi.engine.schema.field_types import get_field_type
from tests.engine.schema.field_types.declared import ENGLISH, a_field, refused, shown


def test_a_summary_says_what_happened_in_both_languages() -> None:
    summary = {"created": 2, "deleted": 1}
    assert shown("sub_table", summary) == "新增 2 行，删除 1 行"
    assert shown("sub_table", summary, ENGLISH) == "2 added, 1 removed"
    assert shown("sub_table", [{}, {}], ENGLISH) == "2 lines"
    assert shown("sub_table", None) == ""


def test_lines_are_no_single_value() -> None:
    with refused("readonly_field"):
        get_field_type("sub_table").parse([], a_field("sub_table"), ENGLISH)
