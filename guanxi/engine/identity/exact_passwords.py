"""Passwords are taken as they were typed, blanks at their ends included (ASVS 5.0 6.2.8).

*How it works*: the inputs of allauth's headless API are Django's plain text fields, which take blanks off; its forms
are not. Here the fields of passwords are told to leave them.
"""

from allauth.headless.account import inputs
from django.forms import CharField

NAMES = ("password", "current_password", "new_password")


def keep_blanks() -> None:
    """Have every input take passwords as they are."""
    for kind in vars(inputs).values():
        fields = getattr(kind, "base_fields", {})
        for name in NAMES:
            if isinstance(fields.get(name), CharField):
                fields[name].strip = False


keep_blanks()
