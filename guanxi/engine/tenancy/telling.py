"""Telling the event streams: PostgreSQL notifications, sent with the commit.

*How it works*: a message names a workspace, a person or both, and an event. `tell_standing` says that somebody
may not be let in any more: every process then looks at the streams concerned at once (web/stream.py).

*Rules*: a message carries no content of records.
"""

import uuid

from django.db import connection

from guanxi.kit.jsons import dumps

CHANNEL = "guanxi"
STANDING = "standing"


def tell(message: dict[str, object]) -> None:
    """Send `{"workspace", "event", "data"[, "user"]}` to the event streams when the transaction commits."""
    with connection.cursor() as db:
        db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, dumps(message).decode()])


def tell_standing(*, workspace: uuid.UUID | None = None, user: uuid.UUID | None = None) -> None:
    """Have the streams of a workspace, or of a person wherever they are, looked at again."""
    tell({"workspace": workspace, "user": user, "event": STANDING})
