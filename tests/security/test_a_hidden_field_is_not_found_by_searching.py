"""Hiding a field hides it from searches as well: from what is found, and from what is shown of it."""

from typing import Any

import pytest

from tests.firms import Door, Firm, run_jobs

pytestmark = pytest.mark.django_db

PHONE = "0760-88311234"


def _found(door: Door, text: str) -> list[dict[str, Any]]:
    answer = door.get(f"/search?q={text}")
    assert answer.status_code == 200, answer.data
    return list(answer.data["data"])


def _hide(door: Door, field: str, is_hidden: bool) -> None:
    path = f"/meta/objects/customer/fields/{field}?although_used=true"
    answer = door.patch(path, {"hidden": is_hidden})
    assert answer.status_code == 200, answer.data
    run_jobs()


def test_a_hidden_field_leaves_the_index_and_comes_back_with_it(firm: Firm) -> None:
    door = firm.door()
    assert door.post("/customer", {"name": "Harbour Light", "phone": PHONE}).status_code == 201
    assert "8831 1234" in _found(door, "Harbour")[0]["subtitle"] and _found(door, "88311234")

    _hide(door, "phone", True)
    shown = _found(door, "Harbour")[0]
    assert shown["subtitle"] == "" and all(one["field"] == "title" for one in shown["highlights"])
    assert _found(door, "88311234") == []
    listed = door.post("/customer/query", {"q": "88311234"}).data
    assert listed["data"] == []

    assert door.post("/customer", {"name": "Harbour Dark", "industry": "education"}).status_code == 201
    _hide(door, "phone", False)
    assert len(_found(door, "88311234")) == 1
    assert {one["title"] for one in _found(door, "Harbour")} == {"Harbour Light", "Harbour Dark"}


def test_a_field_that_is_put_away_is_not_found_by_either(firm: Firm) -> None:
    door = firm.door()
    made = door.post(
        "/meta/objects/customer/fields",
        {"key": "alias", "type": "text", "label": "Alias", "searchable": True},
    )
    assert made.status_code == 201, made.data
    assert door.post("/customer", {"name": "Harbour", "alias": "zweitname"}).status_code == 201
    assert len(_found(door, "zweitname")) == 1
    assert door.delete("/meta/objects/customer/fields/alias").status_code == 204
    run_jobs()
    assert _found(door, "zweitname") == []
    assert len(_found(door, "Harbour")) == 1
