"""What public forms go by: proof of work, hosts, the trap field. Plain Python, without a clock or chance of its own.

*How it works*: a visitor's browser is given a `Challenge` that only we can have made (HMAC) and that ends by itself; it
looks for a number that makes SHA-256 of both begin with so many zero bits. Finding it takes 2^bits hashes on average,
checking it one. Whoever keeps the spent ones (`mark`) until they end makes each good for one answer. The more answers
come in, the more work is asked.
"""

import hashlib
import hmac
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

LASTS = timedelta(hours=2)
BITS, MAX_BITS = 16, 20
CALM = 20
"""So many answers in the last minutes ask for no more than BITS."""
_SEPARATOR = "."
_PARTS = re.compile(r"([0-9a-f]{32})\.([0-9]{1,12})\.([0-9a-f]{16,64})\.([0-9]{1,2})\.([0-9a-f]{64})\Z")
_HOST = re.compile(
    r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:[0-9]{1,5})?\Z"
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """One task for a visitor's browser: for a form, from a moment on, with a random `nonce`."""

    form: uuid.UUID
    issued: int
    nonce: str
    bits: int

    @property
    def ends_at(self) -> datetime:
        """From then on it is worth nothing."""
        return datetime.fromtimestamp(self.issued, UTC) + LASTS

    def signed(self, secret: bytes) -> str:
        """What the browser gets."""
        body = _SEPARATOR.join((self.form.hex, str(self.issued), self.nonce, str(self.bits)))
        return f"{body}{_SEPARATOR}{_mac(secret, body)}"


def read_challenge(text: str, secret: bytes, form: uuid.UUID, now: datetime) -> Challenge | None:
    """The challenge that we made for this form and that is not over yet; None for any other text."""
    match = _PARTS.match(text)
    if match is None or not hmac.compare_digest(match[5], _mac(secret, text.rpartition(_SEPARATOR)[0])):
        return None
    found = Challenge(uuid.UUID(match[1]), int(match[2]), match[3], int(match[4]))
    return found if found.form == form and now < found.ends_at else None


def solves(signed: str, answer: str, bits: int) -> bool:
    """True when the answer to a signed challenge has the work in it."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > 20:
        return False
    digest = hashlib.sha256(f"{signed}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def mark(signed: str) -> str:
    """What a spent challenge is kept as."""
    return hashlib.sha256(signed.encode()).hexdigest()


def bits_for(lately: int) -> int:
    """How much work is asked where so many answers came in lately: a bit more for each doubling."""
    return min(MAX_BITS, BITS + (lately // CALM).bit_length())


def is_trapped(given: object) -> bool:
    """True when something filled in the field that no person sees."""
    return given not in (None, "")


def tidy_host(text: str) -> str | None:
    """A host as it is kept (`firm.com`, `*.firm.com`, `firm.com:8080`); None for what is none."""
    host = text.strip().lower()
    host = (urlsplit(host).netloc if "://" in host else host).rstrip("/")
    return host if len(host) <= 253 and _HOST.match(host) else None


def frame_policy(nonce: str, hosts: Iterable[str] | None) -> str:
    """The content security policy of a form's page: who may frame it (None: nobody), nothing but its own script."""
    framing = "'none'" if hosts is None else " ".join(("'self'", *hosts))
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {framing}"
    )


def is_own(origin: str, hosts: Iterable[str]) -> bool:
    """True when a request's Origin is one of our own hosts (with port, where there is one)."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() in {host.lower() for host in hosts}


def _mac(secret: bytes, body: str) -> str:
    return hmac.new(secret, body.encode(), hashlib.sha256).hexdigest()
