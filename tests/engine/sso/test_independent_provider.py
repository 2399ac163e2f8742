"""Sign-in at an OpenID provider that is not ours: Authlib's, as oidc-provider-mock serves it on loopback."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread

from guanxi.engine.sso.providers.oidc import forget_published
from tests.engine.sso.conftest import Way, prove_all, reason
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db

LIN = {"email": "lin@firm.example", "email_verified": True, "name": "林晓"}
PEOPLE = [
    User(sub="p-1", claims=LIN),
    User(sub="p-2", claims={"email": "wu@firm.example", "email_verified": False, "name": "吴用"}),
    User(sub="p-3", claims={"email": "eve@elsewhere.example", "email_verified": True}),
]


@pytest.fixture
def issuer(settings: Any) -> Iterator[str]:
    """The provider, which knows its clients and demands a nonce."""
    forget_published()
    with run_server_in_thread(
        require_client_registration=True, require_nonce=True, user_claims=PEOPLE
    ) as server:
        place = f"localhost:{server.server_port}"
        settings.GUANXI_OUTGOING_ALLOW = (place,)
        yield f"http://{place}"


@pytest.fixture
def way(firm: Firm, issuer: str) -> Way:
    """A connection registered there."""
    boss = firm.door()
    body = {"kind": "oidc", "label": "公司账号", "config": {"issuer": issuer, "client_id": "not yet"},
            "domains": ["firm.example"], "join_role": "member"}  # fmt: skip
    made = boss.post("/sso-connections", body).data
    client = httpx.post(f"{issuer}/oauth2/clients", json={"redirect_uris": [made["back"]]}).json()
    way = Way(firm, made["id"], made["back"])
    way.change(config={"client_id": client["client_id"]}, secret=client["client_secret"], is_on=True)
    prove_all(firm)
    return way


def _come(way: Way, **form: str) -> tuple[Door, str]:
    door = Door()
    answer = httpx.post(way.go(door).headers["Location"], data=form, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return door, way.return_to(door, answer.headers["location"])


@pytest.mark.asvs("10.5.1", "10.5.2")
def test_somebody_signs_in_at_a_provider_that_is_not_ours(way: Way, firm: Firm) -> None:
    assert firm.door().post(f"/sso-connections/{way.id}/check").status_code == 204
    door, page = _come(way, sub="p-1")
    assert page == "/"
    me = door.get("/me").data
    assert (me["user"]["name"], me["user"]["email"]) == ("林晓", "lin@firm.example")
    assert _come(way, sub="p-1")[0].get("/me").data["user"]["id"] == me["user"]["id"]


@pytest.mark.parametrize(
    "form, code",
    [
        ({"sub": "p-2"}, "unverified"),
        ({"sub": "p-3"}, "domain"),
        # It refuses without giving back the state: an answer to nothing.
        ({"sub": "p-1", "action": "deny"}, "expired"),
    ],
)
def test_who_it_does_not_vouch_for_stays_out(way: Way, form: dict[str, str], code: str) -> None:
    door, page = _come(way, **form)
    assert reason(page) == code
    assert door.get("/me").status_code == 401


def test_a_wrong_secret_opens_nothing(way: Way) -> None:
    way.change(secret="not it")
    assert reason(_come(way, sub="p-1")[1]) == "provider"
