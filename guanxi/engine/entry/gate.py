"""The gate between having signed in and getting at a workspace: what it demands holds on every request.

*How it works*: once a request's person and workspace are known, `check` compares them with the workspace's policy:
network, age and idleness of the session, second factor, age of the password. What one still has to do before
coming in (`Must`) leaves the addresses of OPEN, which say who one is and what is missing; enrolling itself is
allauth's, outside the API.

*Rules*: API tokens are never more than their person: networks and second factor hold for them too. A session
that has ended is forgotten after the refused transaction, by whoever catches `SessionExpired`.

*See*: web/authentication.py, policies.py.
"""

import time
import uuid
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from guanxi.engine.entry.models import PasswordAge
from guanxi.engine.entry.policies import has_second_factor, policy_of
from guanxi.engine.entry.rules import MLPS, MLPS_DAYS, Policy, is_within
from guanxi.engine.entry.vouching import has_vouched_factor, is_bound, is_bound_elsewhere, is_vouched
from guanxi.engine.identity.addresses import client_address
from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Actor
from guanxi.kit.errors import Forbidden, Unauthenticated
from guanxi.kit.text import Text

OPEN = frozenset(
    {"/api/v1/me", "/api/v1/me/entry", "/api/v1/me/sign-ins", "/api/v1/me/sso-link", "/api/v1/me/workspace"}
)
SINCE, SEEN = "guanxi_since", "guanxi_seen"
SEEN_EVERY = 60

_ENDED = Text("登录已到期，请重新登录。", "Your session has ended. Please sign in again.")
_NETWORK = Text(
    "你所在的网络不在本企业允许的范围内。", "This workspace does not admit people from your network."
)
_FACTOR = Text(
    "本企业要求你的角色使用两步验证，请先启用动态验证码或通行密钥。",
    "This workspace asks for a second factor. Set up an authenticator app or a passkey first.",
)
_PASSWORD = Text(
    "密码已使用超过 {days} 天，请先修改密码。",
    "Your password is more than {days} days old. Change it first.",
)
_SSO = Text("本企业要求通过单点登录进入。", "This workspace is entered through its single sign-on.")


class SessionExpired(Unauthenticated):
    """The session is older, or has been idle longer, than the workspace allows."""

    code = "session_expired"
    text = _ENDED


def check(request: HttpRequest, workspace_id: uuid.UUID, actor: Actor, *, by_token: bool) -> None:
    """Raises SessionExpired or Forbidden when the workspace's policy keeps this request out."""
    policy = policy_of(workspace_id)
    if not is_within(client_address(request), policy.networks):
        raise Forbidden(_NETWORK, code="network_not_allowed")
    if not by_token:
        if is_bound_elsewhere(request, workspace_id):
            raise SessionExpired
        if is_bound(request) and not is_vouched(request, workspace_id):
            raise SessionExpired
        if policy.limits_sessions:
            _check_session(request, policy)
    if request.path_info in OPEN:
        return
    missing = missing_of(policy, actor, workspace_id, None if by_token else request)
    if "single_sign_on" in missing:
        raise Forbidden(_SSO, code="single_sign_on_required")
    if "second_factor" in missing:
        raise Forbidden(_FACTOR, code="second_factor_required")
    if "password" in missing and not by_token:
        raise Forbidden(_PASSWORD, code="password_expired", days=MLPS_DAYS)


def missing_of(
    policy: Policy, actor: Actor, workspace_id: uuid.UUID, request: HttpRequest | None
) -> list[str]:
    """What a person still has to do before the workspace lets them in.

    `single_sign_on`, `second_factor`, `password`; `request` is the session's (None for a token). In a session
    that the workspace's own provider opened the password plays no part, and a second factor asked for there counts.
    """
    missing = []
    held = {str(actor.role), *actor.extra_roles}
    is_excepted = not policy.sso_only or str(actor.user_id) in policy.break_glass
    if request is not None and not is_excepted and not is_vouched(request, workspace_id):
        missing.append("single_sign_on")
    vouched = request is not None and has_vouched_factor(request)
    if held & set(policy.second_factor_roles) and not vouched and not has_second_factor(actor.user_id):
        missing.append("second_factor")
    by_provider = request is not None and is_bound(request)
    if policy.password_policy == MLPS and not by_provider and actor.user_id and _is_old(actor.user_id):
        missing.append("password")
    return missing


def _check_session(request: HttpRequest, policy: Policy) -> None:
    now = int(time.time())
    since = request.session.get(SINCE)
    if since is None:  # signed in before there was a limit: it counts from now
        request.session[SINCE] = since = now
    seen = request.session.get(SEEN, now)
    if now - since > policy.session_hours * 3600:
        raise SessionExpired
    if policy.idle_minutes:
        if now - seen > policy.idle_minutes * 60:
            raise SessionExpired
        if SEEN not in request.session or now - seen > SEEN_EVERY:
            request.session[SEEN] = now


def _is_old(user_id: uuid.UUID) -> bool:
    since = PasswordAge.objects.filter(user_id=user_id).values_list("changed_at", flat=True).first()
    if since is None:
        person = User.objects.filter(id=user_id).values_list("date_joined", "password").first()
        if person is None or person[1].startswith("!"):
            return False
        since = person[0]
    return since < timezone.now() - timedelta(days=MLPS_DAYS)
