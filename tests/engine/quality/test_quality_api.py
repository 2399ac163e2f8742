"""The data review: figures that agree with the lists they open, for whom they are, and repairs."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.engine.identity.models import User
from guanxi.engine.quality import applying
from guanxi.engine.quality.models import QualitySnapshot
from guanxi.engine.quality.rules import freshness, overall
from guanxi.engine.quality.snapshots import measure_daily
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Role, session, system_ctx
from tests.firms import Door, Firm, run_jobs

TAX = "91440300708461136T"
RULE = {
    "name": {"zh": "大客户要有行业", "en": "Key accounts need an industry"},
    "condition": {"and": [{"field": "tier", "op": "is", "value": "high"}, {"field": "industry", "op": "is_empty"}]},
    "message": {"zh": "请填行业", "en": "Give the industry"},
    "field": "industry",
}  # fmt: skip


def _sql(firm: Firm, text: str, values: Sequence[Any] = ()) -> None:
    """What only years and former programs do to data."""
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(text, values)


def _good(door: Door, path: str) -> Any:
    found = door.get(path)
    assert found.status_code == 200, found.data
    return found.data


def _count(door: Door, filter_tree: Any, key: str = "customer") -> int:
    found = door.post(f"/{key}/query", {"filter": filter_tree, "limit": 200})
    assert found.status_code == 200, found.data
    return len(found.data["data"])


@pytest.fixture
def rep(firm: Firm) -> User:
    return firm.add("何销售")


@pytest.fixture
def customers(firm: Firm, rep: User) -> list[str]:
    """Five customers of the administrator and one of `rep`, each with something to say about it."""
    door = firm.door()
    given = [
        {"name": "全好公司", "phone": "0755-86013388", "tax_number": TAX, "source": "referral", "industry": "retail"},
        {"name": "同号甲", "mobile": "13800138000"},
        {"name": "同号乙", "mobile": "13800138000"},
        {"name": "旧公司"},
        {"name": "坏号公司", "phone": "010-62770334"},
    ]  # fmt: skip
    ids = [door.post("/customer", each).data["id"] for each in given]
    ids.append(firm.door(rep).post("/customer", {"name": "销售的客户"}).data["id"])
    _sql(firm, "UPDATE customer SET updated_at = now() - interval '200 days' WHERE id = %s", [ids[3]])
    _sql(firm, "UPDATE customer SET phone = '010 62770334' WHERE id = %s", [ids[4]])
    return ids


def _dimension(found: Any, key: str) -> Any:
    return next(each for each in found["dimensions"] if each["key"] == key)


@pytest.mark.django_db
def test_figures_agree_with_the_lists_they_open(firm: Firm, customers: list[str]) -> None:
    door = firm.door()
    found = _good(door, "/quality/customer")
    assert found["records"] == 6
    for f in found["fields"]:
        if f["filter"] is not None:
            assert _count(door, f["filter"]) == f["empty"], f["key"]
    stale = _dimension(found, "timeliness")
    assert (stale["count"], _count(door, stale["filter"])) == (1, 1)
    fresh = freshness(200, 90)
    assert stale["score"] == pytest.approx(100 * (5 + fresh) / 6, abs=0.1)
    assert _dimension(found, "uniqueness")["count"] == 2
    assert _dimension(found, "validity")["count"] == 1
    for check, field, expected in (("shared", "", customers[1:3]), ("unsound", "phone", customers[4:5])):
        chosen = _good(door, f"/quality/customer/worklist?check={check}&field={field}")
        assert chosen["complete"] and set(chosen["filter"]["value"]) == set(expected)
    weights = {each["key"]: each["weight"] for each in found["dimensions"]}
    assert found["overall"] == overall({each["key"]: each["score"] for each in found["dimensions"]}, weights)


@pytest.mark.django_db
def test_owners_and_sources_have_scores_of_their_own(firm: Firm, rep: User, customers: list[str]) -> None:
    found = _good(firm.door(), "/quality/customer")
    owners = {group["by"]: group for group in found["owners"]}
    assert {key: group["records"] for key, group in owners.items()} == {str(firm.admin.id): 5, str(rep.id): 1}
    assert owners[str(rep.id)]["name"] == "何销售" and owners[str(rep.id)]["scores"]["uniqueness"] == 100
    assert owners[str(firm.admin.id)]["scores"]["uniqueness"] == 60
    sources = {group["by"]: group for group in found["sources"]}
    assert (sources["referral"]["records"], sources[None]["records"]) == (1, 5)
    assert sources["referral"]["name"]["zh-CN"]
    for group in [*found["owners"], *found["sources"]]:
        assert _count(firm.door(), group["filter"]) <= group["records"]


@pytest.mark.django_db
def test_records_that_break_a_rule(firm: Firm, customers: list[str]) -> None:
    door = firm.door()
    assert _dimension(_good(door, "/quality/customer"), "consistency")["score"] is None
    _sql(firm, "UPDATE customer SET tier = 'high' WHERE id = ANY(%s::uuid[])", [customers[:2]])
    made = door.post("/meta/objects/customer/validations", RULE)
    assert made.status_code == 201, made.data
    found = _good(door, "/quality/customer")
    broken = _dimension(found, "consistency")
    assert broken["count"] == 1 and broken["score"] == pytest.approx(100 * 5 / 6, abs=0.01)
    assert [rule["broken"] for rule in found["rules"]] == [1] == [_count(door, found["rules"][0]["filter"])]
    worst = {record["id"]: record["lacks"] for record in found["offenders"]}
    assert worst[customers[1]]["broken"] == [found["rules"][0]["id"]]
    assert customers[0] not in worst or not worst[customers[0]]["broken"]


@pytest.mark.django_db
def test_the_worst_come_first_and_say_what_they_lack(firm: Firm, customers: list[str]) -> None:
    worst = _good(firm.door(), "/quality/customer")["offenders"]
    lacks = {record["id"]: record["lacks"] for record in worst}
    assert lacks[customers[4]]["unsound"] == ["phone"]
    assert lacks[customers[1]]["shared"] and not lacks[customers[3]]["shared"]
    assert lacks[customers[3]]["stale"] and "phone" in lacks[customers[3]]["empty"]
    order = [record["id"] for record in worst]
    assert order.index(customers[1]) < order.index(customers[0])


@pytest.mark.django_db
def test_totals_are_for_those_who_look_after_people(firm: Firm, rep: User, customers: list[str]) -> None:
    firm.door().post("/quality/customer/measure")
    member = firm.door(rep)
    assert member.get("/quality").status_code == 403
    assert member.post("/quality/customer/measure").status_code == 403
    mine = _good(member, "/quality/customer")
    assert mine["totals"] is None and mine["trend"] == [] and mine["records"] == 1
    assert [group["by"] for group in mine["owners"]] == [str(rep.id)]
    assert [record["id"] for record in mine["offenders"]] == [customers[5]]
    assert not any(word in str(mine) for word in ("同号甲", customers[0], str(firm.admin.id)))
    hidden = _good(member, "/quality/customer/worklist?check=shared")
    assert hidden["filter"]["value"] == []
    manager = _good(firm.door(firm.add("钱主管", Role.MANAGER)), "/quality/customer")
    assert manager["totals"]["records"] == 6 and manager["records"] == 0
    assert member.patch("/quality/customer", {"review_days": 30, "version": 1}).status_code == 403


@pytest.mark.django_db
def test_another_firm_sees_nothing(firm: Firm, other_firm: Firm, customers: list[str]) -> None:
    firm.door().post("/quality/customer/measure")
    found = _good(other_firm.door(), "/quality/customer")
    assert found["records"] == 0 and found["totals"]["records"] is None and found["overall"] is None
    assert all(each["overall"] is None for each in _good(other_firm.door(), "/quality")["data"])


@pytest.mark.django_db
def test_hidden_fields_are_not_measured(firm: Firm, customers: list[str]) -> None:
    door = firm.door()
    door.post("/quality/customer/measure")
    hidden = door.patch("/meta/objects/customer/fields/phone?although_used=true", {"hidden": True})
    assert hidden.status_code == 200, hidden.data
    found = _good(door, "/quality/customer")
    assert "phone" not in [f["key"] for f in found["fields"]]
    assert "phone" not in str(found["settings"]) and "phone" not in str(found["offenders"])
    assert door.get("/quality/customer/worklist?check=unsound&field=phone").status_code == 422


@pytest.mark.django_db
def test_a_snapshot_a_day_makes_the_trend(firm: Firm, customers: list[str]) -> None:
    door = firm.door()
    workspace = next(each for each in list_workspaces() if each.id == firm.workspace.id)
    for _ in range(2):
        with session(firm.workspace.id):
            measure_daily(system_ctx(workspace))
    with session(firm.workspace.id):
        assert QualitySnapshot.objects.filter(object_key="customer").count() == 1
    _sql(firm, "UPDATE quality_snapshot SET day = day - 1, overall = 12")
    assert door.post("/quality/customer/measure").status_code == 200
    listed = {each["object"]: each for each in _good(door, "/quality")["data"]}
    trend = listed["customer"]["trend"]
    assert (
        len(trend) == 2 and trend[0]["overall"] == 12 and trend[1]["overall"] == listed["customer"]["overall"]
    )


@pytest.mark.django_db
def test_settings_change_the_scores(firm: Firm, customers: list[str]) -> None:
    door = firm.door()
    before = _good(door, "/quality/customer")
    change = {"fields": {"name": 1}, "review_days": 365, "version": before["settings"]["version"]}
    saved = door.patch("/quality/customer", change)
    assert saved.status_code == 200 and saved.data["fields"] == {"name": 1}
    found = _good(door, "/quality/customer")
    assert (
        _dimension(found, "completeness")["score"] == 100 and _dimension(found, "timeliness")["score"] == 100
    )
    assert door.patch("/quality/customer", change).status_code == 409
    for wrong, at in (
        ({"fields": {"nothing": 1}}, "fields.nothing"), ({"review_days": 0}, "review_days"), ({"review_days": True}, "review_days"),
        ({"weights": {"completeness": 1}}, "weights"), ({"fields": {}}, "fields"), ({"x": 1}, "x"),
        ({"fields": {"created_at": 1}}, "fields.created_at"),
    ):  # fmt: skip
        answer = door.patch("/quality/customer", {**wrong, "version": 2})
        assert answer.status_code == 422 and answer.data["errors"][0]["field"] == at, answer.data


@pytest.mark.django_db
def test_repairs_are_shown_applied_and_undone(firm: Firm, customers: list[str]) -> None:
    door = firm.door()
    customer = door.post("/customer", {"name": "深圳公司", "region": "广东省深圳市南山区科苑路1号"}).data
    contact = door.post("/contact", {"name": "李雷", "customer": customer["id"]}).data
    _sql(
        firm,
        "UPDATE customer SET name = 'ＡＢＣ  公司', title = 'ＡＢＣ  公司' WHERE id = %s",
        [customers[0]],
    )
    _sql(firm, """UPDATE customer SET region = '{"street": "广东省中山市东区1号", "text": "广东省中山市东区1号"}' WHERE id = %s""", [customers[1]])  # fmt: skip
    shown = {each["key"]: each for each in _good(door, "/quality/customer/repairs")["data"]}
    assert {key: each["count"] for key, each in shown.items()} == {"forms": 1, "names": 1, "regions": 1}
    change = shown["forms"]["examples"][0]["changes"][0]
    assert (change["field"], change["before"], change["after"]) == ("phone", "010 62770334", "+861062770334")
    done = {key: door.post(f"/quality/customer/repairs/{key}").data for key in shown}
    assert [(run["state"], run["repaired"], run["refused"]) for run in done.values()] == [("done", 1, 0)] * 3
    assert door.get(f"/customer/{customers[0]}").data["name"] == "ABC 公司"
    assert door.get(f"/customer/{customers[1]}").data["region"]["city"] == "中山市"
    again = _good(door, "/quality/customer/repairs")
    assert again["data"] == [] and len(again["runs"]) == 3
    undone = door.post("/customer/bulk", {"op": "undo", "batch": done["forms"]["batch"]})
    assert undone.data["affected"] == 1
    assert [each["key"] for each in _good(door, "/quality/customer/repairs")["data"]] == ["forms"]

    blank = {each["key"]: each for each in _good(door, "/quality/contact/repairs")["data"]}
    assert blank["parents"]["examples"][0]["id"] == contact["id"]
    door.post("/quality/contact/repairs/parents")
    assert door.get(f"/contact/{contact['id']}").data["region"] == customer["region"]
    assert door.post("/quality/customer/repairs/nothing").status_code == 404


@pytest.mark.django_db
def test_repairs_stay_within_the_rights_of_the_person(firm: Firm, rep: User, customers: list[str]) -> None:
    member = firm.door(rep)
    assert _good(member, "/quality/customer/repairs")["data"] == []
    assert member.post("/quality/customer/repairs/forms").data["repaired"] == 0
    viewer = firm.door(firm.add("看客", Role.READ_ONLY))
    assert _good(viewer, "/quality/customer/repairs")["data"] == []
    assert viewer.post("/quality/customer/repairs/forms").status_code == 403
    assert _good(firm.door(), "/quality/customer/repairs")["data"][0]["count"] == 1


@pytest.mark.django_db
def test_large_repairs_go_on_in_the_background(
    firm: Firm, customers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = firm.door()
    _sql(firm, "UPDATE customer SET name = name || '  x', title = title || '  x'")
    monkeypatch.setattr(applying, "INLINE", 2)
    monkeypatch.setattr(applying, "CHUNK", 4)
    run = door.post("/quality/customer/repairs/names").data
    assert run["state"] == "running" and run["repaired"] == 0
    run_jobs()
    found = _good(door, "/quality/customer/repairs")
    assert (found["data"], found["runs"][0]["state"], found["runs"][0]["repaired"]) == (
        [each for each in found["data"] if each["key"] == "forms"], "done", 6,
    )  # fmt: skip
    assert door.post("/customer/bulk", {"op": "undo", "batch": run["batch"]}).data["affected"] == 6
    uuid.UUID(run["batch"])


@pytest.mark.django_db
def test_measuring_takes_the_same_statements_whatever_the_number(firm: Firm, customers: list[str]) -> None:
    door = firm.door()

    def statements() -> int:
        with session(firm.workspace.id):
            QualitySnapshot.objects.all().delete()
        with CaptureQueriesContext(connection) as seen:
            door.get("/quality/customer")
        return len(seen)

    statements()
    few = statements()
    made = door.post("/customer/bulk", {"op": "create", "records": [{"name": f"客户{i}"} for i in range(60)]})
    assert made.status_code == 200, made.data
    assert statements() == few


@pytest.mark.django_db
def test_every_object_can_be_reviewed(firm: Firm) -> None:
    door = firm.door()
    for each in _good(door, "/quality")["data"]:
        found = _good(door, f"/quality/{each['object']}")
        assert found["records"] == 0 and found["offenders"] == []
        _good(door, f"/quality/{each['object']}/repairs")
    assert door.get("/quality/nothing").status_code == 404
    assert door.get("/quality/user").status_code == 404


@pytest.mark.django_db
def test_values_are_confirmed_in_their_fields_rhythm(firm: Firm, rep: User) -> None:
    """A value is overdue after its rhythm; changing or confirming it begins the rhythm anew."""
    door = firm.door()
    field = door.patch("/meta/objects/customer/fields/phone", {"review_days": 30})
    assert field.status_code == 200, field.data
    made = [
        door.post("/customer", {"name": name, "phone": phone}).data
        for name, phone in (("甲公司", "0755-86013388"), ("乙公司", "0755-86013389"), ("丙公司", None))
    ]
    old, other, _ = (row["id"] for row in made)
    _sql(firm, "UPDATE customer SET created_at = created_at - interval '40 days'")
    path = f"/quality/customer/confirmations/{old}"
    (shown,) = _good(door, path)["data"]
    assert (shown["field"], shown["overdue"]) == ("phone", True)
    review = _good(door, "/quality/customer")
    (phone,) = [each for each in review["fields"] if each["key"] == "phone"]
    assert (phone["overdue"], phone["review_days"]) == (2, 30)
    timely = next(each for each in review["dimensions"] if each["key"] == "timeliness")
    assert (timely["count"], timely["filter"]) == (2, None)
    assert timely["score"] == pytest.approx(100 / 3, abs=0.01)

    done = door.put(f"{path}/phone", {})
    assert done.status_code == 200 and done.data["data"][0]["overdue"] is False
    door.patch(f"/customer/{other}", {"phone": "0755-86013390", "version": made[1]["version"]})
    assert _good(door, "/quality/customer/worklist?check=overdue&field=phone")["filter"]["value"] == []

    reader = firm.door(rep)
    assert reader.put(f"{path}/phone", {}).status_code == 404  # not theirs to see
    assert door.put(f"{path}/name", {}).data["errors"][0]["code"] == "not_possible"
    assert door.put(f"{path}/nothing", {}).status_code == 404
    assert door.patch("/meta/objects/customer/fields/phone", {"review_days": -1}).status_code == 422


@pytest.mark.django_db
def test_a_person_and_their_company_are_split(firm: Firm) -> None:
    """The company goes to its own empty field, the person to theirs; what is filled is left alone."""
    door = firm.door()
    both = "李明（深圳市华星科技有限公司）"
    first = door.post("/lead", {"name": both}).data
    other = door.post("/lead", {"name": "陈晓东/上海远望股份有限公司", "company": "远望"}).data
    (shown,) = _good(door, "/quality/lead/repairs")["data"]
    assert (shown["key"], shown["count"]) == ("people", 1)
    run = door.post("/quality/lead/repairs/people").data
    done = _good(door, f"/lead/{first['id']}")
    assert (done["name"], done["company"], done["contact_name"]) == ("李明", "深圳市华星科技有限公司", "李明")
    assert _good(door, f"/lead/{other['id']}")["name"] == other["name"]
    assert door.post("/lead/bulk", {"op": "undo", "batch": run["batch"]}).data["affected"] == 1
    assert _good(door, f"/lead/{first['id']}")["name"] == both
