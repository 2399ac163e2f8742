"""From a request to a `Ctx`, in one transaction.

*How it works*: `ApiMiddleware` hands requests below `/api/v1/` to `handle`. A bearer token names its
workspace; a session has a current one. Either way one transaction is opened in that workspace, with
row-level security set and statements bounded; the person's standing is read; `request.ctx` is set;
the view runs (once per `Idempotency-Key`, idempotency.py); the transaction commits unless the answer is
an error. A session that looks as somebody else gets that one's rights, without the right to write
(engine/access/viewing.py). `PUBLIC` paths run without a context, `DETACHED` ones (streams that stay open) with a context
whose transaction is over.

*Rules*: the last middleware, and synchronous: under ASGI the whole chain then runs on the request's own
thread and connection. A bearer token switches the session off; only sessions need the CSRF token.

*See*: docs/adr/0011-tokens-carry-their-workspace.md, rate_limit.py, engine/identity/actors.py.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone

from guanxi.engine.access import viewing
from guanxi.engine.entry import gate
from guanxi.engine.entry.sessions import note_expired
from guanxi.engine.identity.addresses import client_address
from guanxi.engine.identity.facade import (
    Standing,
    find_live_token,
    find_standing,
    first_workspace_id,
    touch_member,
    touch_token,
)
from guanxi.engine.identity.models import ApiToken, User
from guanxi.engine.identity.rules import API_TOKEN, SESSION_WORKSPACE, is_older, parse_secret
from guanxi.engine.identity.sign_in import origin_of
from guanxi.engine.tenancy.context import Actor, Ctx, Via, enter_workspace, session
from guanxi.engine.tenancy.recording import count_call, record, record_later, tell_refusals, written
from guanxi.kit.errors import Forbidden, Problem, Unauthenticated
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text, match_locale
from guanxi.web.database_away import problem_of
from guanxi.web.idempotency import READING_POSTS, answer_once
from guanxi.web.problems import as_problem, problem_response
from guanxi.web.rate_limit import count, known_callers, place

API = "/api/v1/"
ACCOUNT = "/_allauth/"
PUBLIC = re.compile(
    rf"{API}(setup|invitations/[^/]+|sign-in/[^/]+|public/(notices|consents|copies|offers|calendars|forms|orders)/[^/]+|public/offers/[^/]+/pdf|public/forms/[^/]+/files)\Z"
)
# In a frame of another site there is no cookie to compare with; no session is looked at, so there is nothing to forge.
COOKIELESS = re.compile(rf"{API}public/forms/[^/]+(/files)?\Z")
DETACHED = frozenset({f"{API}stream"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SEEN_EVERY = timedelta(minutes=5)
TOKEN_SEEN_EVERY = timedelta(minutes=1)

_NO_WORKSPACE = Text(
    "你的账号目前不属于任何工作区，请联系管理员。",
    "Your account is not active in any workspace. Ask your administrator.",
)
_READ_ONLY_TOKEN = Text("这个令牌只能读取，不能修改。", "This token may read only.")
_CSRF = Text(
    "请求缺少或带有错误的 X-CSRFToken，请刷新页面。", "The X-CSRFToken is missing or wrong. Reload the page."
)
_BAD_TOKEN = Text("令牌无效、已过期或已吊销。", "The token is not valid, has expired or was revoked.")

log = logging.getLogger("guanxi.web")
GetResponse = Callable[[HttpRequest], HttpResponse]


class ApiMiddleware:
    """Lets requests to the API in."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            if _changes_account(request) and viewing.is_viewing(request.session, timezone.now()):
                name = request.session[viewing.SESSION]["name"]
                return problem_response(request, Forbidden(viewing.READ_ONLY, code="viewing_as", name=name))
            return self.get_response(request)
        try:
            return as_problem(request, handle(request, self.get_response))
        except gate.SessionExpired as problem:
            note_expired(request)
            logout(request)
            return problem_response(request, problem)
        except viewing.ViewingOver as problem:
            record_later(problem.ctx, "view_as.ended", **problem.seen)
            return problem_response(request, problem)
        except Problem as problem:
            return problem_response(request, problem)
        except (OperationalError, InterfaceError) as error:
            log.exception("The database did not answer %s %s", request.method, request.path_info)
            return problem_response(request, problem_of(error))


