"""Telling open screens that something changed: a PostgreSQL notification, sent with the commit.

It names the workspace and the object and no record: who listens asks again under their own rights.
"""

from django.db import connection

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps

CHANNEL = "guanxi"


def announce(ctx: Ctx, object_key: str) -> None:
    """Tell listeners that records of an object changed."""
    tell({"workspace": ctx.workspace.id, "event": "records", "data": {"object": object_key}})


def tell(message: dict[str, object]) -> None:
    """Send `{"workspace", "event", "data"[, "user"]}` to the event streams when the transaction commits."""
    with connection.cursor() as db:
        db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, dumps(message).decode()])
