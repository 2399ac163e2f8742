"""What moved a figure: segments of several dimensions, whose contributions add up to the change."""

from datetime import date, timedelta
from typing import Any

import pytest

from guanxi.kit.relative_dates import add_months
from tests.engine.access.people import ALL, make_role, person_with
from tests.engine.reports.test_comparing import compared, this_month
from tests.firms import Door, Firm

SUM = {"op": "sum", "field": "amount"}


def explained(door: Door, **given: Any) -> Any:
    definition = {"measures": [given.pop("of", SUM)], "compare": compared()} | given
    return door.post("/reports/explain", {"object": "payment", "definition": definition})


def by_path(answer: Any) -> dict[str, dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    return {each["group"]["field"]: each for each in answer.data["dimensions"]}


@pytest.fixture
def paid(firm: Firm) -> tuple[Firm, date, date]:
    """Three customers in two industries, one of which fell away."""
    first = this_month(firm)
    before = add_months(first, -1)
    door = firm.door()
    ids = {
        name: door.post("/customer", {"name": name, "industry": industry}).data["id"]
        for name, industry in (("稳定", "automation"), ("下滑", "machinery"), ("同行", "machinery"))
    }
    for name, amount, on in (
        ("稳定", 100, before), ("稳定", 110, first), ("下滑", 400, before), ("下滑", 200, before), ("下滑", 90, first),
        ("下滑", 999, before - timedelta(days=60)), ("同行", 20, first),
    ):  # fmt: skip
        made = door.post("/payment", {"customer": ids[name], "amount": amount, "paid_on": on.isoformat()})
        assert made.status_code == 201, made.content
    return firm, first, before


def test_the_segment_that_fell_away_comes_first_and_opens_its_records(paid: tuple[Firm, date, date]) -> None:
    firm, _, _ = paid
    door = firm.door()
    answer = explained(door)
    found = by_path(answer)
    assert (answer.data["now"], answer.data["before"]) == (220, 700)
    customers = found["customer"]
    assert [
        (each["label"], each["now"], each["before"], each["contribution"]) for each in customers["segments"]
    ] == [
        ("下滑", 90, 600, -510),
        ("同行", 20, 0, 20),
        ("稳定", 110, 100, 10),
    ]
    assert customers["segments"][0]["share"] == 1.0625
    # Relations are walked: what their industries are tells it too.
    industries = found["customer.industry"]["segments"]
    assert [(each["key"], each["contribution"]) for each in industries] == [
        ("machinery", -490),
        ("automation", 10),
    ]
    scores = [each["score"] for each in answer.data["dimensions"]]
    assert scores == sorted(scores, reverse=True)
    key = customers["segments"][0]["key"]
    for tree, number in ((answer.data["filter"], 1), (answer.data["filter_before"], 2)):
        narrowed = {"and": [tree, {"field": "customer", "op": "is", "value": key}]}
        listed = door.post("/payment/query", {"filter": narrowed, "count": True}).data
        assert listed["page"]["count"]["value"] == number


@pytest.mark.parametrize(
    "of",
    [
        {"op": "count"},
        {"op": "avg", "field": "amount"},
        {"op": "ratio", "of": SUM, "over": {"op": "count"}},
        {"op": "ratio", "of": {"op": "count", "filter": {"field": "amount", "op": "gt", "value": 95}}, "over": {"op": "count"}},
    ],
)  # fmt: skip
def test_contributions_add_up_to_the_change(paid: tuple[Firm, date, date], of: dict[str, Any]) -> None:
    answer = explained(paid[0].door(), of=of)
    change = answer.data["now"] - answer.data["before"]
    for each in by_path(answer).values():
        assert sum(part["contribution"] for part in each["segments"]) == pytest.approx(change), each


def test_what_does_not_add_up_or_is_compared_with_nothing_is_refused(paid: tuple[Firm, date, date]) -> None:
    door = paid[0].door()
    for of in ({"op": "median", "field": "amount"}, {"op": "distinct", "field": "customer"}):
        assert explained(door, of=of).data["errors"][0]["code"] == "not_additive"
    for compare in (None, {"how": "target", "value": 5}):
        assert explained(door, compare=compare).data["errors"][0]["code"] == "required"


def test_it_tells_of_what_its_reader_sees_and_of_nothing_else(paid: tuple[Firm, date, date]) -> None:
    firm, _, _ = paid
    boss = firm.door()
    assert "customer.industry" in by_path(explained(boss))
    make_role(boss, "plain", objects={"*": ALL}, fields={"customer": {"industry": "hidden"}})
    assert "customer.industry" not in by_path(explained(person_with(firm, boss, "plain")))
    make_role(boss, "without", objects={"payment": ALL})
    shown = by_path(explained(person_with(firm, boss, "without")))
    assert not any("下滑" in str(each) for each in shown.values())
