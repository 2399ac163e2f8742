"""Where allauth asks us: who may sign up, what a new account gets, how its mails look.

*How it works*: allauth's headless views do sign-in, sign-up, reset, sessions, TOTP and passkeys; these
adapters save the new person together with their workspace, queue the mails of mails.py, encrypt second
factors at rest, and tell the audit who signed in, failed, or changed their keys.

*Rules*: nothing here may depend on the Host header; counting and mailing must not tell a stranger
whether an address has an account.

*See*: config/sign_in_settings.py, docs/adr/0010-sign-in.md.
"""

import re
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.base.response import ConflictResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest

from guanxi.engine.identity import mailing, mails
from guanxi.engine.identity.actions.workspaces import create_workspace
from guanxi.engine.identity.models import User
from guanxi.engine.identity.sealing import seal, unseal
from guanxi.engine.tenancy.context import Origin
from guanxi.engine.tenancy.recording import record_person
from guanxi.kit.ids import new_id
from guanxi.kit.text import DEFAULT_LOCALE, match_locale

_TOLD = frozenset({
    "account.password_changed", "account.password_reset", "account.password_set", "account.email_changed",
    "mfa.totp_activated", "mfa.totp_deactivated", "mfa.webauthn_added", "mfa.webauthn_removed",
    "mfa.recovery_codes_generated",
})  # fmt: skip
SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# Ids, and the secrets of links that stand in paths.
_IDS = re.compile(r"(?<=/)(?:[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_.~-]{33,})(?=/|\Z)", re.IGNORECASE)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: one person, one address, at least one workspace."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether strangers may make workspaces here (GUANXI_SIGN_UP)."""
        return bool(settings.GUANXI_SIGN_UP_OPEN)

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Save the new person and their workspace, both or neither."""
        person = super().save_user(request, user, form, commit=False)
        assert isinstance(person, User)
        person.name = form.cleaned_data["name"]
        person.locale = match_locale(request.headers.get("Accept-Language")) or ""
        try:
            with transaction.atomic():
                person.save()
                create_workspace(
                    form.cleaned_data["workspace_name"], admin=person, locale=person.locale or DEFAULT_LOCALE
                )
        except IntegrityError as error:  # the same address, in the same moment
            raise ImmediateHttpResponse(ConflictResponse(request)) from error
        return person

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a new password; every other session ends, because sessions are bound to the password."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, every step done; the audit hears of it in each workspace of the person."""
        super().login(request, user)
        self._record(request, user, "signin.in")

    def logout(self, request: HttpRequest) -> None:
        """Sign out."""
        if isinstance(request.user, User):
            self._record(request, request.user, "signin.out")
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Hold back whoever has failed too often."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._record_attempt(request, credentials, "signin.locked")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failed attempt."""
        self._record_attempt(request, credentials, "signin.failed")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Note what changed about an account's keys, then mail its person (with a mail server)."""
        area, _, what = template_prefix.partition("/email/")
        kind = f"{area}.{what}" if f"{area}.{what}" in _TOLD else "account.security"
        self._record(self.request, user, kind, what=what)
        super().send_notification_mail(template_prefix, user, context, email)

    def _record(self, request: HttpRequest | None, user: AbstractBaseUser, kind: str, **detail: Any) -> None:
        record_person(user.pk, kind, origin_of(request) if request else Origin(), **detail)

    def _record_attempt(self, request: HttpRequest, credentials: dict[str, Any], kind: str) -> None:
        """Known or not, the same work: the time must not tell which addresses have an account.

        Of an address that nobody has only a part is kept: people type passwords into the wrong field.
        """
        email = str(credentials.get("email") or "").strip().lower()
        known = User.objects.filter(email=email).values_list("id", flat=True).first()
        tried = email if known else f"{email[:1]}…{email[email.rfind('@') :] if '@' in email else ''}"
        record_person(
            known or new_id(), kind, origin_of(request), address=tried[:254], known=known is not None
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of our mails in the reader's language."""
        user = context.get("user")
        asked = match_locale(self.request.headers.get("Accept-Language")) if self.request else None
        locale = (user.locale if isinstance(user, User) else "") or asked or DEFAULT_LOCALE
        mailing.enqueue(mails.write(template_prefix, locale, context | {"email": email}), email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What failed attempts are counted under: the address alone.

        allauth adds the Host header, with which an attacker would get five more attempts a host name.
        """
        return f"sign-in:{str(credentials.get('email', '')).lower()}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address; over a Unix socket there is none, and all callers count as one."""
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            return "127.0.0.1"


class MfaAdapter(DefaultMFAAdapter):
    """Second factors, encrypted where they lie."""

    def encrypt(self, text: str) -> str:
        """Seal a TOTP key or recovery seed."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are made for the host people are on, under our name."""
        return super().get_public_key_credential_rp_entity() | {"name": "Guanxi"}


def origin_of(request: HttpRequest, token_id: uuid.UUID | None = None) -> Origin:
    """Where a request comes from, behind the proxies we trust; addresses within its path stay out."""
    operation = f"{request.method} {_IDS.sub('{id}', request.path_info)}"
    agent = request.headers.get("User-Agent", "")
    return Origin(AccountAdapter(request).get_client_ip(request), agent[:120], token_id, operation[:120])


def sign_in(request: HttpRequest, user: User) -> bool:
    """Sign `user` in on this browser; False when their address has to be confirmed first."""
    user.backend = SIGN_IN_BACKEND
    perform_login(request, user, email_verification=settings.ACCOUNT_EMAIL_VERIFICATION, signup=True)
    return bool(request.user.is_authenticated)
