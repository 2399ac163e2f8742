"""Looking as somebody else: what they see and no more, nothing changed, both names told, over in time."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from guanxi.engine.access import viewing
from guanxi.engine.audit.counting import counter
from guanxi.engine.audit.models import AuditEntry, AuditReading
from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Role, session
from guanxi.web.api import api
from guanxi.web.authentication import PUBLIC
from guanxi.web.idempotency import READING_POSTS
from guanxi.web.stream import is_still_admitted
from tests.engine.access.people import ALL, NOTHING, give, make_role
from tests.firms import AUTH, Door, Firm, code_of


@pytest.fixture
def rep(firm: Firm) -> User:
    return firm.add("小李")


def customer(door: Door, name: str = "甲公司", **values: Any) -> str:
    made = door.post("/customer", {"name": name, **values})
    assert made.status_code == 201, made.data
    return str(made.data["id"])


def look(door: Door, person: User | None = None, **body: Any) -> Any:
    answer = door.post("/view-as", {"user": str(person.id)} if person else body)
    assert answer.status_code == 200, answer.data
    return answer.data


def told(firm: Firm, kind: str) -> list[AuditEntry]:
    with session(firm.workspace.id):
        return list(AuditEntry.objects.filter(workspace_id=firm.workspace.id, kind=kind).order_by("id"))


def test_one_sees_what_they_see(firm: Firm, boss: Door, rep: User) -> None:
    mine, theirs = customer(boss, "老板的"), customer(firm.door(rep), "小李的")
    until = look(boss, rep)["until"]
    assert [c["name"] for c in boss.get("/customer").data["data"]] == ["小李的"]
    assert boss.get(f"/customer/{mine}").status_code == 404
    assert boss.get(f"/customer/{theirs}").status_code == 200
    assert boss.get("/search?q=老板的").data["data"] == []
    me = boss.get("/me").data
    assert me["user"]["name"] == "小李"
    assert (me["areas"], me["can"]["members"], me["can"]["import"]) == ([], False, False)
    assert me["viewing"]["by"]["name"] == "王芳"
    assert me["viewing"]["until"] == until
    assert len(me["workspaces"]) == 1
    assert firm.door().get("/me").data["viewing"] is None, "another session of the same person"
    assert boss.delete("/view-as").status_code == 204
    assert boss.get(f"/customer/{mine}").status_code == 200
    assert code_of(boss.delete("/view-as")) == "not_viewing"


def writes() -> list[tuple[str, str]]:
    """Every route that is no GET."""

    def of(prefix: str, router: Router) -> list[tuple[str, str]]:
        found = [
            (verb, f"{prefix}{path}")
            for path, view in router.path_operations.items()
            for operation in view.operations
            for verb in operation.methods
            if verb != "GET"
        ]
        return found + [
            pair for inner, nested, *_ in router._routers for pair in of(f"{prefix}{inner}", nested)
        ]

    return sorted({pair for prefix, router in api._routers for pair in of(prefix, router)})


def test_every_write_is_refused_with_a_sentence(firm: Firm, boss: Door, rep: User) -> None:
    theirs = customer(firm.door(rep))
    look(boss, rep)
    for verb, path in writes():
        if (
            PUBLIC.match(f"/api/v1{path}")
            or path.endswith(READING_POSTS)
            or (verb, path) == ("DELETE", "/view-as")
        ):
            continue
        for name in ("object_key", "record_id"):
            path = path.replace(f"{{{name}}}", {"object_key": "customer", "record_id": theirs}[name])
        filled = "/".join(str(uuid.uuid4()) if part.startswith("{") else part for part in path.split("/"))
        answer = boss.call(verb, filled, {"name": "改", "version": 1})
        assert (answer.status_code, answer.data["code"]) == (403, "viewing_as"), (verb, path, answer.data)
        assert "小李" in answer.data["detail"]
    refused = boss.post(f"{AUTH[: -len('/auth')]}/account/password/change", {"new_password": "x"})
    assert (refused.status_code, refused.data["code"]) == (403, "viewing_as")
    found = boss.get(f"/customer/{theirs}").data
    assert (found["name"], found["version"]) == ("甲公司", 1)


def test_exports_and_sign_ins_stay_with_them(firm: Firm, boss: Door, rep: User) -> None:
    look(boss, rep)
    for path in (f"/exports/{uuid.uuid4()}/download", f"/imports/{uuid.uuid4()}/errors.xlsx", "/me/sign-ins", "/audit/export",
                 f"/jobs/{uuid.uuid4()}/refused.csv"):  # fmt: skip
        assert code_of(boss.get(path)) == "viewing_as", path


def test_masks_and_hidden_fields_are_theirs(firm: Firm, boss: Door, rep: User) -> None:
    made = boss.post("/contact", {"name": "张三丰", "mobile": "+8613812345678", "owner": str(rep.id)}).data[
        "id"
    ]
    make_role(boss, "blind", objects={"*": ALL}, fields={"contact": {"mobile": "masked", "email": "hidden"}})
    give(boss, rep, "blind")
    look(boss, rep)
    seen = boss.get(f"/contact/{made}").data
    assert "8613812345678" not in json.dumps(seen)
    assert "email" not in seen
    assert boss.post(f"/contact/{made}/fields/mobile/reveal").status_code in (403, 404)


def test_a_set_of_roles_is_tried_on(firm: Firm, boss: Door, rep: User) -> None:
    mine = customer(boss, "老板的")
    customer(firm.door(rep), "小李的")
    look(boss, roles=["member"])
    assert [c["name"] for c in boss.get("/customer").data["data"]] == ["老板的"]
    assert boss.get("/me").data["viewing"]["roles"] == ["member"]
    assert boss.patch(f"/customer/{mine}", {"name": "改", "version": 1}).status_code == 403
    boss.delete("/view-as")
    make_role(boss, "no_customers", objects={"*": ALL, "customer": NOTHING})
    look(boss, roles=["no_customers"])
    assert boss.get("/customer").status_code == 404


def test_both_names_are_told(firm: Firm, boss: Door, rep: User) -> None:
    customer(firm.door(rep))
    counter.forget()
    look(boss, rep)
    boss.get("/customer")
    boss.delete("/view-as")
    (begun,), (ended,) = told(firm, "view_as.begun"), told(firm, "view_as.ended")
    assert (begun.actor_id, begun.record_id, begun.detail["name"]) == (firm.admin.id, rep.id, "小李")
    assert (ended.actor_id, ended.record_id, ended.detail["viewing_as"]) == (firm.admin.id, rep.id, "小李")
    counter.flush()
    read = next(e for e in told(firm, "view_as.read") if e.operation == "GET /api/v1/customer")
    assert (read.actor_id, read.record_id, read.detail["viewing_as"]) == (firm.admin.id, rep.id, "小李")
    with session(firm.workspace.id):
        reading = AuditReading.objects.get(workspace_id=firm.workspace.id, object_key="customer")
    assert reading.actor_id == firm.admin.id


def test_it_ends_in_time_and_the_first_request_says_so(firm: Firm, boss: Door, rep: User) -> None:
    mine = customer(boss)
    look(boss, rep)
    _set(boss, until=(timezone.now() - timedelta(seconds=1)).isoformat())
    late = boss.patch(f"/customer/{mine}", {"name": "改", "version": 1})
    assert (late.status_code, code_of(late)) == (403, "viewing_over")
    assert boss.get(f"/customer/{mine}").data["version"] == 1
    assert boss.get("/me").data["viewing"] is None
    (ended,) = told(firm, "view_as.ended")
    assert (ended.actor_id, ended.detail["reason"]) == (firm.admin.id, "time")


def test_it_ends_with_the_rights_of_either(firm: Firm, boss: Door, rep: User) -> None:
    other = firm.add("二号", Role.ADMIN)
    hers = firm.door(other)
    look(hers, rep)
    boss.patch(f"/members/{other.id}", {"role": "member"})
    assert code_of(hers.get("/customer")) == "viewing_over"
    boss.patch(f"/members/{other.id}", {"role": "admin"})
    look(hers, rep)
    boss.patch(f"/members/{rep.id}", {"status": "disabled"})
    assert code_of(hers.get("/customer")) == "viewing_over"


def test_nobody_sees_more_by_it(firm: Firm, boss: Door, rep: User) -> None:
    make_role(boss, "people_office", objects={"*": ALL | {"see": "own", "export": "own"}}, areas=["members"])
    make_role(boss, "half", objects={"*": ALL}, fields={"customer": {"phone": "masked"}}, areas=["members"])
    office, half = firm.add("人事"), firm.add("半盲")
    give(boss, office, "people_office")
    give(boss, half, "half")
    for person, others in ((office, (rep, firm.admin)), (half, (rep, firm.admin))):
        for other in others:
            refused = firm.door(person).post("/view-as", {"user": str(other.id)})
            assert (refused.status_code, code_of(refused)) == (403, "sees_more"), refused.data
    assert firm.door(office).post("/view-as", {"roles": ["admin"]}).status_code == 403
    assert firm.door(rep).post("/view-as", {"user": str(firm.admin.id)}).status_code == 403
    assert firm.door(rep).post("/view-as", {"roles": ["member"]}).status_code == 403


def test_separated_duties_stay_separate(firm: Firm, boss: Door, rep: User) -> None:
    officer, auditor = firm.add("安全员"), firm.add("审计员")
    make_role(boss, "officer", objects={"*": NOTHING}, areas=["roles", "security"])
    make_role(boss, "watcher", objects={"*": NOTHING}, areas=["audit"])
    give(boss, officer, "officer")
    give(boss, auditor, "watcher")
    assert boss.patch("/access/settings", {"separate_duties": True}).status_code == 200
    for person in (officer, auditor):
        refused = boss.post("/view-as", {"user": str(person.id)})
        assert (refused.status_code, code_of(refused)) == (403, "sees_more")
    refused = firm.door(officer).post("/view-as", {"user": str(rep.id)})
    assert (refused.status_code, code_of(refused)) == (403, "sees_more")
    look(boss, rep)


def test_refused(firm: Firm, other_firm: Firm, boss: Door, rep: User) -> None:
    for body, status in (
        ({}, 422), ({"user": str(rep.id), "roles": ["member"]}, 422), ({"user": str(firm.admin.id)}, 422),
        ({"user": str(other_firm.admin.id)}, 404), ({"user": str(uuid.uuid4())}, 404), ({"roles": ["nobody"]}, 422),
    ):  # fmt: skip
        assert boss.post("/view-as", body).status_code == status, body
    token = Door(firm.token())
    assert code_of(token.post("/view-as", {"user": str(rep.id)})) == "no_token"
    assert boss.get("/me").data["viewing"] is None
    look(boss, rep)
    assert code_of(boss.post("/view-as", {"user": str(rep.id)})) == "viewing_as"
    assert token.get("/me").data["user"]["name"] == "王芳", "a token never looks as somebody else"


def test_the_stream_ends_with_it(firm: Firm, boss: Door, rep: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own is used on

    def admitted() -> tuple[HttpRequest, Any]:
        response = boss.get("/me")
        return response.wsgi_request, response.wsgi_request.ctx

    request, own = admitted()
    assert is_still_admitted(request, own)
    look(boss, rep)
    assert not is_still_admitted(request, own), "a stream of one's own does not go on as theirs"
    request, theirs = admitted()
    assert is_still_admitted(request, theirs)
    boss.delete("/view-as")
    assert not is_still_admitted(request, theirs)


def _set(door: Door, **values: str) -> None:
    store = door.client.session
    store[viewing.SESSION] = {**store[viewing.SESSION], **values}
    store.save()
    assert Session.objects.filter(session_key=door.session_key).exists()
