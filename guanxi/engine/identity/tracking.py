"""Message-IDs that tell, when a mail comes back, which workspace sent it to whom; nothing is kept of sent mails.

*How it works*: the left side is a sealed token of the workspace and the address, the right side the domain of
the sender. Whoever returns it proves that the mail was sent by this installation, and when.

*Rules*: only who got a mail knows its token, and it speaks of their own address alone. Mails of no workspace
(a password reset) carry none.

*See*: engine/bounces, docs/adr/0077-bounced-mail.md.
"""

import re
import uuid
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from guanxi.engine.identity.sealing import seal, unseal

_ID = re.compile(r"^<gx\.([A-Za-z0-9_=-]{40,600})@[^<>@\s]+>$")
_KIND = "sent"


@dataclass(frozen=True, slots=True)
class Sent:
    """Whom a mail was sent to, by which workspace."""

    workspace_id: uuid.UUID
    address: str


def make_message_id(workspace_id: uuid.UUID, address: str) -> str:
    """A Message-ID for a mail of the workspace to an address."""
    token = seal(f"{_KIND}:{workspace_id.hex}:{address}")
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<gx.{token}@{host}>"


def read_message_id(message_id: str, *, days: int) -> Sent | None:
    """What a Message-ID tells; None when it is not ours, was changed, or is older than that."""
    token = _ID.match(message_id)
    if token is None:
        return None
    try:
        kind, workspace, address = unseal(token[1], days=days).split(":", 2)
        return Sent(uuid.UUID(workspace), address) if kind == _KIND else None
    except ValueError:
        return None
