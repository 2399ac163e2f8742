"""What people do is in the audit, through the doors they do it by."""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.audit import reading
from guanxi.engine.audit.counting import counter
from guanxi.engine.audit.kinds import GROUPS, kinds
from guanxi.engine.audit.models import AuditReading
from guanxi.engine.audit.writing import INSTALLATION
from guanxi.engine.identity import facade
from guanxi.engine.notifications.models import Notification
from guanxi.engine.tenancy.context import Role, session
from tests.firms import PASSWORD, Door, Firm

AGENT = "Mozilla/5.0 (Test)"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    counter.forget()


def entries(workspace: uuid.UUID, kind: str) -> list[dict[str, Any]]:
    """The entries of a kind, in order."""
    with session(workspace), connection.cursor() as db:
        db.execute(
            "SELECT actor_id, token_id, ip, agent, operation, object_key, record_id, count, detail, tx FROM audit_entry"
            " WHERE workspace_id = %s AND kind = %s ORDER BY at, id",
            [workspace, kind],
        )
        names = [column[0] for column in db.description]
        rows = [dict(zip(names, row, strict=True)) for row in db.fetchall()]
    for row in rows:
        row["detail"] = row["detail"] if isinstance(row["detail"], dict) else json.loads(row["detail"])
    return rows


def only(firm: Firm, kind: str) -> dict[str, Any]:
    """The one entry of a kind."""
    found = entries(firm.workspace.id, kind)
    assert len(found) == 1, (kind, found)
    return found[0]


@pytest.mark.asvs("16.2.1", "16.3.1")
def test_signing_in_failing_and_signing_out(firm: Firm) -> None:
    door = Door()
    door.headers["User-Agent"] = AGENT
    assert door.sign_in(firm.admin.email, "wrong password").status_code == 400
    failed = only(firm, "signin.failed")
    assert (failed["actor_id"], failed["ip"], failed["agent"]) == (firm.admin.id, "127.0.0.1", AGENT)
    assert failed["detail"]["address"] == firm.admin.email
    assert door.sign_in(firm.admin.email).status_code == 200
    assert only(firm, "signin.in")["actor_id"] == firm.admin.id
    door.delete("/_allauth/browser/v1/auth/session")
    assert only(firm, "signin.out")["actor_id"] == firm.admin.id


@pytest.mark.asvs("16.2.5")
def test_an_attempt_with_an_unknown_address_keeps_little_of_it(firm: Firm) -> None:
    Door().sign_in("my-secret-password@nowhere.example", "x" * 12)
    assert entries(firm.workspace.id, "signin.failed") == []
    (told,) = entries(INSTALLATION, "signin.failed")
    assert told["detail"] == {"address": "m…@nowhere.example", "known": False}


@pytest.mark.asvs("16.3.3")
def test_being_locked_out(firm: Firm) -> None:
    door = Door()
    for _ in range(6):
        door.sign_in(firm.admin.email, "wrong password")
    assert entries(firm.workspace.id, "signin.locked")


def test_a_sign_in_is_told_in_every_workspace_of_the_person_and_in_no_other(
    firm: Firm, other_firm: Firm, make_firm: Callable[..., Firm]
) -> None:
    third = make_firm("第三家", "third@other.example", "赵六")
    with session(third.workspace.id):
        facade.add_member(third.workspace.id, firm.admin, role=Role.MEMBER)
    Door().sign_in(firm.admin.email)
    assert only(firm, "signin.in") and only(third, "signin.in")
    assert entries(other_firm.workspace.id, "signin.in") == []


def test_a_changed_password(firm: Firm) -> None:
    door = Door()
    door.sign_in(firm.admin.email)
    fresh = "另一个 secret 2027"
    answer = door.post(
        "/_allauth/browser/v1/account/password/change", {"current_password": PASSWORD, "new_password": fresh}
    )
    assert answer.status_code == 200
    told = only(firm, "account.password_changed")
    assert fresh not in json.dumps(told["detail"], ensure_ascii=False)


