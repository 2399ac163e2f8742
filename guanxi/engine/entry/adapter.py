"""What happens around allauth's sign-in beyond identity/sign_in.py: history, notices, password age.

*How it works*: the adapter that the settings name. Locking itself is allauth's counter of failed attempts per
address; here is noticed which attempt reached it.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest

from guanxi.engine.entry.events import note_failure, note_sign_in
from guanxi.engine.entry.gate import SEEN, SINCE
from guanxi.engine.entry.passwords import note_change
from guanxi.engine.identity.models import User
from guanxi.engine.identity.sign_in import AccountAdapter

after_sign_in: list[Callable[[HttpRequest, User], None]] = []
"""Called when somebody has signed in, every step done."""
APP, ACTION = "allauth.account", "login_failed"


class EntryAdapter(AccountAdapter):
    """Accounts, with what a firm wants to know about sign-ins."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, every step done."""
        super().login(request, user)
        assert isinstance(user, User)
        request.session[SINCE] = request.session[SEEN] = int(time.time())
        note_sign_in(request, user)
        for then in after_sign_in:
            then(request, user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed attempt with the person whose address it was, if there is one."""
        super().authentication_failed(request, **credentials)
        email = str(credentials.get("email") or "").strip().lower()
        user = User.objects.filter(email=email, is_active=True).first()
        if user is not None:
            note_failure(request, user, self._locked_minutes(request, credentials))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a new password and note since when it holds."""
        assert isinstance(user, User)
        before = user.password
        super().set_password(user, password)
        note_change(user, before)

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
