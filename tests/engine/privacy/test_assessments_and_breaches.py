"""Impact assessments, records of sharing and breaches over HTTP: signed is signed, kept is kept, told is told."""

import io
from typing import Any

import pytest
import python_calamine
from django.db import DatabaseError, connection, transaction

from guanxi.engine.privacy.assessing import QUESTIONS, level_of
from guanxi.engine.privacy.models import Assessment, Sharing
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, code_of

WHOLE = {"answers": dict.fromkeys(QUESTIONS, "是"), "conclusion": "可以进行"}


def breach(door: Door, **more: Any) -> dict[str, Any]:
    made = door.post("/privacy/breaches", {"title": "邮箱误发", "what": "群发时用了抄送"} | more)
    assert made.status_code == 201, made.data
    return dict(made.data)


@pytest.mark.parametrize(
    ("pairs", "level"),
    [([], "low"), ([(1, 2)], "low"), ([(1, 3)], "medium"), ([(2, 2), (1, 1)], "medium"), ([(2, 3)], "high")],
)
def test_the_level_is_that_of_the_worst_risk(pairs: list[tuple[int, int]], level: str) -> None:
    assert level_of([{"likelihood": one, "impact": other} for one, other in pairs]) == level


def test_an_assessment_is_signed_whole_and_never_changes_after(firm: Firm) -> None:
    door = firm.door()
    made = door.post(
        "/privacy/assessments",
        {
            "title": "客户画像",
            "triggers": ["automated"],
            "risks": [{"risk": "泄露", "likelihood": 3, "impact": 3, "measure": "加密"}],
        },
    ).data
    assert made["level"] == "high"
    address = f"/privacy/assessments/{made['id']}"
    half = door.post(f"{address}/sign", {"version": made["version"]})
    assert {error["field"] for error in half.data["errors"]} == {
        *(f"answers.{key}" for key in QUESTIONS),
        "conclusion",
    }
    whole = door.patch(address, WHOLE | {"version": made["version"]}).data
    signed = door.post(f"{address}/sign", {"version": whole["version"]})
    assert (signed.data["state"], signed.data["signed_by"]) == ("signed", "王芳")
    assert signed.data["keep_until"][:4] == str(int(signed.data["signed_at"][:4]) + 3)
    assert code_of(door.patch(address, {"title": "改", "version": signed.data["version"]})) == "signed"
    assert code_of(door.delete(address)) == "kept"
    with session(firm.workspace.id):
        Assessment.objects.update(keep_until="2020-01-01")
    assert door.delete(address).status_code == 204
    bad = door.post(
        "/privacy/assessments",
        {
            "title": "",
            "answers": {"color": "red"},
            "risks": [{"risk": "x", "likelihood": 9, "impact": 1, "measure": ""}],
        },
    )
    assert {error["field"] for error in bad.data["errors"]} == {"title", "answers", "risks"}


def test_records_of_sharing_are_kept_three_years(firm: Firm) -> None:
    door = firm.door()
    made = door.post(
        "/privacy/sharing", {"recipient": "短信服务商", "mode": "processor", "shared_on": "2024-01-31"}
    ).data
    assert made["keep_until"] == "2027-01-31"
    assert code_of(door.delete(f"/privacy/sharing/{made['id']}")) == "kept"
    assert code_of(door.post("/privacy/sharing", {"recipient": "x", "mode": "gift"})) == "validation_failed"
    with session(firm.workspace.id):
        Sharing.objects.update(shared_on="2020-01-01")
    assert door.delete(f"/privacy/sharing/{made['id']}").status_code == 204


