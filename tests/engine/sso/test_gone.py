"""Who came by a connection is out when it is switched off, pointed elsewhere or removed."""

from typing import Any

import pytest

from tests.engine.sso.conftest import Way
from tests.engine.sso.oidc_server import SECRET, OidcServer
from tests.firms import Firm, code_of

pytestmark = pytest.mark.django_db


def remove(way: Way) -> None:
    assert way.firm.door().delete(f"/sso-connections/{way.id}").status_code == 204


def switch(way: Way) -> None:
    way.change(is_on=False)
    way.change(is_on=True)  # a new beginning, not the old sessions'


def point_elsewhere(way: Way) -> None:
    way.change(config={"issuer": "https://other.example"}, secret=SECRET)


@pytest.mark.asvs("7.4.1")
@pytest.mark.parametrize("end", [remove, switch, point_elsewhere])
def test_sessions_end_with_their_connection(way: Way, idp: OidcServer, firm: Firm, end: Any) -> None:
    door, _ = way.come()
    by_password = firm.door()
    assert door.get("/me").status_code == 200
    way.change(label="公司账号二")
    assert door.get("/me").status_code == 200
    end(way)
    gone = door.get("/me")
    assert (gone.status_code, code_of(gone)) == (401, "session_expired")
    assert door.get("/customer").status_code == 401
    assert by_password.get("/me").status_code == 200


def test_a_provider_that_is_gone_vouches_no_more(way: Way, idp: OidcServer, firm: Firm) -> None:
    boss = firm.door()
    body = {"kind": "oidc", "label": "二", "config": {"issuer": idp.issuer, "client_id": "x"}, "secret": SECRET,
            "domains": ["firm.example"]}  # fmt: skip
    second = boss.post("/sso-connections", body)
    assert second.status_code == 201, second.data
    reserve = {"sso_only": True, "break_glass": [str(firm.admin.id)]}
    assert boss.patch("/sign-in-policy", reserve).status_code == 200
    door = firm.door(firm.add("林晓", email="lin@firm.example"))
    way.come(door)
    assert door.get("/views?object=customer").status_code == 200
    assert boss.patch(f"/sso-connections/{second.data['id']}", {"is_on": True}).status_code == 200
    assert boss.delete(f"/sso-connections/{way.id}").status_code == 204
    out = door.get("/views?object=customer")
    assert (out.status_code, code_of(out)) == (403, "single_sign_on_required")
