"""Sessions that an identity provider of a workspace opened, and what they may not do.

*How it works*: a person has one account for all their workspaces, and each workspace chooses its own provider.
A session opened by one is therefore *bound*: it reaches that workspace and no other, and changes nothing of the
account (password, address, second factors, name, other sessions), or whoever runs one firm's provider would come into another firm.
A session opened by password or passkey is not bound; that a provider vouched in it as well is noted beside.
Either is good for as long as the connection is in use that it came by: the session holds its `way`, and whoever
knows of connections (engine/sso) says whether that still leads in.

*Rules*: a bound session becomes an unbound one only by signing in anew. Whose way is gone is out at the next request.

*See*: gate.py, docs/adr/0059-single-sign-on.md.
"""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from guanxi.engine.identity.rules import SESSION_BOUND
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import DEFAULT_LOCALE, Text, match_locale

VOUCHED, FACTOR = "guanxi_vouched_by", "guanxi_vouched_factor"
way_checks: list[Callable[[uuid.UUID, str], bool]] = []
"""Asked whether a way of a workspace still leads in; registered by engine.sso."""
_LIVE = "_guanxi_live_ways"
# The list of one's second factors is shown; it tells no secret.
_OPEN = frozenset({("GET", "/_allauth/browser/v1/account/authenticators")})
_BASE = "/_allauth/browser/v1/"
_ACCOUNT = _BASE + "account/"
# What belongs to the account though it stands elsewhere: other sessions, and proving oneself for changes.
_ELSEWHERE = tuple(
    f"{_BASE}auth/{path}"
    for path in (
        "sessions",
        "reauthenticate",
        "2fa/reauthenticate",
        "2fa/trust",
        "webauthn/reauthenticate",
        "provider/",
    )
)
_BOUND = Text(
    "你是通过企业单点登录进来的。要修改密码、邮箱或两步验证，请用密码登录；没有密码时，先用「忘记密码」设一个。",
    "You came in through your company's single sign-on. To change password, address or second step, sign in with "
    "your password; without one, set it by “Forgot your password?” first.",
)


def vouch(request: HttpRequest, workspace_id: uuid.UUID, way: str, *, bound: bool, factor: bool) -> None:
    """Note that a workspace's provider vouched for who is signed in, `factor`: with a second factor."""
    request.session[VOUCHED] = {**request.session.get(VOUCHED, {}), str(workspace_id): way}
    if bound:
        request.session[SESSION_BOUND] = str(workspace_id)
    if factor:
        request.session[FACTOR] = True


def is_vouched(request: HttpRequest, workspace_id: uuid.UUID) -> bool:
    """Whether a provider that this workspace still has vouched in this session; needs a session of it."""
    way = request.session.get(VOUCHED, {}).get(str(workspace_id))
    if not way:
        return False
    known: dict[str, bool] = request.__dict__.setdefault(_LIVE, {})
    if way not in known:
        known[way] = any(check(workspace_id, way) for check in way_checks)
    return known[way]


def is_bound(request: HttpRequest) -> bool:
    """Whether this session reaches one workspace only."""
    return bool(request.session.get(SESSION_BOUND))


def is_bound_elsewhere(request: HttpRequest, workspace_id: uuid.UUID) -> bool:
    """Whether this session was opened by another workspace's provider."""
    return bool(request.session.get(SESSION_BOUND, str(workspace_id)) != str(workspace_id))


def has_vouched_factor(request: HttpRequest) -> bool:
    """Whether the provider that opened this session asked for a second factor."""
    return is_bound(request) and bool(request.session.get(FACTOR))


class BoundSessionMiddleware:
    """Keeps the account itself out of a bound session's reach."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if (
            path.startswith((_ACCOUNT, *_ELSEWHERE))
            and (request.method, path.rstrip("/")) not in _OPEN
            and is_bound(request)
        ):
            locale = match_locale(request.headers.get("Accept-Language")) or DEFAULT_LOCALE
            problem = Forbidden(_BOUND, code="single_sign_on").as_json(locale)
            # In allauth's shape too: its own clients read `errors`.
            problem["errors"] = [{"code": "single_sign_on", "message": problem["detail"]}]
            return JsonResponse(problem, status=403, content_type="application/json")
        return self.get_response(request)
