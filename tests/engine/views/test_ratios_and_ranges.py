"""Ratios, narrowed figures and ranges, against the same sums in plain Python."""

import random
from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from tests.engine.views.test_views import make
from tests.firms import Firm

WON = {"field": "status", "op": "is", "value": "won"}
BIG = {"field": "amount", "op": "gte", "value": 500}
EDGES = [0, 250.5, 500, 900]
RATIOS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"op": "count", "filter": BIG}, {"op": "count"}),
    ({"op": "sum", "field": "amount"}, {"op": "count"}),
    ({"op": "sum", "field": "amount", "filter": BIG}, {"op": "sum", "field": "amount"}),
    ({"op": "count"}, {"op": "distinct", "field": "customer"}),
    ({"op": "max", "field": "amount"}, {"op": "count", "filter": {"not": BIG}}),
]


def deals(firm: Firm) -> list[dict[str, Any]]:
    """Thirty deals of three customers, as they were sent."""
    door, chance = firm.door(), random.Random(85)
    industries = ("machinery", "mold", "machinery")
    customers = [
        door.post("/customer", {"name": f"客户 {i}", "industry": industries[i]}).data["id"] for i in range(3)
    ]
    amounts = [None, 0, 250.5, 500, 900, *(chance.randrange(0, 120000) / 100 for _ in range(25))]
    sent = [
        {"name": f"商机 {i}", "customer": customers[i % 3], "amount": amount}
        for i, amount in enumerate(amounts)
    ]
    made = door.post("/opportunity/bulk", {"op": "create", "records": sent})
    assert made.status_code in (200, 201), made.content
    return [deal | {"industry": industries[i % 3]} for i, deal in enumerate(sent)]


def counted(measure: dict[str, Any], rows: list[dict[str, Any]]) -> Decimal | None:
    def holds(tree: Any, row: dict[str, Any]) -> bool:
        if "not" in tree:
            return not holds(tree["not"], row)
        return row["amount"] is not None and row["amount"] >= tree["value"]

    kept = [row for row in rows if not measure.get("filter") or holds(measure["filter"], row)]
    values = [Decimal(str(row["amount"])) for row in kept if row["amount"] is not None]
    if measure["op"] == "count":
        return Decimal(len(kept))
    if measure["op"] == "distinct":
        return Decimal(len({row["customer"] for row in kept}))
    found = {"sum": sum, "max": max}[measure["op"]](values) if values else None
    return None if found is None else Decimal(found)


def divided(of: dict[str, Any], over: dict[str, Any], rows: list[dict[str, Any]]) -> float | None:
    above, below = counted(of, rows), counted(over, rows)
    return None if above is None or not below else float(round(above / below, 6))


def test_ratios_by_a_related_field_and_over_everything_are_those_of_plain_python(firm: Firm) -> None:
    rows = deals(firm)
    measures = [{"op": "ratio", "of": of, "over": over, "as": f"r{i}"} for i, (of, over) in enumerate(RATIOS)]
    measures.append({"op": "count", "filter": BIG, "as": "big"})
    ranges = {"field": "amount", "bucket": "range", "edges": EDGES}
    body = {"group": ["customer.industry", ranges], "measures": measures, "totals": True, "limit": 100}
    answer = firm.door().post("/opportunity/query", body)
    assert answer.status_code == 200, answer.content
    names = ["~0", "0~250.5", "250.5~500", "500~900", "900~"]
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        key = None if row["amount"] is None else names[bisect_right(EDGES, row["amount"])]
        for place in ((row["industry"], key), (row["industry"], ...), (..., key), (..., ...)):
            groups[place].append(row)
    seen = {}
    for found in (*answer.data["data"], *answer.data["totals"]):
        keys = found["keys"]
        place = (keys.get("customer.industry", ...), keys.get("amount", ...))
        seen[place] = found["values"]
        expected = [divided(of, over, groups[place]) for of, over in RATIOS]
        got = [found["values"][f"r{i}"] for i in range(len(RATIOS))]
        assert got == pytest.approx(expected), place
        assert found["values"]["big"] == counted({"op": "count", "filter": BIG}, groups[place])
    assert set(seen) == set(groups)


def test_a_report_keeps_ratios_ranges_and_paths(firm: Firm) -> None:
    ratio = {
        "op": "ratio",
        "of": {"op": "count", "filter": WON},
        "over": {"op": "count"},
        "percent": True,
        "name": "赢单率",
    }
    groups = [{"field": "customer.industry"}, {"field": "amount", "bucket": "range", "edges": [0, 1000]}]
    made = make(
        firm.door(), kind="report", definition={"groups": groups, "measures": [ratio, {"op": "count"}]}
    )
    assert made.status_code == 201, made.content
    kept = made.data["definition"]
    assert [(g["field"], g["bucket"], g["edges"]) for g in kept["groups"]] == [
        ("customer.industry", None, None), ("amount", "range", [0, 1000])]  # fmt: skip
    assert kept["measures"][0]["of"]["filter"] == WON
    assert kept["measures"][0]["percent"]
    assert kept["measures"][0]["name"] == "赢单率"


@pytest.mark.parametrize(("given", "field"), [
    ({"groups": [{"field": "name", "bucket": "range", "edges": [1]}]}, "definition.group.0.bucket"),
    ({"groups": [{"field": "amount", "bucket": "range"}]}, "definition.group.0.edges"),
    ({"groups": [{"field": "amount", "bucket": "range", "edges": [2, 1]}]}, "definition.group.0.edges"),
    ({"groups": [{"field": "amount", "bucket": "range", "edges": [1, 1]}]}, "definition.group.0.edges"),
    ({"groups": [{"field": "amount", "bucket": "range", "edges": ["1"]}]}, "definition.group.0.edges"),
    ({"measures": [{"op": "ratio", "of": {"op": "count"}}]}, "definition.measures.0.over"),
    ({"measures": [{"op": "ratio", "of": {"op": "sum", "field": "name"}, "over": {"op": "count"}}]},
     "definition.measures.0.of.op"),
    ({"measures": [{"op": "ratio", "of": {"op": "ratio"}, "over": {"op": "count"}}]}, "definition.measures.0.of.op"),
    ({"measures": [{"op": "count", "filter": {"field": "nothing", "op": "is", "value": 1}}]},
     "definition.measures.0.filter.field"),
    ({"measures": [{"op": "count", "percent": True}]}, "definition.measures.0"),
])  # fmt: skip
def test_what_is_no_ratio_and_no_range_is_refused_by_name(firm: Firm, given: Any, field: str) -> None:
    answer = make(firm.door(), kind="report", definition=given)
    assert answer.status_code == 422, answer.content
    assert answer.data["errors"][0]["field"] == field
