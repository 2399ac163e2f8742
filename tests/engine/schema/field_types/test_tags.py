from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import cell, kept, parsed, refused, shown


def test_cells_are_taken_apart() -> None:
    assert cell("tags", "大客户，展会；#2026|a\nb") == ["大客户", "展会", "2026", "a", "b"]


@given(st.lists(st.text(alphabet="标签abc", min_size=1, max_size=5), max_size=20))
def test_each_once_in_order_and_back(tags: list[str]) -> None:
    expected = list(dict.fromkeys(tags)) or None
    assert parsed("tags", tags) == expected == kept("tags", expected)
    if expected:
        assert cell("tags", shown("tags", expected)) == expected


def test_limits() -> None:
    with refused("too_many"):
        parsed("tags", [str(i) for i in range(51)])
    with refused("too_long"):
        parsed("tags", ["字" * 51])
    with refused("wrong_type"):
        parsed("tags", "a")
    with refused("wrong_type"):
        parsed("tags", [1])
    assert parsed("tags", ["", " "]) is None
