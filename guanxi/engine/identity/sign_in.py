"""Where allauth asks us: who may sign up, what a new account gets, how its mails look.

*How it works*: allauth's headless views do sign-in, sign-up, reset, sessions, TOTP and passkeys; these
adapters save the new person together with their workspace, queue the mails of mails.py, and encrypt
second factors at rest.

*Rules*: nothing here may depend on the Host header; counting and mailing must not tell a stranger
whether an address has an account.

*See*: config/sign_in_settings.py, docs/adr/0010-sign-in.md.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.base.response import ConflictResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest

from guanxi.engine.identity import mailing, mails
from guanxi.engine.identity.actions.workspaces import create_workspace
from guanxi.engine.identity.models import User
from guanxi.engine.identity.sealing import seal, unseal
from guanxi.kit.text import DEFAULT_LOCALE, match_locale

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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


def sign_in(request: HttpRequest, user: User) -> bool:
    """Sign `user` in on this browser; False when their address has to be confirmed first."""
    user.backend = SIGN_IN_BACKEND
    perform_login(request, user, email_verification=settings.ACCOUNT_EMAIL_VERIFICATION, signup=True)
    return bool(request.user.is_authenticated)
