"""A link that leads to a record out of sight is empty: shown, filtered, grouped and counted alike."""

from typing import Any

import pytest

from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db

EMPTY = {"field": "customer", "op": "is_empty"}
FILLED = {"field": "customer", "op": "is_not_empty"}


@pytest.fixture
def doors(firm: Firm) -> tuple[Door, Door]:
    """An administrator, and somebody whose deals lead to a customer they see, one they do not, and to none."""
    boss, person = firm.door(), firm.add("小李")
    his = firm.door(person)
    hidden = boss.post("/customer", {"name": "别人的"}).data["id"]
    own = his.post("/customer", {"name": "自己的"}).data["id"]
    for name, customer in (("甲", hidden), ("乙", own), ("丙", None)):
        body = {"name": name, "customer": customer, "owner": str(person.id), "amount": 10}
        assert boss.post("/opportunity", body).status_code == 201
    return boss, his


def _listed(door: Door, tree: Any) -> set[str]:
    answer = door.post("/opportunity/query", {"filter": tree})
    assert answer.status_code == 200, answer.data
    return {row["name"] for row in answer.data["data"]}


def _report(door: Door, **definition: Any) -> list[dict[str, Any]]:
    answer = door.post("/reports/query", {"object": "opportunity", "definition": definition})
    assert answer.status_code == 200, answer.data
    return list(answer.data["data"])


def test_the_group_without_a_name_is_as_long_as_the_list_behind_it(doors: tuple[Door, Door]) -> None:
    boss, his = doors
    shape = {"groups": [{"field": "customer"}], "measures": [{"op": "count"}]}
    counted = {row["labels"]["customer"]: row["values"]["m0"] for row in _report(his, **shape)}
    assert counted == {"自己的": 1, None: 2}
    assert _listed(his, EMPTY) == {"甲", "丙"}
    assert _listed(his, FILLED) == {"乙"}
    assert _listed(his, {"not": FILLED}) == {"甲", "丙"}
    assert _listed(boss, EMPTY) == {"丙"}
    assert _listed(boss, FILLED) == {"甲", "乙"}


def test_only_records_in_sight_are_counted_as_different(doors: tuple[Door, Door]) -> None:
    boss, his = doors
    shape = {
        "groups": [],
        "measures": [{"op": "distinct", "field": "customer"}, {"op": "count", "field": "customer"}],
    }
    assert _report(his, **shape)[0]["values"] == {"m0": 1, "m1": 1}
    assert _report(boss, **shape)[0]["values"] == {"m0": 2, "m1": 2}
