"""Kinds of views besides the table, colours and groups, and who finds which view open."""

from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role
from tests.engine.access.people import ALL, make_role, person_with
from tests.engine.views.test_views import change, make, views
from tests.firms import Firm

BIG = {"field": "amount", "op": "gt", "value": 1000}


def of(firm: Firm, key: str, **values: Any) -> Any:
    answer = firm.door().post(f"/{key}", values)
    assert answer.status_code == 201, answer.content
    return answer.data


def said(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a definition's parts say, without what they leave open."""
    return [{key: value for key, value in item.items() if value not in (None, False)} for item in items]


def test_a_calendar_gallery_and_summary_keep_what_they_are_laid_out_by(firm: Firm) -> None:
    door = firm.door()
    calendar = make(door, kind="calendar", definition={"group_by": "close_date", "end": "created_at"})
    assert calendar.status_code == 201, calendar.content
    assert calendar.data["definition"]["group_by"] == "close_date"
    regions = make(door, object="customer", kind="regions").data
    assert regions["definition"]["group_by"] == "region"
    board = make(door, kind="board", definition={"group_by": "owner"})
    assert board.status_code == 201, board.content
    groups = [{"field": "stage"}, {"field": "close_date", "bucket": "quarter"}]
    table = make(door, definition={"groups": groups, "colors": [{"filter": BIG, "color": "red"}]})
    assert said(table.data["definition"]["groups"]) == groups


@pytest.mark.parametrize(("definition", "field"), [
    ({"end": "name"}, "definition.end"), ({"cover": "name"}, "definition.cover"),
    ({"groups": [{"field": "close_date", "bucket": "province"}]}, "definition.group.0.bucket"),
    ({"groups": [{"field": "nothing"}]}, "definition.groups.0.field"),
    ({"measures": [{"op": "sum", "field": "name"}]}, "definition.measures.0.op"),
    ({"measures": [{"op": "count", "show": "upside down"}]}, "definition.measures.0"),
    ({"chart": "url(x)"}, "definition.chart"), ({"top": 0}, "definition.top"),
    ({"colors": [{"filter": BIG, "color": "url(x)"}]}, "definition.colors.0"),
    ({"colors": [{"filter": {"field": "nothing", "op": "is", "value": 1}, "color": "red"}]}, "definition.filter.field"),
])  # fmt: skip
def test_what_a_view_cannot_say_is_refused_by_name(firm: Firm, definition: Any, field: str) -> None:
    answer = make(firm.door(), definition=definition)
    assert answer.status_code == 422
    assert answer.data["errors"][0]["field"] == field


def test_records_say_which_marks_hold_for_them(firm: Firm) -> None:
    customer = of(firm, "customer", name="中山公司")
    for amount in (500, 5000):
        of(firm, "opportunity", name=f"商机 {amount}", customer=customer["id"], amount=amount)
    body = {
        "sort": "amount",
        "limit": 1,
        "marks": [BIG, {"field": "customer.name", "op": "contains", "value": "中山"}],
    }
    first = firm.door().post("/opportunity/query", body).data
    assert first["data"][0]["marks"] == [1]
    second = firm.door().post("/opportunity/query", body | {"cursor": first["page"]["next"]}).data
    assert second["data"][0]["marks"] == [0, 1]
    wrong = firm.door().post("/opportunity/query", {"marks": [{"field": "nothing", "op": "is", "value": 1}]})
    assert wrong.data["errors"][0]["field"] == "marks.0.field"


def test_regions_are_summed_and_open_their_records(firm: Firm) -> None:
    for name, region in (
        ("甲", "广东省中山市石岐区"),
        ("乙", "广东省深圳市南山区"),
        ("丙", "北京市海淀区"),
        ("丁", None),
    ):
        of(firm, "customer", name=name, region=region)
    door = firm.door()
    provinces = door.post("/customer/query", {"group": [{"field": "region", "bucket": "province"}]}).data[
        "data"
    ]
    assert {row["keys"]["region"]: row["values"]["count"] for row in provinces} == {
        "广东省": 2,
        "北京市": 1,
        None: 1,
    }
    cities = door.post("/customer/query", {"group": [{"field": "region", "bucket": "city"}]}).data["data"]
    for row in cities:
        key = row["keys"]["region"]
        if key:
            inside = {"filter": {"field": "region", "op": "within", "value": key}}
            assert len(door.post("/customer/query", inside).data["data"]) == row["values"]["count"], key


def test_a_role_finds_its_view_open(firm: Firm) -> None:
    sales = firm.door(firm.add("李明", Role.MEMBER))
    view = make(firm.door(), scope="everyone", default_roles=["member"]).data
    assert views(sales)[view["id"]]["is_default"]
    assert not views(firm.door())[view["id"]]["is_default"]
    newer = make(firm.door(), name="新的", scope="everyone", default_roles=["member"]).data
    found = views(sales)
    assert [row["id"] for row in found.values() if row["is_default"]] == [newer["id"]]
    assert found[view["id"]]["default_roles"] == []
    mine = make(sales, is_default=True).data
    assert views(sales)[mine["id"]]["is_default"]
    assert make(sales, default_roles=["member"]).status_code == 422


def test_a_locked_view_stays_until_it_is_unlocked(firm: Firm) -> None:
    door = firm.door()
    view = change(door, make(door).data, locked=True).data
    assert change(door, view, name="别的").status_code == 409
    assert door.call("DELETE", f"/views/{view['id']}?version={view['version']}").status_code == 409
    assert change(door, change(door, view, locked=False).data, name="别的").status_code == 200


def test_a_link_opens_a_view_for_colleagues_only(firm: Firm, other_firm: Firm) -> None:
    mine = make(firm.door(), by_link=True).data
    kept = make(firm.door(), name="自己的").data
    colleague = firm.door(firm.add("李明", Role.MEMBER))
    assert mine["id"] not in views(colleague)
    opened = colleague.get(f"/views/{mine['id']}")
    assert opened.status_code == 200
    assert opened.data["mine"] is False
    assert colleague.get(f"/views/{kept['id']}").status_code == 404
    assert change(colleague, opened.data, name="我的").status_code == 404
    assert other_firm.door().get(f"/views/{mine['id']}").status_code == 404


def test_a_report_keeps_its_dimensions_and_figures_and_shows_what_its_reader_may_see(firm: Firm) -> None:
    asked = {
        "groups": [{"field": "stage"}, {"field": "close_date", "bucket": "month"}],
        "measures": [{"op": "count"}, {"op": "sum", "field": "amount", "show": "share"}],
        "chart": "bar",
        "top": 10,
    }
    made = make(firm.door(), kind="report", scope="everyone", definition=asked)
    assert made.status_code == 201, made.content
    kept = made.data["definition"]
    assert said(kept["measures"]) == [
        {"op": "count", "show": "value"},
        {"op": "sum", "field": "amount", "show": "share"},
    ]
    assert (kept["chart"], kept["top"]) == ("bar", 10)
    make_role(firm.door(), "no_sums", objects={"*": ALL}, fields={"opportunity": {"amount": "hidden"}})
    seen = views(person_with(firm, firm.door(), "no_sums"))[made.data["id"]]["definition"]
    assert said(seen["measures"]) == [{"op": "count", "show": "value"}]


def test_totals_are_counted_over_the_records_and_not_over_the_groups(firm: Firm) -> None:
    for name, kind, level in (("甲", "business", 1), ("乙", "business", 1), ("丙", "consumer", 4)):
        of(firm, "customer", name=name, kind=kind, credit_limit=level)
    figures = [{"op": op, "field": "credit_limit", "as": op} for op in ("avg", "distinct", "median")]
    asked = {"group": ["kind"], "measures": figures, "totals": True}
    answer = firm.door().post("/customer/query", asked).data
    assert [row["values"] for row in answer["totals"]] == [{"avg": 2, "distinct": 2, "median": 1}]
    asked = {"group": ["kind", "name"], "measures": [{"op": "count"}], "totals": True}
    totals = firm.door().post("/customer/query", asked).data["totals"]
    assert {row["keys"].get("kind"): row["values"]["count"] for row in totals if "kind" in row["keys"]} == {
        "business": 2, "consumer": 1,
    }  # fmt: skip
    assert [row["values"]["count"] for row in totals if not row["keys"]] == [3]
    assert "totals" not in firm.door().post("/customer/query", {"group": ["kind"]}).data


def test_ready_made_reports_answer_and_are_listed_for_those_who_read_what_they_are_about(firm: Firm) -> None:
    door = firm.door()
    reports = door.get("/reports").data["data"]
    assert {"opportunity", "lead", "customer", "contract", "payment", "expense"} <= {
        each["object"] for each in reports
    }
    for report in reports:
        shape = report["definition"]
        figures = [{k: v for k, v in each.items() if k != "show" and v} for each in shape["measures"]]
        asked = {"filter": shape["filter"], "group": shape["groups"], "measures": figures, "totals": True}
        answer = door.post(f"/{report['object']}/query", asked)
        assert answer.status_code == 200, (report["id"], answer.content)
    own = make(door, kind="report", name="只给我看").data
    make_role(door, "no_sums", objects={"*": ALL}, fields={"opportunity": {"amount": "hidden"}})
    seen = {each["id"] for each in person_with(firm, door, "no_sums").get("/reports").data["data"]}
    assert own["id"] in {each["id"] for each in door.get("/reports").data["data"]}
    assert own["id"] not in seen
    assert "builtin:report_funnel" not in seen
    assert {"builtin:report_growth", "builtin:report_inflow"} <= seen
