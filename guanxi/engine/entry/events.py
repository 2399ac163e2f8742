"""Who signed in, from where, and whether that is news to their person.

*How it works*: a browser gets a cookie of 128 random bits at its first sign-in (`DeviceMiddleware`); its hash is
the device. A sign-in from a device *and* a network (/24, /48) that this person has never used is told them by mail;
one of both being known is everyday life. Where an address lies in the world is not looked up: that would take a
service or a table that ages, and tells less than "new".

*Rules*: told are people who exist; a stranger's attempt leaves a row only with the person whose address was tried.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guanxi.engine.entry.models import SignInEvent
from guanxi.engine.entry.rules import network_of
from guanxi.engine.identity import mailing, mails
from guanxi.engine.identity.addresses import client_address
from guanxi.engine.identity.models import User
from guanxi.kit.text import DEFAULT_LOCALE

DEVICE_COOKIE = "guanxi_device"
DEVICE_SECONDS = 365 * 24 * 3600
KEPT_DAYS = 400
_FRESH = "_guanxi_new_device"


class DeviceMiddleware:
    """Gives a browser its device cookie with the answer to its first sign-in."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        fresh = getattr(request, _FRESH, None)
        if fresh:
            response.set_cookie(
                cookie_name(),
                fresh,
                max_age=DEVICE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def cookie_name() -> str:
    """The cookie's name: like the session's, bound to the host where there is https."""
    return ("__Host-" if settings.SESSION_COOKIE_SECURE else "") + DEVICE_COOKIE


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Keep that `user` has signed in here; tell them when device and network are both new."""
    ip = client_address(request)
    secret = request.COOKIES.get(cookie_name(), "")
    if len(secret) < 20:
        secret = secrets.token_urlsafe(16)
        setattr(request, _FRESH, secret)
    device, network = _hashed(secret), network_of(ip)
    before = SignInEvent.objects.filter(user=user, outcome="in")
    is_news = before.exists() and not (
        before.filter(device=device).exists() or before.filter(network=network).exists()
    )
    event = SignInEvent.objects.create(
        user=user, outcome="in", ip=ip, network=network, device=device, agent=_agent(request)
    )
    if is_news:
        _tell(user, "entry/new_device", request, at=event.at.strftime("%Y-%m-%d %H:%M UTC"))


def note_failure(request: HttpRequest, user: User, locked_for: int | None) -> None:
    """Keep that signing in as `user` failed; `locked_for` minutes when this was the attempt that locks."""
    ip = client_address(request)
    SignInEvent.objects.create(
        user=user,
        outcome="failed" if locked_for is None else "locked",
        ip=ip,
        network=network_of(ip),
        agent=_agent(request),
    )
    if locked_for is not None:
        end = timezone.now() + timedelta(minutes=locked_for)
        _tell(user, "entry/locked", request, minutes=locked_for, end=end.strftime("%Y-%m-%d %H:%M UTC"))


def current_device(request: HttpRequest) -> str:
    """The hash of the device this request comes from; empty for none."""
    secret = request.COOKIES.get(cookie_name(), "")
    return _hashed(secret) if secret else ""


def forget_old_events() -> None:
    """Remove what is older than KEPT_DAYS."""
    SignInEvent.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()


def _tell(user: User, key: str, request: HttpRequest, **values: object) -> None:
    told = values | {"ip": client_address(request), "user_agent": _agent(request) or "?"}
    told["url"] = settings.GUANXI_PUBLIC_URL + "/settings/security"
    mailing.enqueue(mails.write(key, user.locale or DEFAULT_LOCALE, told), user.email)


def _agent(request: HttpRequest) -> str:
    return "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())[:200]


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