def test_tokens_their_writing_and_their_reading(firm: Firm) -> None:
    made = firm.door().post("/tokens", {"name": "ERP", "scopes": ["read", "write"]}).data
    told = only(firm, "token.created")
    assert (told["detail"]["name"], str(told["record_id"])) == ("ERP", made["id"])
    assert made["token"] not in json.dumps(told["detail"])
    erp = Door(made["token"])
    customer = erp.post("/customer", {"name": "令牌写的"}).data
    written = only(firm, "request.write")
    assert str(written["token_id"]) == made["id"] and written["operation"] == "POST /api/v1/customer"
    # By the number of its transaction the change is found that was made in it.
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(
            "SELECT record_id::text FROM journal_entry WHERE tx = %s AND action = 'create'", [written["tx"]]
        )
        assert (customer["id"],) in db.fetchall()
    for _ in range(3):
        assert erp.get(f"/customer/{customer['id']}").status_code == 200
    counter.flush()
    read = only(firm, "request.read")
    assert (read["count"], read["operation"]) == (3, "GET /api/v1/customer/{id}")
    firm.door().delete(f"/tokens/{made['id']}")
    assert str(only(firm, "token.revoked")["record_id"]) == made["id"]


@pytest.mark.asvs("16.3.2")
def test_a_request_that_is_refused_leaves_its_refusal_alone(firm: Firm) -> None:
    member = firm.add("小李")
    answer = firm.door(member).patch("/workspace", {"name": "我的公司"})
    assert answer.status_code == 403
    told = only(firm, "access.refused")
    assert (told["actor_id"], told["operation"]) == (member.id, "PATCH /api/v1/workspace")
    assert entries(firm.workspace.id, "workspace.changed") == []


@pytest.mark.asvs("16.2.1", "16.3.3")
def test_members_teams_and_settings_with_before_and_after(firm: Firm) -> None:
    door = firm.door()
    member = firm.add("小李")
    assert door.patch(f"/members/{member.id}", {"role": "manager"}).status_code == 200
    assert only(firm, "member.changed")["detail"]["changes"] == {"role": ["member", "manager"]}
    team = door.post("/teams", {"name": "销售一部"}).data
    door.patch(f"/teams/{team['id']}", {"name": "销售二部"})
    assert only(firm, "team.changed")["detail"]["changes"] == {"name": ["销售一部", "销售二部"]}
    door.delete(f"/teams/{team['id']}")
    assert only(firm, "team.deleted")["detail"] == {"name": "销售二部"}
    door.patch("/workspace", {"currency": "USD"})
    assert only(firm, "workspace.changed")["detail"]["changes"] == {"currency": ["CNY", "USD"]}
    door.post("/members/invite", {"email": "new@firm.example", "name": "新人", "role": "member"})
    assert only(firm, "member.invited")["detail"]["email"] == "new@firm.example"


def test_shaping_objects(firm: Firm) -> None:
    answer = firm.door().post(
        "/meta/objects/customer/fields",
        {"key": "grade", "type": "text", "label": {"zh-CN": "等级", "en": "Grade"}},
    )
    assert answer.status_code in (200, 201), answer.content
    told = entries(firm.workspace.id, "schema.changed")
    assert told and told[-1]["object_key"] == "customer"


def test_exports_and_their_downloads(firm: Firm, deliver: Callable[[], int]) -> None:
    door = firm.door()
    door.post("/customer", {"name": "导出的"})
    job = door.post("/exports", {"object": "customer", "format": "csv"}).data
    asked = only(firm, "export.created")
    assert (asked["object_key"], asked["count"], asked["detail"]["export"]) == ("customer", 1, job["id"])
    deliver()
    assert door.get(f"/exports/{job['id']}/download").status_code == 200
    assert only(firm, "export.downloaded")["count"] == 1


