"""Making accounts, and taking into use those that others have made."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from guanxi.engine.identity.models import User
from guanxi.engine.identity.rules import tidy_name
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.text import Text

EMAIL_TAKEN = Text(
    "这个邮箱已经有账号，请先登录再打开链接。",
    "This address already has an account. Sign in first, then open the link again.",
)


def create_account(*, email: str, name: str, password: str, locale: str = "", verified: bool) -> User:
    """A new person who can sign in; raises Invalid for a weak password or a taken address."""
    user = User(email=email.lower(), name=tidy_name(name), locale=locale)
    check_password(password, user)
    if User.objects.filter(email=user.email).exists():
        raise invalid("email", "email_taken", EMAIL_TAKEN)
    user.set_password(password)
    user.save()
    record_address(user, verified=verified)
    return user


def take_into_use(user: User, *, email: str, name: str, password: str, verified: bool) -> None:
    """Give an invited or imported person their password; raises Invalid like `create_account`."""
    user.email, user.name = email.lower(), tidy_name(name)
    check_password(password, user)
    if User.objects.filter(email=user.email).exclude(id=user.id).exists():
        raise invalid("email", "email_taken", EMAIL_TAKEN)
    user.set_password(password)
    user.save()
    record_address(user, verified=verified)


def record_address(user: User, *, verified: bool) -> None:
    """Keep the person's address where allauth looks for it."""
    EmailAddress.objects.update_or_create(
        user=user, primary=True, defaults={"email": user.email, "verified": verified}
    )


def check_password(password: str, user: User) -> None:
    """Check a password against the policy; raises Invalid with everything that is wrong with it."""
    chinese, english = (_complaints(password, user, language) for language in ("zh-hans", "en"))
    if chinese:
        pairs = zip(chinese, english, strict=True)
        raise Invalid(errors=[FieldError("password", zh.code, Text(zh.text, en.text)) for zh, en in pairs])


@dataclass(frozen=True, slots=True)
class _Complaint:
    code: str
    text: str


def _complaints(password: str, user: User, language: str) -> list[_Complaint]:
    """What the validators say in one language: their sentences are fixed when they are raised."""
    with translation.override(language):
        try:
            validate_password(password, user)
        except ValidationError as error:
            return [_Complaint(str(one.code), " ".join(one.messages)) for one in error.error_list]
    return []
