"""Targets: who sets and sees them, what was reached the same minute, alerts once, and nothing beyond one's rights."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.domains.sales.targets import alerts
from guanxi.domains.sales.targets.models import Target, TargetAlert, TargetPlan
from guanxi.engine.identity import facade
from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.notifications.models import Notification
from guanxi.engine.tenancy.context import Role
from guanxi.kit.ids import new_id
from tests.domains.conftest import Office
from tests.engine.access.people import ALL, give, make_role
from tests.firms import Door, MakeFirm

PLAN = {"name": {"zh-CN": "赢单", "en": "Won"}, "measure": "won"}


def month(office: Office) -> date:
    return office.ctx().today.date().replace(day=1)


def plan(door: Door, **given: Any) -> dict[str, Any]:
    answer = door.post("/targets/plans", PLAN | given)
    assert answer.status_code == 201, answer.data
    return answer.data


def aim(door: Door, made: dict[str, Any], *cells: tuple[str, Any, date, Any]) -> Any:
    rows = [{"kind": k, "id": str(i), "start": s.isoformat(), "amount": a} for k, i, s, a in cells]
    return door.put(f"/targets/plans/{made['id']}/cells", {"cells": rows})


def win(office: Office, owner: Any, amount: Any, **values: Any) -> str:
    door = office.firm.door()
    deal = door.post("/opportunity", {"name": "机械手", "amount": amount, "owner": str(owner.id), **values})
    assert deal.status_code == 201, deal.data
    stages = door.get("/pipelines").data["data"][0]["stages"]
    won = next(stage["key"] for stage in stages if stage["kind"] == "won")
    moved = door.patch(f"/opportunity/{deal.data['id']}", {"stage": won, "version": deal.data["version"]})
    assert moved.status_code == 200, moved.data
    return deal.data["id"]


def rows_of(door: Door, query: str = "") -> dict[Any, dict[str, Any]]:
    answer = door.get(f"/targets{query}")
    assert answer.status_code == 200, answer.data
    return (
        {(row["kind"], row["name"]): row for row in answer.data["plans"][0]["rows"]}
        if answer.data["plans"]
        else {}
    )


@pytest.fixture
def boss(office: Office) -> Door:
    return office.firm.door()


def test_what_is_won_counts_the_same_minute_and_every_figure_opens_its_list(
    office: Office, boss: Door
) -> None:
    made, start = plan(boss), month(office)
    team = Team.objects.get(name="华南一组").id
    assert aim(boss, made, ("user", office.rep.id, start, 1000), ("team", team, start, 1500)).data == {
        "changed": 2
    }
    win(office, office.rep, 720)
    win(office, office.manager, 130)
    win(office, office.other, 50)
    nobodys = win(office, office.other, 33)
    version = boss.get(f"/opportunity/{nobodys}").data["version"]
    assert boss.patch(f"/opportunity/{nobodys}", {"owner": None, "version": version}).status_code == 200
    rows = rows_of(boss)
    rep = rows["user", "林销售"]
    assert (rep["target"], rep["actual"], rep["percent"]) == (1000, 720, 72)
    assert rep["pace"]["gone"] + rep["pace"]["left"] == rep["pace"]["days"]
    group = rows["team", "华南一组"]
    assert (group["target"], group["below"], group["difference"], group["actual"]) == (1500, 1000, -500, 850)
    assert (rows["firm", ""]["target"], rows["firm", ""]["typed"], rows["firm", ""]["actual"]) == (
        1500,
        False,
        900,
    )
    for row in (rep, group, rows["firm", ""]):
        (shown,) = row["lists"]
        found = boss.post(
            f"/{shown['object']}/query", {"filter": shown["filter"], "fields": ["amount"]}
        ).data["data"]
        assert sum(record["amount"] for record in found) == row["actual"]
    year = rows_of(boss, f"?unit=year&day={start}")["user", "林销售"]
    assert (year["target"], year["actual"]) == (1000, 720)


def test_others_figures_are_for_who_sees_all_their_records(office: Office, boss: Door) -> None:
    made, start = plan(boss), month(office)
    people = (office.manager, office.rep, office.other)
    aim(boss, made, *(("user", person.id, start, 100) for person in people))
    win(office, office.other, 70)
    mine = rows_of(office.firm.door(office.rep))
    assert mine.keys() == {("user", "林销售")}
    led = rows_of(office.firm.door(office.manager))
    assert {name for _, name in led} == {"华南一组", "周经理", "林销售"}
    assert led["team", "华南一组"]["target"] == 200
    assert rows_of(office.firm.door(office.manager), "?mine=true").keys() == {("user", "周经理")}


def test_who_does_not_see_amounts_sees_no_targets_of_them(office: Office, boss: Door) -> None:
    made = plan(boss)
    counted = plan(boss, measure="new_customers")
    for right in ("hidden", "masked"):
        make_role(boss, right, objects={"*": ALL}, fields={"opportunity": {"amount": right}})
        give(boss, office.rep, right)
        door = office.firm.door(office.rep)
        assert [found["id"] for found in door.get("/targets").data["plans"]] == [counted["id"]]
        assert door.get(f"/targets/plans/{made['id']}/board").status_code == 404


def test_targets_are_set_by_who_leads_and_by_nobody_else(office: Office, boss: Door) -> None:
    made, start = plan(boss), month(office)
    head, rep = office.firm.door(office.manager), office.firm.door(office.rep)
    team = Team.objects.get(name="华南一组").id
    assert aim(head, made, ("user", office.rep.id, start, 5)).data == {"changed": 1}
    for cell in (
        ("user", office.other.id, start, 5),
        ("team", team, start, 5),
        ("firm", office.firm.workspace.id, start, 5),
    ):
        refused = aim(head, made, ("user", office.rep.id, start, 9), cell)
        assert refused.status_code == 422 and refused.data["errors"][0]["field"] == "cells.1.id", refused.data
    assert Target.objects.get().amount == 5  # nothing of a refused whole is kept
    assert aim(rep, made, ("user", office.rep.id, start, 5)).status_code == 404
    assert rep.get(f"/targets/plans/{made['id']}/grid?year=2026").status_code == 404
    assert head.post("/targets/plans", PLAN).status_code == 403
    assert head.patch(f"/targets/plans/{made['id']}", {"version": 1, "enabled": False}).status_code == 403
    assert head.delete(f"/targets/plans/{made['id']}").status_code == 403


def test_bad_cells_and_plans_are_refused_with_a_reason(office: Office, boss: Door) -> None:
    made, start = plan(boss), month(office)
    counted = plan(boss, measure="new_customers", unit="quarter")
    rep = office.rep.id
    for target, cell, code in (
        (made, ("user", rep, start + timedelta(days=1), 5), "not_a_start"),
        (made, ("user", uuid.uuid4(), start, 5), "not_yours"),
        (made, ("user", rep, start, -5), "greater_than_equal"),
        (made, ("user", rep, start, "1e99"), "decimal_max_digits"),
        (made, ("user", rep, start, 0.001), "decimal_max_places"),
        (counted, ("user", rep, date(2026, 10, 1), 0.5), "too_fine"),
        (counted, ("user", rep, date(2026, 11, 1), 1), "not_a_start"),
    ):
        answer = aim(boss, target, cell)
        assert answer.status_code == 422, (cell, answer.data)
        assert code in {error["code"] for error in answer.data["errors"]}, (cell, answer.data)
    for body, field in (
        ({"measure": "nothing"}, "measure"),
        ({"name": {"zh-CN": " "}}, "name"),
        ({"measure": "follow_ups", "filter": {"field": "owner", "op": "is", "value": "me"}}, "filter"),
        ({"filter": {"field": "nothing", "op": "is", "value": 1}}, "field"),
    ):
        answer = boss.post("/targets/plans", PLAN | body)
        assert answer.status_code == 422 and field in answer.data["errors"][0]["field"], (body, answer.data)
    aim(boss, made, ("user", rep, start, 5))
    assert boss.patch(f"/targets/plans/{made['id']}", {"version": 1, "unit": "year"}).data["code"] == "in_use"
    assert boss.patch(f"/targets/plans/{made['id']}", {"version": 9, "enabled": False}).status_code == 409
    assert boss.patch(f"/targets/plans/{made['id']}", {"enabled": False}).status_code == 428


def test_a_condition_narrows_what_counts(office: Office, boss: Door) -> None:
    plan(boss, filter={"field": "customer.tier", "op": "is", "value": "high"})
    for tier, amount in (("high", 5), ("standard", 7)):
        customer = boss.post("/customer", {"name": f"公司 {tier}", "tier": tier}).data["id"]
        win(office, office.rep, amount, customer=customer)
    assert rows_of(boss)["user", "林销售"]["actual"] == 5


def test_splitting_adds_up_and_goes_by_the_year_before(office: Office, boss: Door) -> None:
    made, year = plan(boss), month(office).year
    team = Team.objects.get(name="华南一组").id
    body = {"kind": "team", "id": str(team), "unit": "year", "start": f"{year}-01-01", "amount": 1000}
    split = f"/targets/plans/{made['id']}/split"
    even = boss.post(split, body).data["data"]
    assert len(even) == 24 and sum(Decimal(str(cell["amount"])) for cell in even) == 1000
    assert {cell["amount"] for cell in even} == {41.66, 41.67}
    for person, day, amount in ((office.rep, "03-10", 300), (office.manager, "06-10", 100)):
        deal = win(office, person, amount)
        version = boss.get(f"/opportunity/{deal}").data["version"]
        moved = boss.patch(f"/opportunity/{deal}", {"close_date": f"{year - 1}-{day}", "version": version})
        assert moved.status_code == 200, moved.data
    last = {
        (cell["id"], cell["start"]): cell["amount"]
        for cell in boss.post(split, body | {"way": "last"}).data["data"]
    }
    assert last[str(office.rep.id), f"{year}-03-01"] == 562.5
    assert last[str(office.manager.id), f"{year}-06-01"] == 62.5
    assert sum(amount or 0 for amount in last.values()) == 1000
    assert last[str(office.rep.id), f"{year}-01-01"] is None
    typed = boss.post(split, body | {"way": "typed", "weights": {str(office.rep.id): 30}}).data["data"]
    assert sum(Decimal(str(cell["amount"])) for cell in typed if cell["id"] == str(office.rep.id)) == 1000
    assert {cell["amount"] for cell in typed if cell["id"] != str(office.rep.id)} == {None}
    assert aim(
        boss, made, *((c["kind"], c["id"], date.fromisoformat(c["start"]), c["amount"]) for c in even)
    ).data == {"changed": 24}
    grid = boss.get(f"/targets/plans/{made['id']}/grid?year={year}").data
    rep = next(row for row in grid["rows"] if row["id"] == str(office.rep.id))
    assert sum(rep["cells"]) == 500 and rep["before"][2] == 300
    assert boss.post(split, body | {"id": str(uuid.uuid4())}).status_code == 404


def test_half_nearly_all_is_told_once_each_to_them_and_who_answers_for_them(
    office: Office, boss: Door
) -> None:
    made, start = plan(boss), month(office)
    aim(boss, made, ("user", office.rep.id, start, 100))
    Notification.objects.all().delete()

    def told() -> list[tuple[Any, int]]:
        alerts.sweep(office.system)
        rows = Notification.objects.filter(kind=alerts.KIND).order_by("created_at", "id")
        found = [(row.user_id, row.data["percent"]) for row in rows]
        rows.delete()
        return found

    both = {office.rep.id, office.manager.id}
    win(office, office.rep, 49)
    assert told() == []
    win(office, office.rep, 1)
    assert set(told()) == {(user, 50) for user in both}
    assert told() == []
    win(office, office.rep, 60)
    assert set(told()) == {(user, 100) for user in both}  # past 90 on the way: not told by itself
    assert told() == [] and TargetAlert.objects.count() == 3


def test_the_board_names_nobody_who_would_rather_not(office: Office, boss: Door) -> None:
    made, start = plan(boss), month(office)
    aim(
        boss,
        made,
        *(("user", person.id, start, 100) for person in (office.manager, office.rep, office.other)),
    )
    for person, amount in ((office.rep, 80), (office.other, 90), (office.manager, 80)):
        win(office, person, amount)
    rep = office.firm.door(office.rep)
    url = f"/targets/plans/{made['id']}/board"
    assert [row["name"] for row in rep.get(url).data["rows"]] == ["林销售"]
    boss.patch(f"/targets/plans/{made['id']}", {"version": 1, "open_board": True})
    rows = rep.get(url).data["rows"]
    assert [(row["rank"], row["percent"]) for row in rows] == [(1, 90), (2, 80), (2, 80)]
    assert {row["name"]: row["actual"] for row in rows} == {"何销售": None, "周经理": None, "林销售": 80}
    office.firm.door(office.other).put("/targets/shy", {"shy": True})
    first = rep.get(url).data["rows"][0]
    assert (first["id"], first["name"]) == (None, None)
    assert "何销售" in [row["name"] for row in office.firm.door(office.other).get(url).data["rows"]]


def test_two_hundred_people_by_twelve_months_cost_what_one_costs(office: Office, boss: Door) -> None:
    made = plan(boss)
    year = month(office).year
    urls = [f"/targets?unit=year&day={year}-06-01", f"/targets/plans/{made['id']}/grid?year={year}",
            f"/targets/plans/{made['id']}/board?unit=year"]  # fmt: skip

    def counts() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as seen:
                assert boss.get(url).status_code == 200
            found.append(len(seen))
        return found

    aim(boss, made, ("user", office.rep.id, date(year, 1, 1), 5))
    win(office, office.rep, 3)
    counts()
    few = counts()
    workspace = office.firm.workspace
    team = Team.objects.get(name="华南一组")
    users = [office.rep.id]
    people = [User(id=new_id(), email=f"p{i}@firm.example", name=f"员工{i}") for i in range(200)]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        [Membership(workspace=workspace, user=user, name=user.name, sort_key=f"{i}", search_key="", role=Role.MEMBER,
                    team=team, status="active") for i, user in enumerate(people)]
    )  # fmt: skip
    users += [user.id for user in people]
    row = TargetPlan.objects.get(id=made["id"])
    Target.objects.filter(plan=row).delete()
    Target.objects.bulk_create(
        [Target(workspace_id=workspace.id, plan=row, kind="user", subject_id=user, start=date(year, m, 1), amount=10)
         for user in users for m in range(1, 13)]
    )  # fmt: skip
    records = [{"name": f"单 {i}", "amount": 3, "owner": str(users[i]), "stage": "won"} for i in range(200)]
    done = boss.post("/opportunity/bulk", {"op": "create", "records": records})
    assert done.status_code == 200, done.data
    assert counts() == few
    assert max(few) <= 13
    assert rows_of(boss, f"?unit=year&day={year}-06-01")["firm", ""]["actual"] == 603


def test_another_firm_is_another_world(office: Office, boss: Door, make_firm: MakeFirm) -> None:
    made = plan(boss)
    other = make_firm("北海公司", "chief@other.example", "李强").door()
    assert other.get("/targets").data["plans"] == []
    for answer in (
        other.patch(f"/targets/plans/{made['id']}", {"version": 1}), other.delete(f"/targets/plans/{made['id']}"),
        other.get(f"/targets/plans/{made['id']}/board"), other.get(f"/targets/plans/{made['id']}/grid?year=2026"),
        other.put(f"/targets/plans/{made['id']}/cells", {"cells": []}),
    ):  # fmt: skip
        assert answer.status_code == 404


def test_follow_ups_are_notes_calls_that_got_through_and_past_events(office: Office) -> None:
    boss = office.firm.door()
    plan(boss, measure="follow_ups")
    rep = office.firm.door(office.rep)
    rep.post("/note", {"body": "聊过了"})
    rep.post("/call", {"subject": "通了", "outcome": "connected"})
    rep.post("/call", {"subject": "没通", "outcome": "no_answer"})
    rep.post("/call", {"subject": "不知道"})
    assert rows_of(rep)["user", "林销售"]["actual"] == 3
    assert facade.people(office.ctx(), [office.rep.id])
