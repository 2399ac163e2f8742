"""What browsers are told, what other sites may do, and what a body may hold."""

import json
from typing import Any

import pytest

from guanxi.engine.identity.models import Team
from guanxi.engine.tenancy.context import session
from guanxi.kit.json_limits import MAX_DEPTH, MAX_LENGTH
from guanxi.web.api_docs import PAGE
from guanxi.web.pages import INDEX
from tests.firms import AUTH, Door, Firm, code_of

pytestmark = pytest.mark.django_db

ORIGIN = "https://www.firm.example"


@pytest.mark.parametrize(
    "path", ["/", "/customer", "/api/v1/setup", "/api/v1/me", "/_allauth/browser/v1/config"]
)
@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6")
def test_every_answer_carries_the_headers(path: str) -> None:
    headers = Door().get(path).headers if path.startswith(("/api", "/_")) else Door().client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


def test_no_page_of_ours_needs_an_inline_script() -> None:
    pages = [PAGE] + ([INDEX.read_text()] if INDEX.exists() else [])
    for page in pages:
        for start in page.split("<script")[1:]:
            assert "src=" in start.split(">", 1)[0]
            assert not start.split(">", 1)[1].split("</script>")[0].strip()
        assert "onclick" not in page
        assert "javascript:" not in page


@pytest.mark.asvs("14.3.2")
@pytest.mark.asvs("14.2.2")
def test_data_lies_in_no_cache(firm: Firm) -> None:
    assert firm.door().get("/me").headers["Cache-Control"] == "no-store"


@pytest.mark.asvs("3.3.2", "3.3.4")
def test_the_session_cookie_is_out_of_reach_of_scripts(firm: Firm) -> None:
    door = Door()
    door.sign_in(firm.admin.email)
    cookie = door.client.cookies["guanxi_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["domain"]


@pytest.mark.asvs("3.4.2")
class TestOtherSites:
    def test_by_default_none_may_call(self, firm: Firm) -> None:
        answer = Door(firm.token()).get("/me", Origin=ORIGIN)
        assert not [name for name in answer.headers if name.startswith("Access-Control")]

    def test_one_on_the_list_may_call_with_a_token_and_never_with_a_cookie(
        self, firm: Firm, settings: Any
    ) -> None:
        settings.GUANXI_CORS_ORIGINS = frozenset({ORIGIN})
        asked = Door().call("OPTIONS", "/me", Origin=ORIGIN, **{"Access-Control-Request-Method": "GET"})
        assert asked.status_code == 204
        assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
        answer = Door(firm.token()).get("/me", Origin=ORIGIN)
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Origin" in answer.headers["Vary"]
        for one in (asked, answer):
            assert "Access-Control-Allow-Credentials" not in one.headers

    @pytest.mark.parametrize(
        "origin",
        ["https://evil.example", "null", "https://www.firm.example.evil.example", "http://www.firm.example"],
    )
    def test_one_that_is_not_gets_no_permission(self, firm: Firm, settings: Any, origin: str) -> None:
        settings.GUANXI_CORS_ORIGINS = frozenset({ORIGIN})
        asked = Door().call("OPTIONS", "/me", Origin=origin, **{"Access-Control-Request-Method": "GET"})
        assert asked.status_code == 401
        for answer in (asked, Door(firm.token()).get("/me", Origin=origin)):
            assert not [name for name in answer.headers if name.startswith("Access-Control")]


def _deep(levels: int) -> str:
    return "[" * levels + "]" * levels


@pytest.mark.asvs("15.2.2")
class TestWildJson:
    @pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 500, 900])
    def test_too_deep_is_refused_at_every_door(self, firm: Firm, levels: int) -> None:
        door = firm.door()
        for path in ("/teams", "/customer", "/tokens"):
            answer: Any = door.client.post(
                f"/api/v1{path}", f'{{"name": {_deep(levels)}}}', content_type="application/json"
            )
            assert (answer.status_code, code_of(answer)) == (422, "json_too_deep"), path
        with session(firm.workspace.id):
            assert not Team.objects.exists()

    def test_deeper_than_any_parser_goes_is_no_json(self, firm: Firm) -> None:
        for path in ("/api/v1/teams", f"{AUTH}/login"):
            answer = Door().client.post(path, _deep(20_000), content_type="application/json")
            assert answer.status_code in (400, 401), path

    def test_sign_in_reads_no_wild_json(self, firm: Firm) -> None:
        answer: Any = Door().client.post(f"{AUTH}/login", _deep(200), content_type="application/json")
        assert (answer.status_code, code_of(answer)) == (422, "json_too_deep")
        long = json.dumps({"email": "a" * 70_000})
        assert Door().client.post(f"{AUTH}/login", long, content_type="application/json").status_code == 413

    def test_a_list_too_long_is_refused(self, firm: Firm) -> None:
        body = {"name": "x", "scopes": ["read"] * (MAX_LENGTH + 1)}
        answer = firm.door().post("/tokens", body)
        assert (answer.status_code, code_of(answer)) == (422, "json_too_long")


@pytest.mark.parametrize("path", ["/static/app/nothing.js", "/static", "/_allauth/nothing", "/_allauth"])
def test_what_is_not_there_below_our_own_folders_is_404(path: str) -> None:
    assert Door().client.get(path).status_code == 404
