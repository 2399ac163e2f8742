"""Ending the separation of duties takes two people of different duties, within a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanxi.engine.access.models import AccessSetting
from guanxi.engine.tenancy.context import session
from tests.engine.access.people import NOTHING, give, make_role
from tests.firms import Door, Firm, code_of

OFF = {"separate_duties": False}


@pytest.fixture
def doors(firm: Firm, boss: Door) -> dict[str, Any]:
    """Somebody of each duty, duties separated."""
    make_role(boss, "officer", objects={"*": NOTHING}, areas=["roles", "security"])
    make_role(boss, "watcher", objects={"*": NOTHING}, areas=["audit"])
    people = {name: firm.add(name) for name in ("officer", "second", "watcher", "clerk")}
    give(boss, people["officer"], "officer")
    give(boss, people["second"], "officer")
    give(boss, people["watcher"], "watcher")
    assert boss.patch("/access/settings", {"separate_duties": True}).data == {
        "separate_duties": True, "asked": None
    }  # fmt: skip
    return {name: firm.door(person) for name, person in people.items()} | {"boss": boss, "people": people}


def is_separate(firm: Firm) -> bool:
    with session(firm.workspace.id):
        return AccessSetting.objects.get(workspace_id=firm.workspace.id).separate_duties


@pytest.mark.parametrize("second", ["boss", "watcher"])
def test_one_asks_and_somebody_of_another_duty_confirms(
    firm: Firm, doors: dict[str, Any], second: str
) -> None:
    officer = doors["officer"]
    assert doors["boss"].post("/access/settings/confirm").status_code == 409
    asked = officer.patch("/access/settings", OFF)
    assert (asked.status_code, asked.data["separate_duties"]) == (200, True)
    assert asked.data["asked"]["mine_to_confirm"] is False
    for own in (officer, doors["second"]):
        refused = own.post("/access/settings/confirm")
        assert (refused.status_code, code_of(refused)) == (403, "another_duty")
    for way in ("confirm", "refuse"):
        assert doors["clerk"].post(f"/access/settings/{way}").status_code == 403
    assert doors["clerk"].get("/access/settings").status_code == 403
    assert is_separate(firm)
    assert doors[second].get("/access/settings").data["asked"]["mine_to_confirm"] is True
    assert doors[second].post("/access/settings/confirm").data == {"separate_duties": False, "asked": None}
    assert not is_separate(firm)
    assert "roles" in doors["boss"].get("/me").data["areas"]


def test_a_question_is_good_for_a_day_and_ends_when_refused(firm: Firm, doors: dict[str, Any]) -> None:
    officer, boss = doors["officer"], doors["boss"]
    officer.patch("/access/settings", OFF)
    with session(firm.workspace.id):
        AccessSetting.objects.update(off_asked_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert boss.get("/access/settings").data["asked"] is None
    assert code_of(boss.post("/access/settings/confirm")) == "nothing_asked"
    officer.patch("/access/settings", OFF)
    assert doors["watcher"].post("/access/settings/refuse").data["asked"] is None
    assert code_of(boss.post("/access/settings/confirm")) == "nothing_asked"
    assert is_separate(firm)


def test_what_is_asked_by_who_has_lost_the_duty_counts_no_more(firm: Firm, doors: dict[str, Any]) -> None:
    doors["officer"].patch("/access/settings", OFF)
    person = doors["people"]["officer"]
    assert doors["boss"].patch(f"/members/{person.id}", {"status": "disabled"}).status_code == 200
    assert code_of(doors["boss"].post("/access/settings/confirm")) == "nothing_asked"
    assert is_separate(firm)


def test_who_is_asked_for_cannot_lend_the_other_duty_to_themselves(firm: Firm, doors: dict[str, Any]) -> None:
    officer, person = doors["officer"], doors["people"]["officer"]
    officer.patch("/access/settings", OFF)
    refused = officer.patch(f"/members/{person.id}", {"extra_roles": ["officer", "watcher"]})
    assert refused.status_code == 403
    token = Door(firm.token(doors["people"]["watcher"], scopes=["read"]))
    assert token.post("/access/settings/confirm").status_code == 403
    assert is_separate(firm)
