"""What a team did is reviewed, remarked on and reported, within what everybody may see."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from guanxi.engine.records import store
from guanxi.kit.errors import Conflict, Forbidden, Invalid
from tests.domains.conftest import Office
from tests.firms import Door


@pytest.fixture
def rep(office: Office) -> Door:
    return office.firm.door(office.rep)


@pytest.fixture
def manager(office: Office) -> Door:
    return office.firm.door(office.manager)


def day(office: Office, days: int = 0) -> str:
    return (office.ctx().today.date() + timedelta(days=days)).isoformat()


def logged(office: Office, door: Door, text: str, kind: str = "note") -> dict[str, Any]:
    customer = store.create(office.ctx(office.rep), "customer", {"name": f"客户 {uuid.uuid4().hex[:6]}"})
    body = {"object": "customer", "record": customer["id"], "kind": kind, "text": text}
    answer = door.post("/follow-ups", body)
    assert answer.status_code == 201, answer.data
    found: dict[str, Any] = answer.data["activity"]
    return found


def told(door: Door) -> list[str]:
    return [notice["title"] for notice in door.get("/notifications").data["data"]]


def test_a_manager_reads_what_the_team_did_and_a_colleague_only_their_own(
    office: Office, rep: Door, manager: Door
) -> None:
    for text, kind in (("样机已发", "note"), ("约了周五", "call"), ("看了产线", "visit")):
        logged(office, rep, text, kind)
    period = f"/follow-ups/review?from={day(office)}&to={day(office)}"
    seen = manager.get(period).data
    assert {row["body"] for row in seen["data"]} == {"样机已发", "约了周五", "看了产线"}
    assert all(row["about"]["object"] == "customer" for row in seen["data"])
    rows = {row["person"]["name"]: row for row in seen["people"]}
    assert (rows["林销售"]["calls"], rows["林销售"]["visits"], rows["林销售"]["notes"]) == (1, 1, 1)
    assert rows["周经理"]["calls"] == 0, "who did nothing stands there with nothing"
    other = office.firm.door(office.other).get(period).data
    assert (other["data"], [row["person"]["name"] for row in other["people"]]) == ([], ["何销售"])
    assert manager.get(f"{period}&person={office.manager.id}").data["data"] == []
    assert manager.get(f"/follow-ups/review?from={day(office)}&to={day(office, -1)}").status_code == 422
    assert manager.get(f"/follow-ups/review?from={day(office, -90)}&to={day(office)}").status_code == 422


def test_a_review_goes_on_where_the_page_ended(office: Office, rep: Door) -> None:
    ctx = office.ctx(office.rep)
    rows = [{"body": f"第 {n} 条"} for n in range(35)]
    moments = [{"created_at": ctx.now - timedelta(seconds=n)} for n in range(35)]
    store.bulk_create(ctx, "note", rows, system=moments)
    period = f"/follow-ups/review?from={day(office, -1)}&to={day(office)}"
    first = rep.get(period).data
    following = rep.get(f"{period}&before={first['next'].replace('+', '%2B')}").data
    assert [len(first["data"]), len(following["data"]), following["next"]] == [30, 5, None]
    assert {r["body"] for r in first["data"] + following["data"]} == {row["body"] for row in rows}


def test_remarks_call_those_who_may_see_and_nobody_else(office: Office, rep: Door, manager: Door) -> None:
    note = logged(office, rep, "样机已发")
    path = f"/remarks/note/{note['id']}"
    refused = manager.post(path, {"body": "看看", "mentions": [str(office.other.id)]})
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, "mentions")
    said = manager.post(path, {"body": "周五前跟进", "mentions": [str(office.rep.id)]})
    assert said.status_code == 201, said.data
    assert told(rep) == ["周经理 mentioned you on “样机已发”"]
    assert rep.post(path, {"body": "好的", "mentions": []}).status_code == 201
    assert told(manager) == ["林销售 remarked on “样机已发”"]
    assert [(r["author"]["name"], r["body"], r["mine"]) for r in rep.get(path).data["data"]] == [
        ("周经理", "周五前跟进", False), ("林销售", "好的", True),
    ]  # fmt: skip
    stranger = office.firm.door(office.other)
    remark = said.data["id"]
    for answer in (
        stranger.get(path),
        stranger.post(path, {"body": "x"}),
        stranger.delete(f"/remarks/{remark}"),
    ):
        assert answer.status_code == 404
    assert rep.delete(f"/remarks/{remark}").status_code == 403
    assert manager.delete(f"/remarks/{remark}").status_code == 204
    assert rep.post(path, {"body": "  "}).status_code == 422
    reader = office.firm.door(office.reader)
    assert reader.post(path, {"body": "x"}).status_code in (403, 404)


def test_a_report_is_filled_from_what_was_logged_edited_and_submitted(
    office: Office, rep: Door, manager: Door
) -> None:
    logged(office, rep, "约了周五", "call")
    store.create(office.ctx(office.rep), "task", {"subject": "送样机"})
    today = day(office)
    report = rep.post("/follow-ups/reports", {"kind": "daily", "day": today}).data
    assert (report["calls"], report["notes"], report["status"]) == (1, 0, "draft")
    assert "约了周五" in report["done"]
    assert report["plan"] == "- 送样机"
    logged(office, rep, "样机已发")
    ctx, key = office.ctx(office.rep), uuid.UUID(report["id"])
    store.update(ctx, "work_report", key, {"problems": "缺样机"})
    again = rep.post("/follow-ups/reports", {"kind": "daily", "day": today}).data
    assert (again["id"], again["notes"], again["problems"], again["done"]) == (
        report["id"],
        1,
        "缺样机",
        report["done"],
    )
    done = office.act(ctx, "work_report", "submit_report", report["id"])
    assert done == {"manager": str(office.manager.id)}
    assert told(manager)[0].startswith("林销售 submitted “日报")
    with pytest.raises(Invalid):
        store.update(ctx, "work_report", key, {"done": "改"})
    with pytest.raises(Forbidden):
        office.act(office.ctx(), "work_report", "take_back_report", report["id"])
    office.act(ctx, "work_report", "take_back_report", report["id"])
    with pytest.raises(Conflict):
        office.act(ctx, "work_report", "take_back_report", report["id"])
    week = rep.post("/follow-ups/reports", {"kind": "weekly", "day": today}).data
    assert (week["calls"], week["kind"]) == (1, "weekly")
    assert week["id"] != report["id"]
