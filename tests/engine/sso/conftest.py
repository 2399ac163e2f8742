"""A firm whose people sign in by a provider on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from guanxi.engine.sso.models import SsoDomain
from guanxi.engine.sso.providers.oidc import forget_published
from guanxi.engine.tenancy.context import session
from tests.engine.sso.oidc_server import CLIENT, SECRET, OidcServer, running
from tests.firms import Door, Firm, deliver, firm, fresh_limits, make_firm, other_firm

__all__ = ["deliver", "firm", "fresh_limits", "make_firm", "other_firm"]


@pytest.fixture
def idp(settings: Any) -> Iterator[OidcServer]:
    """A provider that the operator has opened."""
    forget_published()
    with running() as server:
        settings.GUANXI_OUTGOING_ALLOW = (server.issuer.removeprefix("http://"),)
        yield server


@dataclass
class Way:
    """A connection of a firm, and browsers that come by it."""

    firm: Firm
    id: str
    back: str

    def change(self, **changes: Any) -> Any:
        """Change the connection."""
        answer = self.firm.door().patch(f"/sso-connections/{self.id}", changes)
        assert answer.status_code == 200, answer.data
        return answer

    def go(self, door: Door, after: str = "/") -> Any:
        """Press the button: the redirect to the provider."""
        return door.client.get(f"/sso/{self.firm.workspace.slug}/{self.id}", {"next": after})

    def at_provider(self, page: str) -> str:
        """What the provider sends the browser back to."""
        answer = httpx.get(page, follow_redirects=False)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])

    def return_to(self, door: Door, page: str) -> str:
        """Where the browser ends up."""
        answer = door.client.get(page.removeprefix(self.back[: self.back.index("/sso/")]))
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    def come(self, door: Door | None = None, after: str = "/") -> tuple[Door, str]:
        """The whole way; the browser, and where it ends up."""
        door = door or Door()
        return door, self.return_to(door, self.at_provider(self.go(door, after).headers["Location"]))


def reason(page: str) -> str:
    """What the sign-in page is told."""
    return parse_qs(urlsplit(page).query)["sso"][0]


def open_way(firm: Firm, idp: OidcServer, *, proven: bool = True, **given: Any) -> Way:
    """A connection that is switched on, its domains proven."""
    body = {"kind": "oidc", "label": "公司账号", "config": {"issuer": idp.issuer, "client_id": CLIENT},
            "secret": SECRET, "domains": ["firm.example"], "join_role": "member"} | given  # fmt: skip
    made = firm.door().post("/sso-connections", body)
    assert made.status_code == 201, made.data
    way = Way(firm, made.data["id"], made.data["back"])
    way.change(is_on=True)
    if proven:
        prove_all(firm)
    return way


def prove_all(firm: Firm) -> None:
    """Take every domain that the firm names as proven."""
    with session(firm.workspace.id):
        SsoDomain.objects.update(how="dns")


@pytest.fixture
def way(firm: Firm, idp: OidcServer) -> Way:
    """The firm's connection, open to its domain."""
    return open_way(firm, idp)