def handle(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """Answer one request to the API; raises the Problem that keeps it out."""
    secret = _fingerprint(request)
    written.journal, written.refused = False, ()
    if PUBLIC.match(request.path_info):
        count("stranger", client_address(request))
        with place(""):
            if _is_browser(request) and not COOKIELESS.match(request.path_info):
                _check_csrf(request)
            with transaction.atomic():
                return _all_or_nothing(request, get_response)
    if request.path_info in DETACHED:
        with place(secret), admitted(request):
            pass
        return get_response(request)
    with place(secret), admitted(request) as ctx:
        response = _all_or_nothing(request, lambda let_in: answer_once(let_in, get_response))
        if response.status_code < 400:
            _note_request(request, ctx)
    if response.status_code == 403:
        record_later(ctx, "access.refused")
    tell_refusals()
    return response


def _note_request(request: HttpRequest, ctx: Ctx) -> None:
    """Tell the audit of a token's call, and from where records were changed.

    A call that writes has an entry in its own transaction, by whose number the journal's entries are
    found; what a token only reads is counted by the minute.
    """
    by_token = ctx.origin.token_id is not None
    if _reads(request):
        if by_token or ctx.origin.viewer is not None:
            count_call(ctx)
    elif by_token or written.journal:
        record(ctx, "request.write")


def _all_or_nothing(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """The view's answer; when it is an error, the running transaction will be rolled back."""
    response = get_response(request)
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response


@contextmanager
def admitted(request: HttpRequest) -> Iterator[Ctx]:
    """One transaction in the caller's workspace, with `request.ctx` set; raises Unauthenticated and others."""
    secret = _bearer(request)
    if _fingerprint(request) and known_callers.find(_fingerprint(request)) is None:
        count("stranger", client_address(request))
    with _by_token(request, secret) if secret is not None else _by_session(request) as ctx:
        known_callers.note(_fingerprint(request), _caller(request, ctx), f"workspace:{ctx.workspace.id}")
        yield ctx


@contextmanager
def _by_token(request: HttpRequest, secret: str) -> Iterator[Ctx]:
    parsed = parse_secret(API_TOKEN, secret)
    if parsed is None or parsed.workspace_id is None:
        raise Unauthenticated(_BAD_TOKEN, code="bad_token")
    with session(parsed.workspace_id, statement_timeout_ms=settings.GUANXI_STATEMENT_TIMEOUT_MS):
        token = find_live_token(parsed.workspace_id, parsed.hash)
        if token is None:
            raise Unauthenticated(_BAD_TOKEN, code="bad_token")
        standing = find_standing(parsed.workspace_id, token.user_id)
        if standing is None:
            raise Unauthenticated(_BAD_TOKEN, code="bad_token")
        count("token", str(token.id))
        count("workspace", str(parsed.workspace_id))
        _check_scope(request, token)
        gate.check(request, parsed.workspace_id, standing.actor, by_token=True)
        yield _enter(request, standing, token)
        _note_presence(standing, token)


@contextmanager
def _by_session(request: HttpRequest) -> Iterator[Ctx]:
    user = request.user
    if not isinstance(user, User):
        raise Unauthenticated
    count("session", str(user.id))
    _check_csrf(request)
    chosen = parse_id(request.session.get(SESSION_WORKSPACE))
    with session(chosen, statement_timeout_ms=settings.GUANXI_STATEMENT_TIMEOUT_MS):
        standing = find_standing(chosen, user.id) if chosen else None
        standing = standing or _first_standing(request, user)
        count("workspace", str(standing.workspace.id))
        gate.check(request, standing.workspace.id, standing.actor, by_token=False)
        ctx = _enter(request, standing, None)
        seen = viewing.seen_as(ctx, request.session)
        yield ctx if seen is None else _look(request, ctx, seen)
        _note_presence(standing, None)


def _first_standing(request: HttpRequest, user: User) -> Standing:
    """The first workspace that the person is active in, chosen from now on; raises Forbidden for none."""
    enter_workspace(None, user.id)
    first = first_workspace_id(user.id)
    if first is not None:
        enter_workspace(first)
        standing = find_standing(first, user.id)
        if standing is not None:
            request.session[SESSION_WORKSPACE] = str(first)
            return standing
    raise Forbidden(_NO_WORKSPACE, code="no_workspace")


def _enter(request: HttpRequest, standing: Standing, token: ApiToken | None) -> Ctx:
    asked = match_locale(request.headers.get("Accept-Language"))
    ctx = Ctx(
        workspace=standing.workspace,
        actor=_limited(standing.actor, token),
        via=Via.WEB if token is None else Via.API,
        locale=asked or standing.locale or standing.workspace.locale,
        origin=origin_of(request, token.id if token is not None else None),
    )
    request.ctx = ctx  # type: ignore[attr-defined]
    request.api_token = token  # type: ignore[attr-defined]
    request.viewing = None  # type: ignore[attr-defined]
    return ctx


def _look(request: HttpRequest, own: Ctx, seen: viewing.Seen) -> Ctx:
    """The context of somebody who sees the product as somebody else; raises Forbidden for all but looking."""
    viewing.check_request(seen, request.method or "", request.path_info, reads=_reads(request))
    origin = replace(own.origin, viewer=own.actor.user_id, viewing=seen.name, viewed=seen.user_id)
    ctx = replace(own, actor=seen.actor, origin=origin)
    request.ctx = ctx  # type: ignore[attr-defined]
    request.viewing = seen.as_json()  # type: ignore[attr-defined]
    return ctx


def _changes_account(request: HttpRequest) -> bool:
    """Whether this is a write to one's account (not the end of the session) at the door of allauth."""
    path = request.path_info
    if request.method in SAFE or not path.startswith(ACCOUNT):
        return False
    return not (request.method == "DELETE" and path.rstrip("/").endswith("/auth/session"))


def _note_presence(standing: Standing, token: ApiToken | None) -> None:
    """Note now and then that somebody was here: last of all, so that no lock is held while others are sought."""
    if transaction.get_rollback():
        return
    if token is not None and is_older(token.last_used_at, TOKEN_SEEN_EVERY):
        touch_token(token.id)
    if is_older(standing.last_seen_at, SEEN_EVERY):
        touch_member(standing.membership_id)


def _limited(actor: Actor, token: ApiToken | None) -> Actor:
    """The actor, reading only when the token has no more to give."""
    if token is None or "write" in token.scopes:
        return actor
    return replace(actor, can_write=False)


def _reads(request: HttpRequest) -> bool:
    return request.method in SAFE or (
        request.method == "POST" and request.path_info.rstrip("/").endswith(READING_POSTS)
    )


def _check_scope(request: HttpRequest, token: ApiToken) -> None:
    if not _reads(request) and "write" not in token.scopes:
        raise Forbidden(_READ_ONLY_TOKEN, code="token_reads_only")


def _bearer(request: HttpRequest) -> str | None:
    """The bearer token of the request; None when it has no such header."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def _fingerprint(request: HttpRequest) -> str:
    """What the request comes with, hashed: its token, else its session's cookie; empty for neither."""
    secret = _bearer(request) or request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest() if secret else ""


def _caller(request: HttpRequest, ctx: Ctx) -> str:
    token: ApiToken | None = request.api_token  # type: ignore[attr-defined]
    return f"token:{token.id}" if token is not None else f"session:{ctx.origin.viewer or ctx.actor.user_id}"


def _is_browser(request: HttpRequest) -> bool:
    """Whether a page may be behind this request; programs send none of these headers."""
    return (
        bool({"Origin", "Referer", "Sec-Fetch-Site"} & set(request.headers)) or request.user.is_authenticated
    )


class _CsrfCheck(CsrfViewMiddleware):
    """Django's check, its reason handed back instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _check_csrf(request: HttpRequest) -> None:
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check = _CsrfCheck(lambda _: HttpResponse())
    check.process_request(request)
    if check.process_view(request, lambda _: HttpResponse(), (), {}):
        raise Forbidden(_CSRF, code="csrf_failed")
