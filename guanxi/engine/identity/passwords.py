"""The length rule for passwords, in both languages (Django's own sentence has lost its Chinese)."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import get_language

from guanxi.kit.text import DEFAULT_LOCALE, Text

_TOO_SHORT = Text(
    "密码太短，至少需要 {min_length} 个字符。",
    "This password is too short. It needs at least {min_length} characters.",
)


class MinimumLength(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """What is wrong, in the language of the request."""
        return _TOO_SHORT.in_(get_language() or DEFAULT_LOCALE, min_length=self.min_length)

    def get_help_text(self) -> str:
        """The rule."""
        return self.get_error_message()
