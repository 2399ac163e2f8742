"""Every API request: let in or kept out, one transaction, within its limits."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guanxi.engine.identity.models import Team
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.kit.errors import Forbidden, NotFound, TooMany, Unauthenticated
from guanxi.kit.rate_limit import RateLimiter
from guanxi.web.authentication import ApiMiddleware, handle
from guanxi.web.rate_limit import shares
from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db

View = Callable[[HttpRequest], HttpResponse]


def _request(firm: Firm, path: str = "/api/v1/anything", method: str = "GET", **token: Any) -> Any:
    secret = firm.token(**token)
    return RequestFactory().generic(method, path, headers={"Authorization": f"Bearer {secret}"})


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return str(cursor.fetchone()[0])


def test_the_view_runs_in_the_callers_workspace_with_bounded_statements(firm: Firm, settings: Any) -> None:
    seen: dict[str, Any] = {}

    def view(request: Any) -> HttpResponse:
        ctx: Ctx = request.ctx
        seen.update(ctx=ctx, workspace=_setting("guanxi.workspace"), user=_setting("guanxi.user"))
        seen["timeout"] = _setting("statement_timeout")
        return HttpResponse()

    handle(_request(firm), view)
    assert seen["workspace"] == str(firm.workspace.id) == str(seen["ctx"].workspace.id)
    assert seen["user"] == ""
    assert seen["timeout"] == "5s"
    assert seen["ctx"].actor.user_id == firm.admin.id
    assert seen["ctx"].via == "api"


@pytest.mark.asvs("15.2.2")
def test_a_statement_that_takes_too_long_is_ended(firm: Firm, settings: Any) -> None:
    settings.GUANXI_STATEMENT_TIMEOUT_MS = 100

    def view(_: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(3)")
        return HttpResponse()

    with pytest.raises(OperationalError):
        handle(_request(firm), view)


@pytest.mark.parametrize("status", [400, 404, 409, 422, 500])
def test_an_answer_that_is_an_error_leaves_nothing_behind(firm: Firm, status: int) -> None:
    def view(request: Any) -> HttpResponse:
        Team.objects.create(workspace_id=request.ctx.workspace.id, name="half done")
        return HttpResponse(status=status)

    assert handle(_request(firm, method="POST"), view).status_code == status
    with session(firm.workspace.id):
        assert not Team.objects.exists()


@pytest.mark.asvs("16.5.3")
def test_an_exception_leaves_nothing_behind(firm: Firm) -> None:
    def view(request: Any) -> HttpResponse:
        Team.objects.create(workspace_id=request.ctx.workspace.id, name="half done")
        raise NotFound

    answer = ApiMiddleware(view)(_request(firm, method="POST"))
    assert (answer.status_code, code_of(answer)) == (404, "not_found")
    with session(firm.workspace.id):
        assert not Team.objects.exists()


def test_a_stream_keeps_no_transaction(firm: Firm) -> None:
    seen: list[str] = []

    def view(request: Any) -> HttpResponse:
        seen.append(str(request.ctx.workspace.id))
        seen.append(str(connection.in_atomic_block and len(connection.savepoint_ids)))
        return HttpResponse()

    depth = len(connection.savepoint_ids)
    handle(_request(firm, "/api/v1/stream"), view)
    assert seen == [str(firm.workspace.id), str(depth)]


@pytest.mark.parametrize("path", ["/api/v1/customer/query", "/api/v1/customer/duplicates"])
@pytest.mark.asvs("3.5.3")
def test_posts_that_only_read_are_open_to_reading_tokens(firm: Firm, path: str) -> None:
    request = _request(firm, path, "POST", scopes=["read"])
    assert handle(request, lambda _: HttpResponse()).status_code == 200
    assert request.ctx.actor.can_write is False
    with pytest.raises(Forbidden):
        handle(_request(firm, "/api/v1/customer/bulk", "POST", scopes=["read"]), lambda _: HttpResponse())


@pytest.mark.asvs("3.5.1")
def test_unsafe_verbs_of_a_session_need_the_csrf_token(firm: Firm) -> None:
    door = firm.door(csrf=True)
    refused = door.patch("/me", {"name": "x"})
    assert (refused.status_code, code_of(refused)) == (403, "csrf_failed")
    door.get("/setup")
    token = door.client.cookies["csrftoken"].value
    assert door.patch("/me", {"name": "x"}, **{"X-CSRFToken": token}).status_code == 200
    assert door.patch("/me", {"name": "x"}, **{"X-CSRFToken": "a" * 32}).status_code == 403
    forged = door.patch("/me", {"name": "x"}, **{"X-CSRFToken": token, "Origin": "https://evil.example"})
    assert forged.status_code == 403
    assert door.get("/me").status_code == 200


@pytest.mark.asvs("3.5.2")
def test_a_token_needs_no_csrf_token_and_switches_the_session_off(firm: Firm, other_firm: Firm) -> None:
    door = other_firm.door(csrf=True)
    answer = door.patch("/me", {"theme": "dark"}, Authorization=f"Bearer {firm.token()}")
    assert answer.data["workspace"]["name"] == "中山公司"
    assert door.get("/me", Authorization="Bearer gx_wrong").status_code == 401


def test_public_doors_ask_browsers_for_the_csrf_token(firm: Firm) -> None:
    door = Door(csrf=True)
    assert door.post("/setup", {"token": "x"}, Origin="https://evil.example").status_code == 403
    assert door.post("/invitations/x", {}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert door.post("/invitations/x", {}).status_code == 404


@pytest.mark.asvs("2.4.1")
def test_too_many_requests_are_told_when_to_come_again(firm: Firm, settings: Any) -> None:
    settings.GUANXI_RATE_LIMITS = settings.GUANXI_RATE_LIMITS | {"token": 3, "session": 3}
    settings.GUANXI_WEB_PROCESSES = 1
    busy, other = Door(firm.token()), Door(firm.token())
    assert [busy.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    late = busy.get("/me")
    assert code_of(late) == "rate_limited"
    assert 1 <= int(late.headers["Retry-After"]) <= 61
    assert other.get("/me").status_code == 200


def test_a_new_minute_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, now = RateLimiter(), 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    limiter.count("a", 1)
    with pytest.raises(TooMany):
        limiter.count("a", 1)
    now += 60
    limiter.count("a", 1)


def test_nobody_gets_no_further(firm: Firm) -> None:
    request = RequestFactory().get("/api/v1/anything", headers={"Authorization": "Basic eDp5"})
    request.user = object()  # type: ignore[assignment]
    with pytest.raises(Unauthenticated):
        handle(request, lambda _: HttpResponse())


def test_who_was_here_when_is_noted(firm: Firm) -> None:
    assert firm.door().get("/me").status_code == 200
    [row] = firm.door().get("/members").data["data"]
    assert row["last_seen_at"] is not None


def test_a_request_of_a_session_asks_the_database_little(firm: Firm, django_assert_num_queries: Any) -> None:
    door = firm.door()
    door.get("/teams")
    # session, user, savepoint, workspace, standing, teams, release
    with django_assert_num_queries(7):
        door.get("/teams")


def test_a_whole_workspace_has_a_limit_and_others_do_not_feel_it(
    firm: Firm, other_firm: Firm, settings: Any
) -> None:
    settings.GUANXI_RATE_LIMITS = settings.GUANXI_RATE_LIMITS | {"workspace": 4}
    settings.GUANXI_WEB_PROCESSES = 1
    people = [firm.door(firm.add(f"员工{n}")) for n in range(3)]
    answers = [person.get("/me").status_code for person in people for _ in range(2)]
    assert answers == [200] * 4 + [429] * 2
    assert other_firm.door().get("/me").status_code == 200


@pytest.mark.asvs("15.3.4")
def test_strangers_are_counted_by_address_and_people_behind_it_are_not(firm: Firm, settings: Any) -> None:
    settings.GUANXI_RATE_LIMITS = settings.GUANXI_RATE_LIMITS | {"stranger": 3}
    settings.GUANXI_WEB_PROCESSES = 1
    person = firm.door()
    assert person.get("/me").status_code == 200  # counted: it was not known yet
    guesses = [Door(f"gx_guess{n}_{'a' * 32}").get("/me").status_code for n in range(4)]
    assert guesses == [401, 401, 429, 429]
    assert person.get("/me").status_code == 200
    assert Door().get("/setup").status_code == 429


def test_one_person_does_not_hold_every_connection(firm: Firm, settings: Any) -> None:
    settings.GUANXI_DATABASE_POOL = 4
    door = firm.door()
    assert door.get("/me").status_code == 200
    seen = []

    def view(request: Any) -> HttpResponse:
        seen.append(shares.held(f"session:{firm.admin.id}"))
        return HttpResponse()

    request = RequestFactory().get("/api/v1/anything")
    request.COOKIES["guanxi_session"] = door.session_key
    request.user, request.session = firm.admin, door.client.session  # type: ignore[assignment]
    handle(request, view)
    assert seen == [1]
    assert shares.held(f"session:{firm.admin.id}") == 0


def test_the_wrong_kind_of_request_is_told_as_a_problem(firm: Firm) -> None:
    answer = Door(firm.token(), language="zh-CN").put("/customer", {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert (answer.data["code"], answer.data["detail"]) == ("method_not_allowed", "这个地址不支持这种请求。")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_a_filter_that_is_no_json_is_told_at_the_filter(firm: Firm) -> None:
    answer = Door(firm.token()).get("/customer?filter={bad")
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "filter")
