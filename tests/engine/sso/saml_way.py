"""A firm's connection by SAML, and browsers that come by it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from guanxi.engine.identity.models import User
from guanxi.engine.sso.models import SsoIdentity
from guanxi.engine.tenancy.context import session
from tests.engine.sso.conftest import prove_all, reason
from tests.engine.sso.saml_server import ENTITY, OURS, PAGE, SamlServer
from tests.firms import Door, Firm

FORM = "application/x-www-form-urlencoded"
BODY = {"kind": "saml", "label": "公司账号", "domains": ["firm.example"], "join_role": "member"}


class SamlWay:
    """A connection of a firm, and browsers that come by it."""

    def __init__(self, firm: Firm, **config: str) -> None:
        self.firm, self.idp = firm, SamlServer()
        wanted = {"entity_id": ENTITY, "sign_in_url": PAGE, "certificate": OURS.pem} | config
        made = firm.door().post("/sso-connections", BODY | {"config": wanted})
        assert made.status_code == 201, made.data
        self.id, self.back = made.data["id"], made.data["back"]
        assert firm.door().patch(f"/sso-connections/{self.id}", {"is_on": True}).status_code == 200
        prove_all(firm)

    def go(self, door: Door) -> str:
        """The provider's page."""
        answer = door.client.get(f"/sso/{self.firm.workspace.slug}/{self.id}", {"next": "/o/deal"})
        return str(answer.headers["Location"])

    def post(self, form: dict[str, str], path: str | None = None) -> str:
        """Where our return address sends a browser on to: the post itself comes without cookies."""
        answer = Door(csrf=True).client.post(
            path or urlsplit(self.back).path, urlencode(form), content_type=FORM
        )
        assert answer.status_code == 303, answer.content
        return str(answer.headers["Location"])

    def bring(self, door: Door, form: dict[str, str]) -> str:
        """Where the browser ends up with a provider's form."""
        answer = door.client.get(self.post(form))
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    def come(self, door: Door | None = None, **how: Any) -> tuple[Door, str]:
        """The whole way."""
        door = door or Door()
        return door, self.bring(door, self.idp.answer(self.go(door), **how))


def refused(way: SamlWay, page: str, door: Door, code: str = "provider") -> str:
    """Nobody came in; what the audit says of it."""
    assert reason(page) == code
    assert door.get("/me").status_code == 401
    with session(way.firm.workspace.id):
        assert not SsoIdentity.objects.exists()
    assert not User.objects.filter(email__in=["lin@firm.example", "boss2@firm.example"]).exists()
    rows = way.firm.door().get("/audit?kind=signin.sso_failed").data["data"]
    return str(rows[0]["detail"]["detail"]) if rows else ""
