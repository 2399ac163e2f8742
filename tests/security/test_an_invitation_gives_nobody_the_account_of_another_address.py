"""An account that two workspaces wait for is taken into use under its own address, or not at all."""

from typing import Any

import pytest

from guanxi.engine.identity.models import User
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db

VICTIM, STRANGER = "victim@firm.example", "stranger@other.example"
NEW = {"name": "Somebody", "password": "a long way 2026"}


def _token(answer: Any) -> str:
    assert answer.status_code == 201, answer.data
    return str(answer.data["invite_url"]).rpartition("/invitation/")[2]


def test_an_invitation_sent_on_to_another_address_makes_an_account_of_its_own(
    firm: Firm, other_firm: Firm
) -> None:
    invited = firm.door().post("/members/invite", {"email": VICTIM, "name": "赵敏", "role": "admin"})
    first = other_firm.door().post("/members/invite", {"email": VICTIM, "name": "V", "role": "member"})
    renewed = other_firm.door().post(f"/members/{first.data['id']}/invite", {"email": STRANGER})
    taken = Door().post(f"/invitations/{_token(renewed)}", NEW)
    assert taken.status_code == 200, taken.data

    seen = firm.door().get(f"/members/{invited.data['id']}").data
    assert (seen["email"], seen["status"]) == (VICTIM, "invited")
    assert Door().sign_in(STRANGER, NEW["password"]).data["data"]["user"]["id"] != invited.data["id"]

    again = firm.door().post(f"/members/{invited.data['id']}/invite", {})
    assert again.data["email"] == VICTIM
    joined = Door().post(f"/invitations/{_token(again)}", NEW)
    assert (joined.status_code, joined.data["workspace"]["name"]) == (200, "中山公司")
    assert User.objects.get(email=VICTIM).id != User.objects.get(email=STRANGER).id


def test_who_joined_at_another_address_keeps_their_place_and_their_records(firm: Firm) -> None:
    door = firm.door()
    first = door.post("/members/invite", {"email": VICTIM, "name": "赵敏", "role": "member"})
    record = door.post("/customer", {"name": "客户", "owner": first.data["id"]})
    assert record.status_code == 201, record.data
    renewed = door.post(f"/members/{first.data['id']}/invite", {"email": STRANGER})
    guest = Door()
    assert guest.post(f"/invitations/{_token(renewed)}", NEW).status_code == 200
    me = guest.get("/me").data
    assert (me["user"]["email"], me["role"]) == (STRANGER, "member")
    mine = guest.get(f"/customer/{record.data['id']}").data
    assert mine["owner"]["id"] == me["user"]["id"]
