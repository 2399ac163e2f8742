"""Every address of the API: known to the battery, shut to strangers, and silent about the other firm."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from ninja import Router
from pytest_django import DjangoDbBlocker

from guanxi.engine.schema.rules import RESERVED_OBJECTS
from guanxi.web.api import api
from guanxi.web.idempotency import READING_POSTS
from tests.battery.world import CUSTOM, SECRET, World
from tests.firms import Door


def addresses() -> list[tuple[str, str]]:
    """`(verb, path)` of every route that is mounted, generic ones included."""
    found = {pair for prefix, router in api._routers for pair in _of(prefix, router)}
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _of(prefix: str, router: Router) -> Iterator[tuple[str, str]]:
    """The routes of a router and of those inside it."""
    for path, view in router.path_operations.items():
        for operation in view.operations:
            yield from ((verb, f"{prefix}{path}") for verb in operation.methods)
    for inner, nested, *_ in router._routers:
        yield from _of(f"{prefix}{inner}", nested)


def test_no_object_can_be_made_under_an_address_of_the_program() -> None:
    fixed = {path.split("/")[1].partition(".")[0] for _, path in addresses()} - {"{object_key}"}
    assert fixed <= RESERVED_OBJECTS


PUBLIC = (
    "/setup",
    "/invitations/{token}",
    "/sign-in/{address}",
    "/public/notices/{token}",
    "/public/forms/{token}",
    "/public/forms/{token}/files",
    "/public/consents/{token}",
    "/public/copies/{token}",
    "/public/offers/{token}",
    "/public/offers/{token}/pdf",
    "/public/calendars/{token}",
    "/public/orders/{token}",
)
GENERIC = "/{object_key}"
FOREIGN_IDS = ("job_id", "view_id", "dashboard_id", "pipeline_id", "team_id", "member_id", "user_id", "token_id", "file_id", "record_id", "batch_id", "export_id",
               "import_id", "key", "rule_id", "request_id", "cluster_id", "task_id", "change_id", "work_id", "delegation_id", "entry_id", "hold_id",
               "purpose_id", "notice_id", "link_id", "connection_id", "retention_id", "run_id", "assessment_id",
               "sharing_id", "breach_id", "pool_key", "queue_id", "plan_id", "card_id", "contest_id", "follow_up_plan_id", "remark_id", "form_id", "contract_id", "payment_id", "order_id", "customer_id", "event_id", "guest_id")  # fmt: skip


@pytest.fixture(scope="module")
def foreign(made_world: World, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Ids of everything that the other firm has besides records, made once for the module."""
    with django_db_blocker.unblock():
        return _made_by_the_other_firm(made_world)


