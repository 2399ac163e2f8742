"""Dashboards as people meet them: what they show, to whom, and what they say where they cannot."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from guanxi.engine.tenancy.context import Role
from tests.engine.access.people import ALL, make_role, person_with
from tests.engine.views.test_views import add_team, put_in_team
from tests.firms import Door, Firm, code_of

COUNTED = {"groups": [], "measures": [{"op": "count"}], "chart": "number"}
BY_STAGE = {"groups": [{"field": "stage"}], "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}]}
PLACE = {"x": 0, "y": 0, "w": 6, "h": 4}


def widget(key: str = "a", **given: Any) -> dict[str, Any]:
    return {"id": key, "object": "opportunity", "definition": BY_STAGE} | PLACE | given


def figure(key: str = "f", **given: Any) -> dict[str, Any]:
    return widget(key, kind="figure", definition=COUNTED, object="customer", date="created_at") | given


def make(door: Door, *widgets: dict[str, Any], **given: Any) -> Any:
    definition = {"widgets": list(widgets), "filters": given.pop("filters", {})}
    return door.post("/dashboards", {"name": "看一眼", "definition": definition} | given)


def figures(door: Door, made: Any, **given: str) -> dict[str, Any]:
    answer = door.get(f"/dashboards/{made['id']}/figures?{urlencode(given)}")
    assert answer.status_code == 200, answer.content
    return {entry["id"]: entry for entry in answer.data["data"]}


def change(door: Door, made: Any, **given: Any) -> Any:
    return door.patch(f"/dashboards/{made['id']}", given | {"version": made["version"]})


def of(firm: Firm, key: str, door: Door | None = None, **values: Any) -> Any:
    answer = (door or firm.door()).post(f"/{key}", values)
    assert answer.status_code == 201, answer.content
    return answer.data


def test_every_ready_made_dashboard_counts_all_of_its_widgets(firm: Firm) -> None:
    customer = of(firm, "customer", name="中山公司")
    of(firm, "opportunity", name="商机", customer=customer["id"], amount=500)
    door = firm.door()
    found = door.get("/dashboards").data["data"]
    assert [each["id"] for each in found if each["opens"]] == ["builtin:executive"]
    for each in found:
        shown = figures(door, each)
        assert list(shown) == [w["id"] for w in each["definition"]["widgets"]]
        assert [entry["error"] for entry in shown.values()] == [None] * len(shown), each["id"]
        empty = figures(door, each, period="last_90_days", owner=str(uuid.uuid4()))
        assert not any(entry["error"] for entry in empty.values())
    members = {role: firm.door(firm.add("小王", role)) for role in (Role.MANAGER, Role.MEMBER)}
    for role, first in ((Role.MANAGER, "sales_manager"), (Role.MEMBER, "sales_rep")):
        opened = [e["id"] for e in members[role].get("/dashboards").data["data"] if e["opens"]]
        assert opened == [f"builtin:{first}"]
    assert door.patch("/dashboards/builtin:executive", {"name": "我的", "version": 1}).status_code == 403


def test_the_filter_bar_reaches_every_widget_that_has_the_field_and_says_where_not(firm: Firm) -> None:
    colleague = firm.add("小王")
    customer = of(firm, "customer", name="甲")
    of(firm, "customer", name="乙", owner=str(colleague.id))
    of(firm, "product", name="电机")
    for amount in (100, 300):
        of(firm, "opportunity", name=f"商机 {amount}", customer=customer["id"], amount=amount)
    door = firm.door()
    made = make(
        door,
        widget(),
        figure(compare="previous"),
        figure("p", object="product", date=None),
        filters={"period": "this_month", "owner": "me"},
    ).data
    shown = figures(door, made)
    assert shown["a"]["applied"] == ["owner"]
    assert shown["a"]["skipped"] == ["period"]
    assert shown["a"]["figures"]["totals"][0]["values"] == {"m0": 2, "m1": 400}
    assert shown["f"]["applied"] == ["period", "owner"]
    assert shown["f"]["figures"]["data"][0]["values"]["m0"] == 1
    assert shown["f"]["before"]["value"] == 0
    assert shown["p"]["skipped"] == ["period", "owner"]
    assert shown["p"]["figures"]["data"][0]["values"]["m0"] == 1
    everybody = figures(door, made, period="all", owner="all", widgets="f,x")
    assert list(everybody) == ["f"]
    assert everybody["f"]["figures"]["data"][0]["values"]["m0"] == 2
    # Every figure opens the records that it counts.
    for entry in (*shown.values(), *everybody.values()):
        body = {"filter": entry["definition"]["filter"], "count": True}
        listed = door.post(f"/{entry['object']}/query", body).data
        total = entry["figures"]["totals"] or entry["figures"]["data"]
        assert listed["page"]["count"]["value"] == total[0]["values"]["m0"], entry["id"]
    before = {"filter": shown["f"]["before"]["filter"]}
    assert door.post("/customer/query", before).data["data"] == []


def test_a_figure_stands_beside_the_same_days_before(firm: Firm) -> None:
    door = firm.door()
    today = datetime.now(UTC).astimezone(firm.workspace.info().zone).date()
    for days, amount in ((0, 700), (40, 300), (365, 50)):
        customer = of(firm, "customer", name=f"客户 {days}")
        on = (today - timedelta(days)).isoformat()
        of(firm, "payment", customer=customer["id"], amount=amount, paid_on=on)
    definition = {"groups": [], "measures": [{"op": "sum", "field": "amount"}]}
    spans = {
        "own": {"from": (today - timedelta(30)).isoformat(), "to": today.isoformat()},
        "year": {"from": today.isoformat(), "to": today.isoformat()},
    }
    asked = [
        figure(how, object="payment", date="paid_on", definition=definition, period=spans[key], compare=how)
        for how, key in (("previous", "own"), ("year", "year"))
    ]
    found = door.post("/dashboards/preview", {"widgets": asked}).data["data"]
    assert [entry["figures"]["data"][0]["values"]["m0"] for entry in found] == [700, 700]
    leap = (today.month, today.day) == (2, 29)
    assert [entry["before"]["value"] for entry in found] == [300, None if leap else 50]


def test_what_a_reader_may_not_see_is_told_in_its_place_and_spoils_nothing(firm: Firm) -> None:
    boss = firm.door()
    of(firm, "customer", name="甲")
    report = boss.post(
        "/views", {"object": "opportunity", "name": "私下", "kind": "report", "definition": BY_STAGE}
    )
    assert report.status_code == 201, report.content
    personal = widget("v", definition=None, view=report.data["id"])
    refused = make(boss, personal, scope="everyone")
    assert refused.status_code == 422
    assert refused.data["errors"][0]["field"] == "definition.widgets.0.view"
    assert boss.patch(f"/views/{report.data['id']}", {"scope": "everyone", "version": 1}).status_code == 200
    made = make(boss, personal, widget(), figure(), scope="everyone")
    assert made.status_code == 201, made.content
    make_role(boss, "keeper", objects={"customer": ALL})
    keeper = person_with(firm, boss, "keeper")
    shown = figures(keeper, made.data)
    assert shown["f"]["figures"]["data"][0]["values"]["m0"] == 1
    for key in ("v", "a"):
        assert shown[key]["error"]["code"] == "not_visible"
        assert shown[key]["figures"] is None
        assert shown[key]["name"] is None
    # Somebody who sees half of a report is not shown the other half under its name.
    make_role(boss, "blind", objects={"opportunity": ALL}, fields={"opportunity": {"amount": "hidden"}})
    blind = figures(person_with(firm, boss, "blind"), made.data)
    assert {blind[key]["error"]["code"] for key in ("v", "a")} == {"not_visible"}


def test_dashboards_are_shared_and_kept_as_views_are(firm: Firm, other_firm: Firm) -> None:
    team = add_team(firm, "销售部")
    people = {role: firm.add("小王", role) for role in (Role.MANAGER, Role.MEMBER)}
    for person in people.values():
        put_in_team(firm, person, team)
    boss, manager, member = firm.door(), *(firm.door(person) for person in people.values())
    own = make(member, figure()).data
    assert own["mine"]
    assert [
        door.get(f"/dashboards/{own['id']}").status_code for door in (boss, manager, other_firm.door())
    ] == [404] * 3
    assert make(member, scope="team").status_code == 403
    shared = make(manager, figure(), scope="team").data
    assert member.get(f"/dashboards/{shared['id']}").data["mine"] is False
    assert change(member, shared, name="改名").status_code == 403
    assert change(manager, shared, locked=True).status_code == 200
    assert code_of(change(manager, shared | {"version": 2}, name="改名")) == "locked"
    everyone = make(boss, figure(), scope="everyone", default_roles=["member"]).data
    opened = [each["id"] for each in member.get("/dashboards").data["data"] if each["opens"]]
    assert opened == [everyone["id"]]
    assert change(member, own, is_default=True).status_code == 200
    opened = [each["id"] for each in member.get("/dashboards").data["data"] if each["opens"]]
    assert opened == [own["id"]]
    assert code_of(change(boss, everyone | {"version": 9}, name="改名")) == "stale_version"
    assert boss.delete(f"/dashboards/{everyone['id']}?version=1").status_code == 204
    assert make(boss, figure(), default_roles=["member"]).status_code == 422


@pytest.mark.parametrize(("given", "field"), [
    ({"view": "builtin:report_funnel"}, "definition.widgets.0.view"), ({"definition": None}, "definition.widgets.0.view"),
    ({"definition": None, "view": "builtin:report_nothing"}, "definition.widgets.0.view"),
    ({"definition": None, "view": "builtin:all"}, "definition.widgets.0.view"),
    ({"object": "nothing"}, "definition.widgets.0.object"), ({"date": "name"}, "definition.widgets.0.date"),
    ({"date": "nothing"}, "definition.widgets.0.date"), ({"period": "next_month"}, "definition.widgets.0.period"),
    ({"definition": BY_STAGE | {"measures": []}}, "definition.widgets.0.definition.measures"),
    ({"definition": {"measures": [{"op": "sum", "field": "name"}]}}, "definition.widgets.0.definition.measures.0.op"),
    ({"x": 12}, "definition.widgets.0.x"), ({"id": "a b"}, "definition.widgets.0.id"), ({"w": 0}, "definition.widgets.0.w"),
])  # fmt: skip
def test_what_a_widget_cannot_be_is_refused_by_name(firm: Firm, given: Any, field: str) -> None:
    answer = make(firm.door(), widget(**given))
    assert answer.status_code == 422, answer.content
    assert answer.data["errors"][0]["field"] == field


def test_what_a_dashboard_cannot_be_is_refused(firm: Firm) -> None:
    made = make(firm.door()).data
    for asked in (
        "period=2026-02-02~2026-02-01",
        "period=~",
        "period=soon",
        "owner=somebody",
        "team=x",
    ):
        assert firm.door().get(f"/dashboards/{made['id']}/figures?{asked}").status_code == 422, asked
    assert make(firm.door(), filters={"owner": "somebody"}).status_code == 422
    assert make(firm.door(), *(widget(str(i)) for i in range(13))).status_code == 422
    assert make(firm.door(), widget(), widget()).status_code == 422


def test_a_widget_too_heavy_is_told_in_its_place(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(firm.door(), widget(), figure()).data
    monkeypatch.setattr("guanxi.engine.dashboards.figures.BUDGET", -1.0)
    shown = figures(firm.door(), made)
    assert {entry["error"]["code"] for entry in shown.values()} == {"not_counted"}


def test_a_field_that_dashboards_use_says_so_and_can_be_let_go(firm: Firm) -> None:
    door = firm.door()
    field = door.post(
        "/meta/objects/customer/fields",
        {"key": "f_size", "label": {"zh-CN": "规模", "en": "Size"}, "type": "number"},
    )
    assert field.status_code == 201, field.content
    definition = {"groups": [], "measures": [{"op": "count"}, {"op": "sum", "field": "f_size"}]}
    made = make(door, widget(object="customer", definition=definition), scope="everyone").data
    refused = door.delete("/meta/objects/customer/fields/f_size")
    assert refused.status_code == 409, refused.content
    assert [usage["kind"] for usage in refused.data["usages"]] == ["dashboard_measures"]
    assert "看一眼" in refused.data["detail"]
    assert door.delete("/meta/objects/customer/fields/f_size?detach=true").status_code == 204
    kept = door.get(f"/dashboards/{made['id']}").data["definition"]["widgets"][0]["definition"]
    assert [measure["op"] for measure in kept["measures"]] == ["count"]
    assert figures(door, made)["a"]["error"] is None
