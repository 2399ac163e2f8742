"""Figures beside what they were: per group, by the days before, a year before, or a number to reach."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from guanxi.kit.relative_dates import add_months
from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door, Firm

SUM = {"op": "sum", "field": "amount"}
AVERAGE = {"op": "avg", "field": "amount"}


def compared(how: str = "previous", period: Any = "this_month", date: str = "paid_on") -> dict[str, Any]:
    return {"how": how, "date": date, "period": period}


def asked(door: Door, **definition: Any) -> Any:
    shape = {"groups": [{"field": "customer"}], "measures": [SUM, AVERAGE]} | definition
    return door.post("/reports/query", {"object": "payment", "definition": shape})


def counted(door: Door, **definition: Any) -> dict[str, Any]:
    answer = asked(door, **definition)
    assert answer.status_code == 200, answer.content
    return dict(answer.data)


def pay(firm: Firm, customer: Any, amount: int, on: date) -> None:
    values = {"customer": customer["id"], "amount": amount, "paid_on": on.isoformat()}
    assert firm.door().post("/payment", values).status_code == 201


def customer(firm: Firm, name: str) -> Any:
    return firm.door().post("/customer", {"name": name}).data


def this_month(firm: Firm) -> date:
    return datetime.now(UTC).astimezone(firm.workspace.info().zone).date().replace(day=1)


def test_every_group_stands_beside_what_it_was_and_opens_the_records_of_both(firm: Firm) -> None:
    first = this_month(firm)
    before = add_months(first, -1)
    stays, comes, leaves = (customer(firm, name) for name in ("留下的", "新来的", "走了的"))
    for who, amount, on in (
        (stays, 300, first),
        (stays, 100, before),
        (stays, 300, before),
        (comes, 50, first),
    ):
        pay(firm, who, amount, on)
    pay(firm, leaves, 80, before)
    pay(firm, leaves, 999, before - timedelta(days=40))
    door = firm.door()
    found = counted(door, compare=compared())
    rows = {row["labels"]["customer"]: row["values"] for row in found["data"]}
    assert rows == {
        "留下的": {"m0": 300, "m1": 300, "b0": 400, "b1": 200},
        "新来的": {"m0": 50, "m1": 50, "b0": 0, "b1": None},
        "走了的": {"m0": 0, "m1": None, "b0": 80, "b1": 80},
    }
    # An average over everything is none of averages, neither now nor then.
    assert found["totals"][0]["values"] == {"m0": 350, "m1": 175, "b0": 480, "b1": 160}
    assert found["period"] == [first.isoformat(), add_months(first, 1).isoformat()]
    for tree, number in ((found["filter"], 2), (found["before"]["filter"], 3)):
        listed = door.post("/payment/query", {"filter": tree, "count": True}).data
        assert listed["page"]["count"]["value"] == number
    # A number to reach needs no days, and counts everything.
    reached = counted(door, measures=[SUM], compare={"how": "target", "value": 500})
    assert reached["totals"][0]["values"] == {"m0": 1829}
    assert (reached["before"], reached["period"]) == (None, None)


def test_months_stand_beside_the_months_of_a_year_before(firm: Firm) -> None:
    first = this_month(firm)
    who = customer(firm, "甲")
    for amount, on in ((10, first), (4, add_months(first, -12)), (7, add_months(first, -12))):
        pay(firm, who, amount, on)
    by_month = [{"field": "paid_on", "bucket": "month"}]
    span = {"from": add_months(first, -1).isoformat(), "to": first.isoformat()}
    found = counted(firm.door(), groups=by_month, measures=[SUM], compare=compared("year", span))
    assert found["data"] == [
        {
            "keys": {"paid_on": first.isoformat()},
            "labels": {"paid_on": first.isoformat()},
            "values": {"m0": 10, "b0": 11},
            "was": {"paid_on": add_months(first, -12).isoformat()},
        }
    ]


def test_days_and_weeks_stand_in_the_place_they_had(firm: Firm) -> None:
    who = customer(firm, "甲")
    for amount, on in ((5, date(2025, 3, 4)), (1, date(2024, 3, 4)), (2, date(2024, 2, 29))):
        pay(firm, who, amount, on)
    span = {"from": "2025-02-01", "to": "2025-03-31"}
    by_day = [{"field": "paid_on", "bucket": "day"}]
    found = counted(firm.door(), groups=by_day, measures=[SUM], compare=compared("year", span))
    assert [(row["keys"]["paid_on"], row["values"]) for row in found["data"]] == [
        ("2025-03-04", {"m0": 5, "b0": 1})
    ]
    assert found["totals"][0]["values"] == {"m0": 5, "b0": 3}  # the 29th is in the whole
    by_week = [{"field": "paid_on", "bucket": "week"}]
    found = counted(firm.door(), groups=by_week, measures=[SUM], compare=compared("previous", span))
    assert found["data"][0]["values"]["b0"] == 0


def test_a_comparison_is_kept_with_the_report_and_refused_where_it_is_none(firm: Firm) -> None:
    door = firm.door()
    for wrong, at in (
        ({"how": "next"}, "definition.compare"),
        ({"how": "previous", "date": "paid_on", "period": "once"}, "definition.compare.period"),
        (compared(date="amount"), "definition.compare.date"),
        (compared(date="nothing"), "definition.compare.date"),
        ({"how": "previous"}, "definition.compare.date"),
        ({"how": "target", "value": 0}, "definition.compare.value"),
        ({"how": "target", "value": "1"}, "definition.compare.value"),
    ):
        answer = asked(door, compare=wrong)
        assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, at), answer.content
    kept = compared() | {"value": None}
    definition = {"groups": [], "measures": [SUM], "chart": "gauge", "compare": kept}
    made = door.post(
        "/views", {"object": "payment", "name": "回款", "kind": "report", "definition": definition}
    )
    assert made.data["definition"]["compare"] == kept, made.content


def test_who_does_not_see_the_date_is_shown_no_report_of_all_time(firm: Firm) -> None:
    boss = firm.door()
    made = boss.post("/meta/objects/customer/fields", {"key": "signed", "label": "签约日", "type": "date"})
    assert made.status_code == 201, made.content
    customer(firm, "甲")
    definition = {"measures": [{"op": "count"}], "compare": compared(date="signed")}
    view = {
        "object": "customer",
        "name": "签约",
        "kind": "report",
        "scope": "everyone",
        "definition": definition,
    }
    kept = boss.post("/views", view).data
    assert kept["broken"] is False
    make_role(boss, "dateless", objects={"*": ALL}, fields={"customer": {"signed": "hidden"}})
    other = person_with(firm, boss, "dateless")
    shown = other.get(f"/views/{kept['id']}").data
    assert (shown["broken"], shown["definition"]["compare"]) == (True, None)
    assert other.post("/customer/query", {"filter": shown["definition"]["filter"]}).data["data"] == []
    answer = other.post("/reports/query", {"object": "customer", "definition": definition})
    assert answer.status_code == 422
