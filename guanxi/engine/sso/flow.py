"""One sign-in by a provider, from the button to the workspace.

*How it works*: `start` keeps state, nonce and verifier in the browser's session and says where to send it; `finish`
takes the round back out, once, asks the provider who came (without holding a connection to the database), and
signs them in. What fails becomes a code that the sign-in page shows; administrators find why in the audit.

*Rules*: an answer counts only in the browser that began, at the return address of the connection it began with.
Where it leads afterwards is a path of ours, chosen at the beginning.
"""

import hmac
import logging
import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.db import connection
from django.http import HttpRequest

from guanxi.engine.entry.adapter import EntryAdapter
from guanxi.engine.entry.policies import read_policy
from guanxi.engine.entry.vouching import is_bound, vouch
from guanxi.engine.identity.facade import find_standing
from guanxi.engine.identity.models import User
from guanxi.engine.identity.rules import SESSION_WORKSPACE
from guanxi.engine.identity.sign_in import SIGN_IN_BACKEND, origin_of
from guanxi.engine.sso.connections import find_at, setup_of
from guanxi.engine.sso.linking import WAITING, SignInFirst, remember, settle
from guanxi.engine.sso.models import SsoConnection
from guanxi.engine.sso.providers.base import Person, Round, Setup, SsoFailure, providers
from guanxi.engine.sso.rules import is_own_path
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record

ROUNDS = "guanxi_sso_rounds"
ROUND_SECONDS = 600
MOST_ROUNDS = 5

log = logging.getLogger("guanxi.sso")


def start(request: HttpRequest, address: str, connection_id: uuid.UUID, after: str) -> str:
    """Where to send the browser: the provider's page, or back to ours with what is wrong."""
    row = next((one for one in find_at(address) if one.id == connection_id), None)
    if row is None:
        return _page(address, sso="gone")
    this = Round(*(secrets.token_urlsafe(32) for _ in range(3)))
    try:
        page = providers.get(row.kind).start(_prepared(row), this)
    except SsoFailure as failure:
        return _failed(request, row, failure)
    open_rounds = [one for one in request.session.get(ROUNDS, ()) if one["until"] > time.time()]
    request.session[ROUNDS] = [
        *open_rounds[1 - MOST_ROUNDS :],
        {
            "state": this.state,
            "nonce": this.nonce,
            "verifier": this.verifier,
            "connection": str(row.id),
            "address": address,
            "after": after if is_own_path(after) else "/",
            "until": int(time.time()) + ROUND_SECONDS,
        },
    ]
    return page


def ask_first(address: str, after: str) -> str:
    """The sign-in page of a firm, where somebody whom another site sent begins by themselves."""
    return _page(address, next=after if is_own_path(after) and after != "/" else "")


def finish(request: HttpRequest, connection_id: uuid.UUID, params: Mapping[str, str]) -> str:
    """Sign in whoever came back; the page to go to, which says what went wrong where something did."""
    begun = _take_round(request, connection_id, params.get("state", ""))
    if begun is None:
        return _page("", sso="expired")
    row = next((one for one in find_at(begun["address"]) if one.id == connection_id), None)
    if row is None:
        return _page(begun["address"], sso="gone")
    this = Round(begun["state"], begun["nonce"], begun["verifier"])
    try:
        person = providers.get(row.kind).finish(_prepared(row), this, params)
        return _let_in(request, row, person, begun["after"])
    except SignInFirst as needed:
        remember(request, row, person, needed.email)
        if isinstance(request.user, User):
            waiting = request.session[WAITING]
            logout(request)
            request.session[WAITING] = waiting
        return _page(row.address, sso="link", email=needed.email, next=begun["after"])
    except SsoFailure as failure:
        return _failed(request, row, failure)


def _let_in(request: HttpRequest, row: SsoConnection, person: Person, after: str) -> str:
    """Sign in, or note in the running session that the provider vouched; raises SignInFirst, SsoFailure."""
    here = request.user if isinstance(request.user, User) else None
    own = here if here is not None and not is_bound(request) else None
    factor = person.factor or row.trusts_factor
    with session(row.workspace_id):
        known = settle(row, person, own)
        if own is None or own.id != known.user.id:
            _check_factor(row, known.user, factor)
    if own is not None and own.id == known.user.id:
        vouch(request, row.workspace_id, row.way, bound=False, factor=False)
    else:
        if here is not None:
            logout(request)
        _sign_in(request, known.user)
        vouch(request, row.workspace_id, row.way, bound=True, factor=factor)
    request.session[SESSION_WORKSPACE] = str(row.workspace_id)
    return after


def _check_factor(row: SsoConnection, user: User, factor: bool) -> None:
    """Raises SsoFailure where the workspace demands a second factor and nobody has asked for one."""
    standing = find_standing(row.workspace_id, user.id)
    if standing is None or factor:
        return
    held = {str(standing.actor.role), *standing.actor.extra_roles}
    if held & set(read_policy(row.workspace_id).second_factor_roles):
        raise SsoFailure("factor", "the provider did not say that it asked for a second factor")


def _sign_in(request: HttpRequest, user: User) -> None:
    adapter = EntryAdapter(request)
    user.backend = SIGN_IN_BACKEND
    adapter.login(request, user)
    adapter.post_login(
        request,
        user,
        email_verification="none",
        signal_kwargs=None,
        email=None,
        signup=False,
        redirect_url="/",
    )


def _take_round(request: HttpRequest, connection_id: uuid.UUID, state: str) -> dict[str, Any] | None:
    """The round that this answer belongs to, taken out so that it counts once."""
    rounds = request.session.get(ROUNDS, [])
    found = next((one for one in rounds if hmac.compare_digest(one["state"].encode(), state.encode())), None)
    if found is None:
        return None
    request.session[ROUNDS] = [one for one in rounds if one is not found]
    return found if found["until"] > time.time() and found["connection"] == str(connection_id) else None


def _failed(request: HttpRequest, row: SsoConnection, failure: SsoFailure) -> str:
    log.info("single sign-on of %s failed: %s", row.address, failure)
    with session(row.workspace_id):
        ctx = load_system_ctx(row.workspace_id)
        record(
            replace(ctx, origin=origin_of(request)),
            "signin.sso_failed",
            record_id=row.id,
            single_sign_on=row.label,
            reason=failure.code,
            detail=failure.detail,
        )
    return _page(row.address, sso=failure.code)


def _page(address: str, **said: str) -> str:
    query = {"firm": address, **said}
    return f"{settings.GUANXI_PUBLIC_URL}/sign-in?{urlencode({key: value for key, value in query.items() if value})}"


def _prepared(row: SsoConnection) -> Setup:
    """What the provider needs; the connection to the database goes back while another machine is asked."""
    with session(row.workspace_id):
        setup = setup_of(row)
    if not connection.in_atomic_block:
        connection.close()
    return setup
