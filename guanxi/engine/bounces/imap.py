"""Opening a mailbox over IMAP, for reading only.

*Rules*: the operator names the mailbox, so it may be inside the house; its certificate is checked.
"""

import hashlib
import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 20
# NetEase lets nobody read who has not said what program they are (RFC 2971).
_WHO = '("name" "Guanxi" "vendor" "Guanxi")'
imaplib.Commands.setdefault("ID", ("AUTH",))


class MailboxProblem(Exception):
    """The mailbox cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where it is, and how one signs in."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_secure: bool
    starts_tls: bool

    @classmethod
    def of(cls, url: str) -> "Mailbox":
        """The mailbox of `imaps://user:password@host:993/INBOX` (or imap://, with STARTTLS unless ?tls=off)."""
        parts = urlsplit(url)
        secure = parts.scheme == "imaps"
        plain = parse_qs(parts.query).get("tls") == ["off"]
        return cls(
            parts.hostname or "", parts.port or (993 if secure else 143), unquote(parts.username or ""),
            unquote(parts.password or ""), unquote(parts.path.strip("/")) or "INBOX", secure, not secure and not plain,
        )  # fmt: skip

    @property
    def key(self) -> str:
        """What its state is kept under."""
        return hashlib.sha256(f"{self.user}@{self.host}:{self.port}/{self.folder}".encode()).hexdigest()


@contextmanager
def opened(box: Mailbox) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """The open folder and its UIDVALIDITY; raises MailboxProblem."""
    trusted = ssl.create_default_context()
    try:
        client = (
            imaplib.IMAP4_SSL(box.host, box.port, ssl_context=trusted, timeout=SECONDS)
            if box.is_secure
            else imaplib.IMAP4(box.host, box.port, timeout=SECONDS)
        )
        with client:
            if box.starts_tls:
                client.starttls(trusted)
            client.login(box.user, box.password)
            if "ID" in client.capabilities:
                client.xatom("ID", _WHO)
            kind, answer = client.select(f'"{box.folder}"', readonly=True)
            if kind != "OK":
                raise MailboxProblem(text_of(answer))
            _, found = client.response("UIDVALIDITY")
            yield client, int(text_of(found) or 0)
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
        raise MailboxProblem(str(error)) from error


def text_of(found: object) -> str:
    """The first thing in an answer, as text."""
    first = found[0] if isinstance(found, list) and found else b""
    return first.decode(errors="replace") if isinstance(first, bytes) else str(first or "")
