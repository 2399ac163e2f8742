"""Telling open screens that records changed: a PostgreSQL notification, sent with the commit.

It names the workspace and the object and no record: who listens asks again under their own rights.
"""

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.telling import CHANNEL, tell

__all__ = ["CHANNEL", "announce", "tell"]


def announce(ctx: Ctx, object_key: str) -> None:
    """Tell listeners that records of an object changed."""
    tell({"workspace": ctx.workspace.id, "event": "records", "data": {"object": object_key}})