def test_merging(firm: Firm) -> None:
    door = firm.door()
    one, two = (door.post("/customer", {"name": name}).data for name in ("甲公司", "甲公司（旧）"))
    answer = door.post("/customer/merge", {"ids": [one["id"], two["id"]], "survivor": one["id"]})
    if answer.status_code == 404:
        answer = door.post(f"/customer/{one['id']}/merge", {"ids": [two["id"]], "version": one["version"]})
    assert answer.status_code in (200, 201), answer.content
    assert only(firm, "records.merged")["count"] == 2


def test_what_is_read_is_counted_told_by_the_hour_and_alerts(firm: Firm) -> None:
    member = firm.add("小李")
    door = firm.door(member)
    admin = firm.door()
    for n in range(5):
        admin.post("/customer", {"name": f"客户 {n}", "owner": str(member.id)})
    counter.forget()
    for _ in range(4):
        assert len(door.get("/customer?limit=50").data["data"]) == 5
    counter.flush()
    with session(firm.workspace.id):
        (row,) = AuditReading.objects.filter(workspace_id=firm.workspace.id, actor_id=member.id)
        assert (row.requests, row.records, row.object_key) == (4, 20, "customer")
        ctx = replace(firm.ctx, now=row.hour + timedelta(minutes=5))
        assert reading.look(ctx) == 0
        AuditReading.objects.filter(id=row.id).update(records=12500)
        day = replace(ctx, now=row.hour + timedelta(minutes=5))
        assert reading.look(day) == 1
        assert reading.look(day) == 0  # once an hour
        (notice,) = Notification.objects.filter(kind=reading.KIND)
        assert notice.user_id == firm.admin.id
        reading.tell_hours(replace(ctx, now=row.hour + timedelta(hours=1)))
        reading.tell_hours(replace(ctx, now=row.hour + timedelta(hours=1)))
    told = only(firm, "read.volume")
    assert (told["actor_id"], told["object_key"], told["count"]) == (member.id, "customer", 12500)
    assert only(firm, "alert.reading")["count"] == 12500


def test_who_always_reads_much_raises_no_alert_by_day(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        noon = ctx.now.astimezone(ctx.workspace.zone).replace(hour=12, minute=0, second=0, microsecond=0)
        for days in range(1, 10):
            AuditReading.objects.create(workspace_id=firm.workspace.id, actor_id=firm.admin.id, object_key="customer",
                                        hour=noon - timedelta(days=days), requests=50, records=3000)  # fmt: skip
        AuditReading.objects.create(workspace_id=firm.workspace.id, actor_id=firm.admin.id, object_key="customer",
                                    hour=noon, requests=50, records=4000)  # fmt: skip
        assert reading.look(replace(ctx, now=noon + timedelta(minutes=30))) == 0
        AuditReading.objects.filter(hour=noon).update(hour=noon.replace(hour=2) + timedelta(days=1))
        night = noon.replace(hour=2, minute=30) + timedelta(days=1)
        assert reading.look(replace(ctx, now=night)) == 1


def test_every_kind_has_a_group_and_both_names() -> None:
    for kind in kinds:
        assert kind.group in GROUPS
        assert kind.label.zh and kind.label.en


def test_a_list_got_by_groups_or_by_searching_counts_as_reading(firm: Firm) -> None:
    """Grouped by name and number, ten thousand customers would leave the house without an alert."""
    door = firm.door()
    for n in range(3):
        door.post("/customer", {"name": f"珠江 {n}", "mobile": f"1381234567{n}", "tier": "high"})
    counter.forget()
    by_name = {"group": ["name", "mobile"], "measures": [{"op": "count"}]}
    assert len(door.post("/customer/query", by_name).data["data"]) == 3
    assert len(door.get("/search?q=珠江").data["data"]) == 3
    counter.flush()
    with session(firm.workspace.id):
        (row,) = AuditReading.objects.filter(workspace_id=firm.workspace.id, object_key="customer")
        assert (row.requests, row.records) == (2, 6)
    figures = {"group": ["tier", {"field": "created_at", "bucket": "month"}], "measures": [{"op": "count"}]}
    assert len(door.post("/customer/query", figures).data["data"]) == 1
    counter.flush()
    with session(firm.workspace.id):
        row.refresh_from_db()
        assert row.records == 6
