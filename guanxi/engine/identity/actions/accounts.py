"""Making accounts, and taking into use those that others have made."""

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
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(errors=[_field_error(one) for one in error.error_list]) from error


def _field_error(error: ValidationError) -> FieldError:
    sentences = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            sentences.append(" ".join(error.messages))
    return FieldError("password", str(error.code), Text(*sentences))
