"""The rules of length and of known passwords, in both languages (Django's own sentence of length has lost its Chinese).

*How it works*: the common passwords are Django's list of 20,000. Few of them are as long as ours must be, but most
passwords that people make long are one of them dressed up; `disguises` undresses them. Whole lists of what has
leaked are the operator's to name (breached.py).
"""

import re
from collections.abc import Iterator

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from guanxi.kit.text import DEFAULT_LOCALE, Text

_TOO_SHORT = Text(
    "密码太短，至少需要 {min_length} 个字符。",
    "This password is too short. It needs at least {min_length} characters.",
)
_EDGES = re.compile(r"\A[\W\d_]+|[\W\d_]+\Z")
_BETWEEN = re.compile(r"[\W\d_]+")
_ROWS = tuple(
    (row * 8)[::step]
    for row in ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
    for step in (1, -1)
)
"""What lies side by side on keyboards and in alphabets, both ways, again and again."""
_LOOK_ALIKES = str.maketrans("@431!0$57", "aaeiiosst")
LEAST_PART = 4
LONGEST = 64


class MinimumLength(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """What is wrong, in the language of the request."""
        return _TOO_SHORT.in_(get_language() or DEFAULT_LOCALE, min_length=self.min_length)

    def get_help_text(self) -> str:
        """The rule."""
        return self.get_error_message()


class KnownPassword(CommonPasswordValidator):
    """None of the common passwords, however it is dressed up."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a common password, plain or in disguise."""
        super().validate(password, user)  # type: ignore[arg-type]
        if any(self._is_common(form) for form in disguises(password)):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def _is_common(self, form: str) -> bool:
        known = self.passwords
        if form in known or any(form in row for row in _ROWS):
            return True
        parts = [part for part in _BETWEEN.split(form) if part]
        if len(parts) == 2 and all(part in known for part in parts):
            return True
        cuts = range(LEAST_PART, len(form) - LEAST_PART + 1)
        return any(form[:cut] in known and form[cut:] in known for cut in cuts)


def disguises(password: str) -> Iterator[str]:
    """What is left of a password without digits and signs around it, look-alikes and repetition."""
    plain = password.strip().lower()[:LONGEST]
    bare = _EDGES.sub("", plain)
    for form in dict.fromkeys((plain, bare, bare.translate(_LOOK_ALIKES))):
        if form:
            yield form
            halves = range(1, len(form) // 2 + 1)
            period = next((size for size in halves if form[size:] == form[:-size]), None)
            if period is not None:
                # One piece again and again: short pieces are as good as common ones.
                yield form[:period] if period > LEAST_PART else "password"
