from typing import Any

import pytest

from tests.engine.schema.field_types.declared import a_field, cell, kept, parsed, refused


@pytest.mark.parametrize(
    ("text", "stars"), [("4", 4), ("4星", 4), ("★★★☆☆", 3), ("⭐⭐", 2), ("4/5", 4), ("4.0", 4)]
)
def test_stars_as_people_write_them(text: str, stars: int) -> None:
    assert cell("rating", text) == stars


@pytest.mark.parametrize(
    ("value", "code"), [(6, "out_of_range"), (-1, "out_of_range"), (3.5, "wrong_type"), ("x", "wrong_type")]
)
def test_what_is_no_number_of_stars_is_refused(value: Any, code: str) -> None:
    with refused(code):
        parsed("rating", value)


def test_nothing_is_no_stars() -> None:
    assert parsed("rating", 0) is None
    assert parsed("rating", 10, max=10) == 10
    assert kept("rating", 4) == 4


@pytest.mark.parametrize("limit", [1, 11, "5", True])
def test_the_most_stars_are_two_to_ten(limit: Any) -> None:
    with refused("bad_config"):
        a_field("rating").type.check_config({"max": limit})
