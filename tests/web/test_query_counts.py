"""How many statements each kind of request takes: recorded, and the same for one record and for fifty."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.firms import Door, Firm
from tests.recorded import assert_recorded

REQUESTS: dict[str, Callable[[Door, str], Any]] = {
    "list": lambda door, _: door.get("/customer?sort=name"),
    "list by related field": lambda door, _: door.post(
        "/contact/query", {"filter": {"field": "customer.industry", "op": "is_not_empty"}}
    ),
    "group": lambda door, _: door.post(
        "/opportunity/query", {"group": ["stage"], "measures": [{"op": "count"}]}
    ),
    "search": lambda door, _: door.get("/search?q=zs"),
    "read one": lambda door, one: door.get(f"/customer/{one}"),
    "history": lambda door, one: door.get(f"/customer/{one}/history"),
    "timeline": lambda door, one: door.get(f"/customer/{one}/timeline"),
    "duplicates": lambda door, _: door.post("/customer/duplicates", {"name": "中山公司"}),
    "meta": lambda door, _: door.get("/meta/objects"),
    "create": lambda door, _: door.post("/customer", {"name": "新客户"}),
    "update": lambda door, one: door.patch(f"/customer/{one}", {"description": "新的备注", "version": 1}),
}


def test_statements_per_request_are_as_recorded_and_do_not_grow_with_the_rows(firm: Firm) -> None:
    door = firm.door()
    _fill(door, 2)
    few = _counts(door)
    _fill(door, 40)
    many = _counts(door)
    assert many == few
    assert_recorded("tests/query_counts.json", many)


def _fill(door: Door, count: int) -> None:
    made = door.post(
        "/customer/bulk", {"op": "create", "records": [{"name": f"中山{i}公司"} for i in range(count)]}
    )
    assert made.status_code == 200, made.data
    ids = made.data["ids"]
    for key in ("contact", "opportunity"):
        rows = [{"name": f"{key} {i}", "customer": ids[i]} for i in range(count)]
        assert door.post(f"/{key}/bulk", {"op": "create", "records": rows}).status_code == 200


def _counts(door: Door) -> dict[str, int]:
    one = door.post("/customer", {"name": "一家公司"}).data["id"]
    door.get("/me")
    counts = {}
    for name, request in REQUESTS.items():
        with CaptureQueriesContext(connection) as captured:
            response = request(door, one)
        assert response.status_code in (200, 201), (name, response.data)
        counts[name] = len(captured)
    return counts
