"""The one INSERT of the audit.

*Rules*: needs a session of the workspace; the transaction's number is the database's own doing (epochs.py).
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from guanxi.engine.audit.kinds import kinds
from guanxi.engine.tenancy.context import Origin, enter_workspace
from guanxi.kit.ids import new_id
from guanxi.kit.jsons import dumps

INSTALLATION = uuid.UUID(int=0)
AGENT_LENGTH = 120
OPERATION_LENGTH = 120
MOST_DETAIL = 32 * 1024
_INSERT = (
    "INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, token_id, ip, agent, via, operation, object_key,"
    " record_id, count, detail) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def insert(
    workspace_id: uuid.UUID,
    kind: str,
    origin: Origin,
    *,
    actor_id: uuid.UUID | None = None,
    via: str = "",
    object_key: str = "",
    record_id: uuid.UUID | None = None,
    count: int = 1,
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> uuid.UUID:
    """INSERT one entry and give its id; needs a session of the workspace. Raises KeyError for an unknown kind."""
    kinds.get(kind)
    entry_id = new_id()
    with connection.cursor() as db:
        db.execute(
            _INSERT,
            [entry_id, workspace_id, at or datetime.now(UTC), kind, actor_id, origin.token_id, origin.ip[:45],
             origin.agent[:AGENT_LENGTH], str(via), origin.operation[:OPERATION_LENGTH], object_key, record_id, count,
             _json(detail or {})],
        )  # fmt: skip
    return entry_id


def _json(detail: Mapping[str, Any]) -> str:
    """The detail as JSON that PostgreSQL keeps; of what is too long only the names remain."""
    written = dumps(dict(detail)).decode().replace("\\u0000", "")
    if len(written) > MOST_DETAIL:
        return dumps({"too_long": sorted(detail)}).decode()
    return written


@contextmanager
def elsewhere() -> Iterator[None]:
    """Go into other workspaces within a transaction, and come back to the caller's when done."""
    with connection.cursor() as db:
        db.execute("SELECT current_setting('guanxi.workspace', true), current_setting('guanxi.user', true)")
        before = db.fetchone() or ("", "")
    yield
    enter_workspace(_id(before[0]), _id(before[1]))


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