def _made_by_the_other_firm(world: World) -> dict[str, str]:
    door = world.doors["foreign"]
    team = door.post("/teams", {"name": SECRET}).data["id"]
    view = door.post(
        "/views",
        {"object": "customer", "name": SECRET, "kind": "table", "scope": "everyone", "definition": {}},
    )
    assert view.status_code == 201, view.data
    dashboard = door.post("/dashboards", {"name": SECRET, "scope": "everyone"})
    assert dashboard.status_code == 201, dashboard.data
    pipeline = door.get("/pipelines").data["data"][0]["id"]
    token = door.post("/tokens", {"name": SECRET, "scopes": ["read"]}).data["id"]
    sheet = SimpleUploadedFile("a.csv", f"名称\n{SECRET}\n".encode(), content_type="text/csv")
    job: Any = door.client.post("/api/v1/imports", {"file": sheet, "object": "customer"})
    assert job.status_code == 201, job.content
    file: Any = door.client.post(
        "/api/v1/files", {"file": SimpleUploadedFile("a.txt", SECRET.encode(), content_type="text/plain")}
    )
    assert file.status_code == 201, file.content
    rule = door.post(
        "/meta/objects/customer/rules", {"name": SECRET, "effects": [{"kind": "hide", "fields": ["source"]}]}
    )
    assert rule.status_code == 201, rule.data
    made = door.post("/meta/objects/customer/fields", {"key": "foreign", "type": "text", "label": SECRET})
    assert made.status_code == 201, made.data
    task = door.post("/meta/objects/customer/fields/foreign/conversions", {"type": "number"}).data["id"]
    purpose = door.post("/privacy/purposes", {"name": SECRET, "basis": "consent"})
    assert purpose.status_code == 201, purpose.data
    notice = door.post(
        "/privacy/notices", {"name": SECRET, "draft": {"title": SECRET, "body": SECRET, "purposes": []}}
    )
    assert notice.status_code == 201, notice.data
    way = door.post(
        "/sso-connections",
        {"kind": "oidc", "label": SECRET, "config": {"issuer": "https://x.example", "client_id": "x"}},
    )
    assert way.status_code == 201, way.data
    pool = door.post("/pools", {"object": "customer", "name": {"zh-CN": SECRET}})
    assert pool.status_code == 201, pool.data
    queue = door.post(
        "/assignment/queues",
        {"name": {"zh-CN": SECRET}, "members": [{"kind": "user", "id": str(world.other.admin.id)}]},
    )
    assert queue.status_code == 201, queue.data
    plan = door.post("/targets/plans", {"name": {"zh-CN": SECRET}, "measure": "won"})
    assert plan.status_code == 201, plan.data
    card = door.post(
        "/targets/cards", {"name": {"zh-CN": SECRET}, "items": [{"plan": plan.data["id"], "weight": 1}]}
    )
    assert card.status_code == 201, card.data
    days = {"plan_id": plan.data["id"], "first": "2026-01-01", "last": "2026-01-31"}
    contest = door.post("/targets/contests", {"name": {"zh-CN": SECRET}, **days})
    assert contest.status_code == 201, contest.data
    remark = door.post(f"/remarks/customer/{world.id('customer', 'foreign')}", {"body": SECRET})
    assert remark.status_code == 201, remark.data
    steps = [{"day": 0, "subject": {"zh-CN": SECRET}}]
    contacts = door.post(
        "/follow-ups/plans", {"object": "customer", "name": {"zh-CN": SECRET}, "steps": steps}
    )
    assert contacts.status_code == 201, contacts.data
    form = door.post("/web-forms", {"name": SECRET, "fields": [{"key": "name", "required": True}]})
    assert form.status_code == 201, form.data
    event = door.post("/event", {"subject": SECRET, "start_at": "2099-01-01T09:00:00Z"})
    assert event.status_code == 201, event.data
    guest = door.post(
        f"/follow-ups/events/{event.data['id']}/guests",
        {"to": [{"object": "user", "id": str(world.other.admin.id)}]},
    )
    assert guest.status_code == 201, guest.data
    person, record = str(world.other.admin.id), world.id("customer", "foreign")
    return {
        "team_id": team, "view_id": view.data["id"], "dashboard_id": dashboard.data["id"], "pipeline_id": pipeline, "token_id": token, "job_id": job.json()["id"],
        "import_id": job.json()["id"], "export_id": job.json()["id"], "file_id": file.json()["id"], "member_id": person, "user_id": person,
        "record_id": record, "batch_id": record, "rule_id": rule.data["id"], "request_id": record, "cluster_id": record,
        "task_id": task, "change_id": record, "work_id": record, "delegation_id": record, "entry_id": record, "hold_id": record, "connection_id": way.data["id"],
        "purpose_id": purpose.data["id"], "notice_id": notice.data["id"], "link_id": record, "retention_id": record, "run_id": record,
        "assessment_id": record, "sharing_id": record, "breach_id": record, "pool_key": pool.data["key"], "queue_id": queue.data["id"], "plan_id": plan.data["id"], "card_id": card.data["id"], "contest_id": contest.data["id"],
        "follow_up_plan_id": contacts.data["id"], "remark_id": remark.data["id"],
        "form_id": form.data["id"],
        "contract_id": world.id("contract", "foreign"), "payment_id": world.id("payment", "foreign"),
        "order_id": world.id("sales_order", "foreign"), "customer_id": record,
        "event_id": event.data["id"], "guest_id": guest.data["data"][0]["id"],
    }  # fmt: skip


def _filled(path: str, ids: dict[str, str]) -> str:
    plain = {
        "object_key": "customer",
        "field_key": "name",
        "field": "phone",
        "rule_key": "name",
        "action_key": "restore",
        "name": "api.js",
        "token": "x" * 40,
        "address": "nobody",
    }
    for name, value in (plain | ids).items():
        path = path.replace(f"{{{name}}}", value)
    return path


def test_every_parameter_of_a_path_is_known_to_the_battery() -> None:
    known = {
        *FOREIGN_IDS,
        "object_key",
        "field_key",
        "field",
        "rule_key",
        "action_key",
        "name",
        "token",
        "address",
    }
    unknown = {
        part.strip("{}") for _, path in addresses() for part in path.split("/") if part.startswith("{")
    } - known
    assert unknown == set(), f"say in FOREIGN_IDS what these are: {sorted(unknown)}"


