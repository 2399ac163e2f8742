"""What happens around allauth's sign-in beyond identity/sign_in.py: history, notices, password age.

*How it works*: the adapter that the settings name. Locking itself is allauth's counter of failed attempts per
address; here is noticed which attempt reached it.

*Rules*: a new password ends API tokens with the sessions: whoever changes it may have lost more than the password.
Only who knows the old one keeps them, by asking for it (`keep_tokens`); a reset by mail never does.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language

from guanxi.engine.entry.events import note_failure, note_sign_in
from guanxi.engine.entry.gate import SEEN, SINCE
from guanxi.engine.entry.passwords import note_change
from guanxi.engine.identity.actions.tokens import revoke_everywhere
from guanxi.engine.identity.models import User
from guanxi.engine.identity.sign_in import AccountAdapter, origin_of
from guanxi.engine.tenancy.context import Origin
from guanxi.kit.text import DEFAULT_LOCALE, Text

after_sign_in: list[Callable[[HttpRequest, User], None]] = []
"""Called when somebody has signed in, every step done."""
CHANGE = "/_allauth/browser/v1/account/password/change"
_MISMATCH = Text("邮箱或密码不对。", "The address and/or password are not correct.")
_MISMATCH_BY_MAIL = Text(
    "邮箱或密码不对。如果刚注册、还没有确认邮箱，请先打开邮件里的链接。",
    "The address and/or password are not correct. If you have just signed up, open the link in our mail first.",
)
APP, ACTION = "allauth.account", "login_failed"


def _mismatch() -> str:
    said = _MISMATCH_BY_MAIL if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" else _MISMATCH
    return said.in_(get_language() or DEFAULT_LOCALE)


class EntryAdapter(AccountAdapter):
    """Accounts, with what a firm wants to know about sign-ins."""

    _is_unconfirmed = False
    error_messages = {  # noqa: RUF012 - as the class above declares it
        **AccountAdapter.error_messages,
        "email_password_mismatch": lazy(_mismatch, str)(),
    }

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, every step done."""
        super().login(request, user)
        assert isinstance(user, User)
        request.session[SINCE] = request.session[SEEN] = int(time.time())
        note_sign_in(request, user)
        for then in after_sign_in:
            then(request, user)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Whose address and password these are; nobody's while the address is not confirmed (a mail asks again).

        An account is made by signing up. Were its unconfirmed address told apart from a wrong password, whoever signs
        up with somebody's address and signs in at once would learn whether they had an account before.
        """
        self._is_unconfirmed = settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and (
            EmailAddress.objects.filter(
                email=str(credentials.get("email") or "").strip().lower(), primary=True, verified=False
            ).exists()
        )
        user = super().authenticate(request, **credentials)
        if user is None or not self._is_unconfirmed:
            return user
        send_verification_email_for_user(request, user)
        self.authentication_failed(request, **credentials)
        return None

    def _rollback_login_failed_rl_usage(self) -> None:
        """Right passwords are not counted among the failures, but for those that are told to be wrong."""
        if not self._is_unconfirmed:
            super()._rollback_login_failed_rl_usage()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed attempt with the person whose address it was, if there is one."""
        super().authentication_failed(request, **credentials)
        email = str(credentials.get("email") or "").strip().lower()
        user = User.objects.filter(email=email, is_active=True).first()
        if user is not None:
            note_failure(request, user, self._locked_minutes(request, credentials))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a new password and note since when it holds; API tokens end, unless they are asked to stay."""
        assert isinstance(user, User)
        before = user.password
        with transaction.atomic():
            super().set_password(user, password)
            note_change(user, before)
            if not _keeps_tokens(self.request):
                origin = origin_of(self.request) if self.request is not None else Origin()
                revoke_everywhere(user.id, origin, "password")

    def _locked_minutes(self, request: HttpRequest, credentials: dict[str, Any]) -> int | None:
        """For how many minutes this failure has locked the address; None when it has not."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        for rate in ratelimit.get_rates(app=APP, action=ACTION):
            if rate.per == "key":
                counted = cache.get(
                    ratelimit.get_cache_key(request, rate=rate, key=key, app=APP, action=ACTION), []
                )
                if len(counted) >= rate.amount:
                    return round(rate.duration / 60)
        return None


def _keeps_tokens(request: HttpRequest | None) -> bool:
    """Whether a change of password, by who knows the old one, asks that tokens stay."""
    if request is None or request.path_info.rstrip("/") != CHANGE:
        return False
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        return False
    # Without an old password there is nobody who knows it: that is a first one, set after a reset or an invitation.
    return isinstance(body, dict) and body.get("keep_tokens") is True and bool(body.get("current_password"))


def locked_until(request: HttpRequest, user: User) -> datetime | None:
    """Until when an address is locked after failures; None when it is not."""
    key = EntryAdapter(request)._get_login_attempts_cache_key(request, email=user.email)
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        if rate.per == "key":
            kept = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, app=APP, action=ACTION), [])
            lately = sorted(at for at in kept if at > time.time() - rate.duration)
            if len(lately) >= rate.amount:
                return datetime.fromtimestamp(lately[-rate.amount] + rate.duration, UTC)
    return None


def unlock(request: HttpRequest, user: User) -> None:
    """End the lock of an address before its time."""
    adapter = EntryAdapter(request)
    key = adapter._get_login_attempts_cache_key(request, email=user.email)
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        if rate.per == "key":
            cache.delete(ratelimit.get_cache_key(request, rate=rate, key=key, app=APP, action=ACTION))
