"""查重 and requests: what is told of a record one may not see, and how it may change hands."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, run_jobs

NAME, PHONE, TAX = "深圳市甲乙丙科技有限公司", "0755-86013388", "91440300708461136T"


@dataclass
class Office:
    """A firm of two teams; `rep` has a customer that `other` may not see."""

    firm: Firm
    rep: User
    other: User
    chief: User
    customer: dict[str, Any]
    hidden: tuple[str, ...]

    def door(self, person: User) -> Door:
        return self.firm.door(person)


@pytest.fixture
def office(firm: Firm) -> Office:
    rep, other = firm.add("何销售"), firm.add("吴销售")
    chief = firm.add("钱主管", Role.MANAGER)
    with session(firm.workspace.id):
        east = Team.objects.create(workspace_id=firm.workspace.id, name="华东团队", manager=chief)
        Membership.objects.filter(user=rep).update(team=east, manager=chief)
    given = {"name": NAME, "phone": PHONE, "tax_number": TAX, "email": "boss@jyb.example"}
    customer = firm.door(rep).post("/customer", given).data
    return Office(
        firm, rep, other, chief, customer, (customer["id"], str(rep.id), "何销售", NAME, "jyb.example")
    )


def _search(door: Door, text: str) -> dict[str, Any]:
    answer = door.post("/duplicates/search", {"q": text})
    assert answer.status_code == 200, answer.data
    return answer.data


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["甲乙丙科技", NAME, "深圳甲乙丙科技", PHONE, "+86 755 86013388", TAX.lower()]
)
def test_what_is_equal_is_found_and_masked(office: Office, text: str) -> None:
    office.firm.door().call(
        "PUT", "/meta/objects/customer/identity/name", {"parts": [{"field": "name", "normal": "company"}]}
    )
    run_jobs()
    answer = office.door(office.other).post("/duplicates/search", {"q": text})
    assert len(answer.data["data"]) == 1, answer.data
    match = answer.data["data"][0]
    assert match["team"] == {"name": "华东团队"}
    assert (match["can_open"], match["in_pool"]) == (False, False)
    assert all(match[key] is None for key in ("id", "title", "owner", "last_contact_at"))
    for secret in office.hidden:
        assert secret not in answer.content.decode(), secret
    mine = _search(office.door(office.rep), text)["data"][0]
    assert (mine["id"], mine["title"], mine["owner"]["name"]) == (office.customer["id"], NAME, "何销售")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["甲乙", "甲乙丙科", "8601", "86013388", "jiayibing", "jyb.example", "9144030070846"]
)
def test_parts_of_a_value_reveal_nothing(office: Office, text: str) -> None:
    found = _search(office.door(office.other), text)
    assert found == {"data": [], "similar": []}


@pytest.mark.django_db
def test_what_one_sees_is_found_by_parts_too(office: Office) -> None:
    found = _search(office.door(office.rep), "甲乙丙")
    assert [hit["id"] for hit in found["similar"]] == [office.customer["id"]]
    assert found["similar"][0]["owner"]["name"] == "何销售"
    office.door(office.rep).post("/lead", {"name": "张伟", "company": "线索公司", "mobile": "13800138000"})
    office.door(office.rep).post("/contact", {"name": "李雷", "mobile": "13800138000"})
    found = _search(office.door(office.rep), "138 0013 8000")
    assert {hit["object"] for hit in found["data"]} == {"lead", "contact"}
    masked = _search(office.door(office.other), "138 0013 8000")["data"]
    assert {(hit["object"], hit["id"]) for hit in masked} == {("lead", None), ("contact", None)}


@pytest.mark.django_db
def test_other_firms_and_deleted_records_are_not_found(office: Office, other_firm: Firm) -> None:
    assert _search(other_firm.door(), NAME) == {"data": [], "similar": []}
    assert (
        office.door(office.rep).delete(f"/customer/{office.customer['id']}", {"version": 1}).status_code
        == 204
    )
    assert _search(office.door(office.other), NAME) == {"data": [], "similar": []}


@pytest.mark.django_db
def test_questions_are_counted(office: Office) -> None:
    door = office.door(office.other)
    answers = [door.post("/duplicates/search", {"q": f"1380013{n:04}"}).status_code for n in range(40)]
    assert answers[0] == 200
    assert answers[-1] == 429
    for text in ("", "x", 5, None, "长" * 300, "a\x00b"):
        assert office.door(office.rep).post("/duplicates/search", {"q": text}).status_code == 422


@pytest.mark.django_db
def test_typing_masks_the_same(office: Office) -> None:
    answer = office.door(office.other).post("/customer/duplicates", {"name": "甲乙丙科技", "phone": PHONE})
    for secret in office.hidden:
        assert secret not in answer.content.decode(), secret
    (match,) = answer.data["data"]
    assert (match["reason"]["rule"], match["strict"]) == ("phone", False)


def _request(office: Office, **extra: Any) -> Any:
    door = office.door(office.other)
    match = door.post("/customer/duplicates", {"phone": PHONE}).data["data"][0]
    return door.post(
        "/duplicates/requests",
        {
            "object": "customer",
            "ref": match["ref"],
            "values": {"phone": PHONE},
            "message": "老客户介绍的",
            **extra,
        },
    )


@pytest.mark.django_db
def test_the_owner_and_their_manager_are_asked_and_may_hand_over(office: Office) -> None:
    made = _request(office)
    assert made.status_code == 201, made.data
    assert made.data["record"] is None
    for secret in office.hidden:
        assert secret not in made.content.decode()
    assert _request(office).data["code"] == "already_requested"
    for person in (office.rep, office.chief):
        told = office.door(person).get("/notifications").data["data"]
        assert [notice["kind"] for notice in told] == ["record.requested"]
        assert told[0]["body"] == "老客户介绍的"
        assert office.door(person).get("/duplicates/requests").data["data"][0]["record"]["title"] == NAME
    url = f"/duplicates/requests/{made.data['id']}"
    for stranger in (office.other, office.firm.add("路人")):
        assert office.door(stranger).post(f"{url}/approve").status_code == 404
    done = office.door(office.rep).post(f"{url}/approve", {"answer": "给你"})
    assert (done.status_code, done.data["state"]) == (200, "approved"), done.data
    record = office.door(office.other).get(f"/customer/{office.customer['id']}").data
    assert record["owner"]["id"] == str(office.other.id)
    assert office.door(office.chief).post(f"{url}/decline").status_code in (404, 409)
    sent = office.door(office.other).get("/duplicates/requests?box=sent").data["data"]
    assert [(row["state"], row["answer"], row["record"]["title"]) for row in sent] == [
        ("approved", "给你", NAME)
    ]


@pytest.mark.django_db
def test_a_declined_request_tells_nothing_and_may_be_made_again(office: Office) -> None:
    first = _request(office).data["id"]
    declined = office.door(office.chief).post(f"/duplicates/requests/{first}/decline", {"answer": "正在谈"})
    assert declined.data["state"] == "declined"
    notices = office.door(office.other).get("/notifications").data["data"]
    assert notices[0]["body"] == "正在谈"
    for secret in (NAME, office.customer["id"], "何销售"):
        assert secret not in str(notices)
    second = _request(office)
    assert second.status_code == 201
    assert office.door(office.other).delete(f"/duplicates/requests/{second.data['id']}").status_code == 204
    assert (
        office.door(office.rep).post(f"/duplicates/requests/{second.data['id']}/approve").status_code == 409
    )


@pytest.mark.django_db
def test_a_reference_alone_leads_nowhere(office: Office, other_firm: Firm) -> None:
    match = office.door(office.other).post("/customer/duplicates", {"phone": PHONE}).data["data"][0]
    body = {"object": "customer", "ref": match["ref"], "values": {"phone": PHONE}}
    third = office.firm.add("第三人")
    for door in (office.door(third), other_firm.door()):
        assert door.post("/duplicates/requests", body).status_code == 404
    for values in ({}, {"phone": "0755-1"}, {"name": "别家"}):
        assert (
            office.door(office.other).post("/duplicates/requests", body | {"values": values}).status_code
            == 404
        )
    assert (
        office.door(office.other).post("/duplicates/requests", body | {"message": "长" * 501}).status_code
        == 422
    )
    viewer = office.firm.add("看客", Role.READ_ONLY)
    assert office.door(viewer).post("/duplicates/requests", body).status_code == 403
    with connection.cursor() as db:
        db.execute("SELECT count(*) FROM record_request")
        assert db.fetchone()[0] == 0


@pytest.mark.django_db
def test_what_nobody_owns_is_said_to_be_in_the_pool(office: Office) -> None:
    changed = office.firm.door().patch(f"/customer/{office.customer['id']}", {"owner": None, "version": 1})
    assert changed.status_code == 200
    (match,) = _search(office.door(office.other), PHONE)["data"]
    assert (match["in_pool"], match["team"], match["id"]) == (True, None, None)
    made = _request(office)
    assert made.status_code == 201
    assert office.firm.door().get("/notifications").data["data"][0]["kind"] == "record.requested"