@pytest.mark.parametrize(("verb", "path"), [pair for pair in addresses() if pair[1] not in PUBLIC])
@pytest.mark.asvs("8.2.1", "7.2.1")
def test_nobody_is_let_in_without_a_session_or_a_token(world: World, verb: str, path: str) -> None:
    ids = dict.fromkeys(FOREIGN_IDS, str(uuid.uuid4()))
    for door in (Door(), Door("gx_not.a.token"), Door(world.firm.token() + "x")):
        answer = door.call(verb, _filled(path, ids), {})
        assert answer.status_code == 401, (answer.status_code, answer.data)
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        pair
        for pair in addresses()
        if any(f"{{{name}}}" in pair[1] for name in FOREIGN_IDS) and not pair[1].endswith("/reveal")
    ],  # nothing is masked for an administrator, and that is said first
)
@pytest.mark.asvs("8.2.2")
def test_an_id_of_the_other_firm_is_not_there(
    world: World, foreign: dict[str, str], verb: str, path: str
) -> None:
    bodies: tuple[Any, ...] = (
        {},
        {"version": 1},
        {"name": "改", "version": 1},
        {"rows": [{"row": 1, "cells": {"0": "x"}}]},
        {"kind": "wrong"},
    )
    if path.startswith("/pools/"):
        ids = {"ids": [foreign["record_id"]]}
        bodies += (ids, ids | {"people": [foreign["user_id"]]}, {"kind": "no_follow_up", "days": 3})
    if path.startswith("/targets/"):
        split = {"kind": "user", "id": foreign["user_id"], "unit": "year", "start": "2026-01-01", "amount": 1}
        bodies += ({"cells": []}, {"day": "2026-01-01"}, split)
    if path.startswith("/remarks/"):
        bodies += ({"body": "改"},)
    if path.startswith("/receivables/"):
        bodies += ({"parts": 2, "first_due": "2031-01-01"},)
    if path.endswith("/brought-by"):
        bodies += ({"code": "2222-2222"},)
    if path.endswith("/guests"):
        bodies += ({"to": [{"object": "user", "id": foreign["user_id"]}]},)
    if path.endswith("/guests/{guest_id}/proposal"):
        bodies += ({"answer": "accepted"},)
    for body in bodies:
        answer = world.boss.call(
            verb, _filled(path, foreign), body if verb != "GET" else None, **{"If-Match": '"1"'}
        )
        assert answer.status_code in (404, 422, 428), (body, answer.status_code, answer.data)
        assert SECRET not in answer.content.decode()
    assert 404 in {
        world.boss.call(
            verb, _filled(path, foreign), body if verb != "GET" else None, **{"If-Match": '"1"'}
        ).status_code
        for body in bodies
    }


@pytest.mark.parametrize(
    ("verb", "path"),
    [pair for pair in addresses() if pair[0] == "GET" and "{" not in pair[1] and pair[1] not in PUBLIC],
)
@pytest.mark.parametrize("who", ["boss", "manager", "rep", "reader", "reading token"])
def test_no_list_tells_of_the_other_firm(
    world: World, foreign: dict[str, str], who: str, verb: str, path: str
) -> None:
    query = {
        "/search": f"?q={SECRET}",
        "/companies/lookup": f"?q={SECRET}",
        "/views": "?object=customer",
        "/pipelines": "?object=opportunity",
        "/access/people": "?object=customer&verb=see",
    }.get(path, "")
    answer = world.doors[who].get(path + query)
    assert answer.status_code in (200, 403), answer.data
    if not getattr(answer, "streaming", False):
        told = answer.content.decode(errors="replace")  # some are packed files
        assert SECRET not in told
        for record_id in foreign.values():
            assert record_id not in told


WRITES = [
    (verb, path)
    for verb, path in addresses()
    if verb != "GET"
    and path not in PUBLIC
    and not path.startswith(GENERIC)
    and not (verb == "POST" and path.endswith(READING_POSTS))
]
OWN = {"PATCH /me", "POST /me/workspace", "POST /tokens", "DELETE /tokens/{token_id}", "POST /notifications/read", "POST /views",
       "PATCH /views/{view_id}", "DELETE /views/{view_id}", "POST /dashboards", "POST /dashboards/preview",
       "PATCH /dashboards/{dashboard_id}", "DELETE /dashboards/{dashboard_id}"}  # fmt: skip
"""Writes that concern nobody but the person who makes them, whatever their role."""


@pytest.mark.parametrize(("verb", "path"), WRITES)
@pytest.mark.asvs("8.2.1")
def test_a_reading_token_writes_nowhere(world: World, verb: str, path: str) -> None:
    ids = dict.fromkeys(FOREIGN_IDS, str(uuid.uuid4()))
    answer = world.doors["reading token"].call(verb, _filled(path, ids), {})
    assert (answer.status_code, answer.data["code"]) == (403, "token_reads_only"), answer.data


@pytest.mark.parametrize(("verb", "path"), [pair for pair in WRITES if " ".join(pair) not in OWN])
def test_who_may_only_read_changes_nothing_of_the_firm(world: World, verb: str, path: str) -> None:
    ids = {"job_id": str(uuid.uuid4()), "pipeline_id": world.boss.get("/pipelines").data["data"][0]["id"],
           "team_id": str(world.teams["south"].id), "member_id": str(world.people["rep"].id), "user_id": str(world.people["rep"].id)}  # fmt: skip
    ids = dict.fromkeys(FOREIGN_IDS, str(uuid.uuid4())) | ids
    body: dict[str, Any] = {"name": "改", "key": "made", "label": "Made", "type": "text", "object": "customer", "format": "csv", "rows": [],
                            "email": "x@y.example", "role": "member"}  # fmt: skip
    answer = world.doors["reader"].call(verb, _filled(path, ids).replace("/customer", f"/{CUSTOM}"), body)
    assert answer.status_code in (403, 404, 422, 428), (answer.status_code, answer.data)
    objects = world.boss.get("/meta/objects").data["data"]
    assert {obj["key"]: obj for obj in objects if obj["line_of"] is None} == world.meta
    assert not 200 <= answer.status_code < 300
