"""A new password ends API tokens in every workspace of the person; only who knows the old one keeps them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from guanxi.engine.identity import facade
from guanxi.engine.identity.models import ApiToken
from guanxi.engine.tenancy.context import Role, session
from tests.firms import AUTH, PASSWORD, Door, Firm

pytestmark = pytest.mark.django_db
CHANGE = "/_allauth/browser/v1/account/password/change"
NEW = "another good one 7"


def change(door: Door, **given: Any) -> int:
    body = {"current_password": PASSWORD, "new_password": NEW} | given
    return int(door.post(CHANGE, body).status_code)


@pytest.mark.asvs("7.4.3")
def test_a_new_password_ends_the_tokens_of_all_workspaces(firm: Firm, other_firm: Firm) -> None:
    with session(other_firm.workspace.id):
        facade.add_member(other_firm.workspace.id, firm.admin, role=Role.ADMIN)
    here, there = firm.token(), other_firm.token(firm.admin)
    colleague = firm.token(firm.add("赵敏"))
    door = Door()
    door.sign_in(firm.admin.email)
    assert change(door, current_password="wrong") == 400
    assert [Door(each).get("/me").status_code for each in (here, there)] == [200, 200]
    assert change(door) == 200
    assert [Door(each).get("/me").status_code for each in (here, there)] == [401, 401]
    assert Door(colleague).get("/me").status_code == 200
    firm.admin.refresh_from_db()
    told = firm.door().get("/audit?kind=token.revoked").data["data"]
    assert told and told[0]["detail"]["reason"] == "password"


def test_who_knows_the_old_one_may_keep_them(firm: Firm) -> None:
    token, door = firm.token(), Door()
    door.sign_in(firm.admin.email)
    assert change(door, keep_tokens=True) == 200
    assert Door(token).get("/me").status_code == 200


@pytest.mark.parametrize("body", [{}, {"keep_tokens": True, "current_password": PASSWORD}])
def test_a_reset_by_mail_always_ends_them(
    firm: Firm, settings: Any, deliver: Callable[[], int], mailoutbox: Any, body: dict[str, Any]
) -> None:
    token = firm.token()
    assert Door().post(f"{AUTH}/password/request", {"email": firm.admin.email}).status_code == 200
    deliver()
    key = re.search(r"/reset/(\S+)", mailoutbox[-1].body)[1]  # type: ignore[index]
    answer = Door().post(f"{AUTH}/password/reset", {"key": key, "password": NEW} | body)
    assert answer.status_code in (200, 401), answer.data
    assert Door(token).get("/me").status_code == 401
    with session(firm.workspace.id):
        assert not ApiToken.objects.filter(revoked_at__isnull=True).exists()
