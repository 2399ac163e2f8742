"""Whoever asked for work may have lost rights, or left, before it is done: it is done with the rights of then."""

from typing import Any

import pytest

from tests.engine.access.people import ALL, NOTHING, give, make_role
from tests.firms import Door, Firm, run_jobs

OWN = ALL | {verb: "own" for verb, reach in ALL.items() if reach == "all"}
SECRET = "北海机密公司"


@pytest.fixture
def boss(firm: Firm) -> Door:
    return firm.door()


@pytest.fixture
def person(firm: Firm, boss: Door) -> Any:
    """Somebody who sees and changes everything, and one record of the administrator's."""
    make_role(boss, "wide", objects={"*": ALL})
    make_role(boss, "narrow", objects={"*": OWN})
    make_role(boss, "none", objects={"*": NOTHING})
    made = firm.add("小李")
    give(boss, made, "wide")
    return made


def _left(boss: Door, person: Any) -> None:
    assert boss.patch(f"/members/{person.id}", {"status": "disabled"}).status_code == 200


def _job(door: Door) -> str:
    body = {"object": "customer", "op": "update", "filter": None, "set": {"description": "批量"}}
    made = door.post("/jobs", body)
    assert made.status_code == 202, made.data
    return str(made.data["id"])


def _description(boss: Door, record: str) -> Any:
    return boss.get(f"/customer/{record}").data["description"]


def test_a_bulk_job_of_somebody_who_has_left_is_refused_and_says_so(
    firm: Firm, boss: Door, person: Any
) -> None:
    one = boss.post("/customer", {"name": SECRET}).data["id"]
    job = _job(firm.door(person))
    _left(boss, person)
    run_jobs()
    told = boss.get(f"/jobs/{job}").data
    assert told["status"] == "failed"
    assert "no longer in the workspace" in told["error"]
    assert _description(boss, one) is None


def test_a_bulk_job_changes_what_its_author_may_change_by_then(firm: Firm, boss: Door, person: Any) -> None:
    one = boss.post("/customer", {"name": SECRET}).data["id"]
    door = firm.door(person)
    own = door.post("/customer", {"name": "自己公司"}).data["id"]
    _job(door)
    give(boss, person, "narrow")
    run_jobs()
    assert _description(boss, own) == "批量"
    assert _description(boss, one) is None


@pytest.mark.parametrize("role", ["narrow", "none", None])
def test_an_export_holds_what_its_author_may_take_out_by_then(
    firm: Firm, boss: Door, person: Any, role: str | None
) -> None:
    boss.post("/customer", {"name": SECRET})
    door = firm.door(person)
    export = door.post("/exports", {"object": "customer", "format": "csv"}).data["id"]
    if role:
        give(boss, person, role)
    else:
        _left(boss, person)
    run_jobs()
    told = boss.get(f"/exports/{export}").data
    if role == "narrow":
        assert (told["status"], told["row_count"]) == ("done", 0)
        sent: Any = boss.client.get(told["url"])
        assert SECRET not in b"".join(sent.streaming_content).decode("utf-8-sig")
        return
    assert told["status"] == "failed"
    assert told["error"]
    assert boss.get(f"/exports/{export}/download").status_code in (404, 409)


def test_an_undo_of_somebody_who_has_left_stops_and_says_so(
    firm: Firm, boss: Door, person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanxi.engine.changes.undoing.AT_ONCE", 0)
    one = boss.post("/customer", {"name": SECRET}).data["id"]
    door = firm.door(person)
    change = _job(door)
    run_jobs()
    assert door.post(f"/changes/{change}/undo", {}).status_code == 202
    _left(boss, person)
    run_jobs()
    assert _description(boss, one) == "批量"
    told = boss.get(f"/changes/{change}").data
    assert told["undo_state"] == "partial"
    assert told["undone"] == 0
    assert told["undo_error"]


def test_a_token_of_somebody_who_has_lost_rights_has_lost_them_too(
    firm: Firm, boss: Door, person: Any
) -> None:
    one = boss.post("/customer", {"name": SECRET}).data["id"]
    token = Door(firm.token(person, scopes=["read", "write"]))
    assert token.get(f"/customer/{one}").status_code == 200
    give(boss, person, "narrow")
    assert token.get(f"/customer/{one}").status_code == 404
    _left(boss, person)
    assert token.get("/customer").status_code == 401