def test_who_is_affected_is_one_file_with_every_way_to_reach_them(firm: Firm) -> None:
    door = firm.door()
    door.post("/contact", {"name": "=cmd()", "phone": "13800138000", "email": "a@example.com"})
    door.post("/contact", {"name": "没受影响", "phone": "13900139000"})
    one = breach(door)
    assert door.post(f"/privacy/breaches/{one['id']}/affected").status_code == 422
    chosen = {
        "object_key": "contact",
        "filter": {"field": "email", "op": "is_not_empty"},
        "version": one["version"],
    }
    assert door.patch(f"/privacy/breaches/{one['id']}", chosen).status_code == 200
    answer = door.post(f"/privacy/breaches/{one['id']}/affected")
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert {"=cmd()", "a@example.com"} <= set(rows[1])
    after = door.get(f"/privacy/breaches/{one['id']}").data
    assert after["affected"] == 1
    told = door.get("/audit?kind=breach.listed").data["data"]
    assert told[0]["count"] == 1
    bad = door.patch(
        f"/privacy/breaches/{one['id']}",
        {"filter": {"field": "secret", "op": "is", "value": 1}, "version": after["version"]},
    )
    assert bad.status_code == 422


def test_the_texts_are_filled_in_and_nothing_in_them_is_computed(firm: Firm) -> None:
    door = firm.door()
    own = {
        "authority": {"zh-CN": "{company}/{title}/{count}/{what.__class__}/{{7*7}}/{settings}", "en": ""},
        "persons": {"zh-CN": "", "en": ""},
    }
    one = breach(door, texts=own, data="姓名、手机号", what="{company} 不再展开")
    text = one["rendered"]["authority"]["zh-CN"]
    assert text == "中山公司/邮箱误发/未知/{what.__class__}/{{7*7}}/{settings}"
    persons = one["rendered"]["persons"]
    assert "姓名、手机号" in persons["zh-CN"]
    assert "{company} 不再展开" in persons["zh-CN"]
    assert "not known" in one["rendered"]["authority"]["en"]


def test_a_breach_is_closed_when_everybody_was_told_or_it_is_said_why_not(firm: Firm) -> None:
    door = firm.door()
    one = breach(door, discovered_at="2026-11-20T00:00:00Z")
    assert one["deadline"].startswith("2026-11-23T00:00:00")
    address = f"/privacy/breaches/{one['id']}"
    early = door.post(f"{address}/close", {"closing": "", "version": one["version"]})
    assert {error["field"] for error in early.data["errors"]} == {
        "closing",
        "authority_reason",
        "persons_reason",
    }
    door.post(f"{address}/events", {"text": "电话通知对方删除", "at": "2026-11-20T02:00:00Z"})
    ready = door.patch(
        address,
        {
            "authority_at": "2026-11-20T03:00:00Z",
            "persons_reason": "对方已确认删除，未造成危害",
            "version": one["version"],
        },
    ).data
    closed = door.post(f"{address}/close", {"closing": "已整改", "version": ready["version"]})
    assert closed.status_code == 200, closed.data
    assert [event["text"] for event in closed.data["events"]] == ["电话通知对方删除", "登记事件", "已整改"]
    assert code_of(door.patch(address, {"title": "改", "version": closed.data["version"]})) == "closed"
    assert code_of(door.post(f"{address}/events", {"text": "改"})) == "closed"
    with (
        session(firm.workspace.id),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as db,
    ):
        db.execute("UPDATE privacy_breach_event SET text = ''")


def test_only_who_looks_after_privacy_of_this_firm_is_let_in(firm: Firm, other_firm: Firm) -> None:
    boss, rep, stranger = firm.door(), firm.door(firm.add("李娜", Role.MANAGER)), other_firm.door()
    one = breach(boss)
    for path in ("assessments", "sharing", "breaches", f"breaches/{one['id']}"):
        assert rep.get(f"/privacy/{path}").status_code == 403
    assert rep.post(f"/privacy/breaches/{one['id']}/affected").status_code == 403
    assert stranger.get(f"/privacy/breaches/{one['id']}").status_code == 404
    assert stranger.patch(f"/privacy/breaches/{one['id']}", {"title": "x", "version": 1}).status_code == 404
    assert boss.get(f"/privacy/breaches/{one['id']}").data["title"] == "邮箱误发"
