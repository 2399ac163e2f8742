"""Whoever works on somebody's records for a while cannot make it last, nor take the records over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanxi.engine.identity.models import User
from tests.firms import Door, Firm, code_of

SOON = (timezone.now() + timedelta(days=3)).isoformat()


def lend(how: str, his: Door, borrower: User, path: str, boss: Door) -> None:
    """Let the borrower change the record, by one of the ways there are."""
    if how == "collaborating":
        body = {"collaborators": [{"user": str(borrower.id), "level": "edit", "until": SOON}]}
        assert his.put(f"{path}/collaborators", body).status_code == 200
    elif how == "standing in":
        body = {"to": str(borrower.id), "until": SOON, "level": "edit"}
        assert his.post("/delegations", body).status_code == 201
    else:
        rule = {
            "name": {"en": "R"},
            "object": "customer",
            "to_kind": "user",
            "to": str(borrower.id),
            "level": "edit",
        }
        assert boss.post("/sharing-rules", rule).status_code == 201


@pytest.mark.parametrize("how", ["collaborating", "standing in", "sharing rule"])
def test_what_is_lent_is_not_kept(firm: Firm, how: str) -> None:
    owner, borrower = firm.add("小李"), firm.add("小王")
    his, hers, boss = firm.door(owner), firm.door(borrower), firm.door()
    path = f"/customer/{his.post('/customer', {'name': '珠江电器'}).data['id']}"
    lend(how, his, borrower, path, boss)
    before = his.get(f"{path}/collaborators").data
    assert hers.patch(path, {"description": "代", "version": 1}).status_code == 200

    forever = {"collaborators": [{"user": str(borrower.id), "level": "edit"}]}
    refused = hers.put(f"{path}/collaborators", forever)
    assert (refused.status_code, code_of(refused)) == (403, "may_not_share")
    for whose in (str(borrower.id), None):
        taken = hers.patch(path, {"owner": whose, "version": 2})
        assert taken.status_code == 422, taken.data
        assert [error["field"] for error in taken.data["errors"]] == ["owner"]

    can = hers.get(f"{path}/access").data["can"]
    assert (can["edit"], can["share"], can["assign"]) == (True, False, False)
    assert his.get(f"{path}/collaborators").data == before
    assert his.get(path).data["owner"]["id"] == str(owner.id)
    assert his.get(f"{path}/access").data["can"]["share"]


def test_what_nobody_owns_may_be_taken(firm: Firm) -> None:
    person, boss = firm.add("小李"), firm.door()
    path = f"/customer/{boss.post('/customer', {'name': '珠江电器', 'owner': None}).data['id']}"
    rule = {
        "name": {"en": "R"},
        "object": "customer",
        "to_kind": "user",
        "to": str(person.id),
        "level": "edit",
    }
    assert boss.post("/sharing-rules", rule).status_code == 201
    taken = firm.door(person).patch(path, {"owner": str(person.id), "version": 1})
    assert taken.status_code == 200, taken.data
