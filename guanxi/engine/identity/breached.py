"""Whether a password is known from a breach: a list of hashes on this machine, or a service that is told next to nothing.

*How it works*: GUANXI_BREACHED_PASSWORDS names either a file as "Have I Been Pwned" lets one download it (one SHA-1 in
capitals a line, with or without `:count`, sorted), in which a few dozen reads find a hash among a billion; or an https
address of the same service's kind (`…/range/`), which is asked for all hashes that begin with the first five of forty
letters, with padding, so that neither the password nor its hash ever leaves.

Sources: haveibeenpwned.com/API/v3#PwnedPasswords (range search, k-anonymity, padding); ASVS 5.0 6.2.12.

*Rules*: what cannot be asked lets the password pass and says so in the log: a service that is away must not keep
people from changing a password that has leaked. SHA-1 finds the line in the list; nothing is kept under it.
"""

import hashlib
import logging
import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from guanxi.engine.outgoing.client import OutgoingProblem, fetch
from guanxi.kit.text import DEFAULT_LOCALE, Text

log = logging.getLogger("guanxi.passwords")
PREFIX = 5
MAX_BYTES = 400_000
SECONDS = 3.0
LONGEST_LINE = 128

_BREACHED = Text(
    "这个密码在其他网站泄露过，请换一个。",
    "This password is known from a breach elsewhere. Choose another one.",
)


class BreachedPassword:
    """None of the passwords that are known from breaches, where the operator has a list of them."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a password on the list."""
        if is_breached(password):
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self) -> str:
        """The rule."""
        return _BREACHED.in_(get_language() or DEFAULT_LOCALE)


def is_breached(password: str) -> bool:
    """Whether a password is on the list that the operator has named; False without one."""
    place: str = settings.GUANXI_BREACHED_PASSWORDS
    if not place:
        return False
    wanted = hashlib.sha1(password.encode(errors="surrogatepass"), usedforsecurity=False).hexdigest().upper()
    try:
        return _ask(place, wanted) if place.startswith("https://") else stands_in(Path(place), wanted)
    except (OutgoingProblem, OSError) as error:
        log.warning("The list of breached passwords cannot be asked: %s", type(error).__name__)
        return False


def stands_in(file: Path, wanted: str) -> bool:
    """Whether a line of a sorted file begins with this hash; raises OSError."""
    target = wanted.encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        while low < high:  # every line that begins before `low` is smaller, none from `high` on
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.seek(middle - 1)
                lines.readline(LONGEST_LINE)
            line = lines.readline(LONGEST_LINE)
            found = line[: len(target)].upper()
            if line and found == target:
                return True
            if line and found < target:
                low = lines.tell()
            else:
                high = middle
    return False


def _ask(place: str, wanted: str) -> bool:
    answer = fetch(
        "GET",
        f"{place.rstrip('/')}/{wanted[:PREFIX]}",
        headers={"add-padding": "true"},
        redirects=0,
        max_bytes=MAX_BYTES,
        timeout=SECONDS,
    )
    if answer.status != 200:
        raise OutgoingProblem
    for line in answer.content.decode("ascii", "replace").splitlines():
        suffix, _, count = line.strip().partition(":")
        if suffix.upper() == wanted[PREFIX:]:
            return count.strip() != "0"  # padding
    return False
