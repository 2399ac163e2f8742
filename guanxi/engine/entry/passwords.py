"""The password rules of a person's workspaces, as one of Django's validators: they hold at every door.

*How it works*: length, similarity and known passwords hold for everybody (config/sign_in_settings.py). Where one of
the person's workspaces has chosen 等保, composition and reuse are checked too.
"""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language

from guanxi.engine.entry.models import PasswordAge
from guanxi.engine.entry.policies import policies_of_person
from guanxi.engine.entry.rules import MLPS, MLPS_KINDS, MLPS_REMEMBERED, kinds_of_characters
from guanxi.engine.identity.models import User
from guanxi.kit.text import DEFAULT_LOCALE, Text

_KINDS = Text(
    "密码须包含大写字母、小写字母、数字、符号中的至少 {kinds} 种。",
    "This password needs at least {kinds} of: capitals, small letters, digits, other characters.",
)
_REUSED = Text(
    "不能使用最近 {count} 次用过的密码。", "This password is one of the last {count} that were used."
)


class WorkspacePolicy:
    """What the person's workspaces demand beyond the general rules."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a password that a workspace of the person does not accept."""
        if not isinstance(user, User) or user._state.adding:
            return
        if all(policy.password_policy != MLPS for policy in policies_of_person(user.id)):
            return
        locale = get_language() or DEFAULT_LOCALE
        errors = []
        if kinds_of_characters(password) < MLPS_KINDS:
            errors.append(ValidationError(_KINDS.in_(locale, kinds=MLPS_KINDS), code="password_too_uniform"))
        if any(check_password(password, kept) for kept in _earlier(user)):
            errors.append(ValidationError(_REUSED.in_(locale, count=MLPS_REMEMBERED), code="password_reused"))
        if errors:
            raise ValidationError(errors)

    def get_help_text(self) -> str:
        """The rule."""
        return _KINDS.in_(get_language() or DEFAULT_LOCALE, kinds=MLPS_KINDS)


def note_change(user: User, before: str) -> None:
    """Note that a person has a new password; `before` is the hash of the one until now."""
    kept = PasswordAge.objects.filter(user=user).first()
    earlier = [before, *(kept.earlier if kept else [])] if before and not before.startswith("!") else []
    PasswordAge.objects.update_or_create(
        user=user, defaults={"changed_at": timezone.now(), "earlier": earlier[:MLPS_REMEMBERED]}
    )


def _earlier(user: User) -> list[str]:
    kept = PasswordAge.objects.filter(user=user).first()
    hashes = [user.password, *(kept.earlier if kept else [])]
    return [one for one in hashes if one and not one.startswith("!")][:MLPS_REMEMBERED]
