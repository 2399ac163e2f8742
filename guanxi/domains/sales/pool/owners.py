"""Whose a record was, from when to when and why it changed: read from the history it has anyway.

*How it works*: the journal has an entry of every change of the owner; the action that made it (claim, hand_out,
return, recycle …) and the reason given with it stand in the same entry.
"""

import uuid
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.identity.facade import people
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.sealed import recalled_changes
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import parse_id
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql

TOLD = 100


def owners_of(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """The last changes of owner, newest first; raises NotFound for what the actor may not see."""
    get_record(ctx, obj.key, record_id, fields=["id"])
    readable = {key for key, f in rights.readable(ctx, obj).items() if not f.masked}
    if "owner" not in readable:
        return []
    statement = Sql(
        "SELECT action, changes, actor_id, at FROM journal_entry WHERE workspace_id = %s AND record_id = %s"
        " AND object_key = %s AND changes ? 'owner' ORDER BY id DESC LIMIT %s",
        (ctx.workspace.id, record_id, obj.key, TOLD),
    )
    rows = [
        (action, recalled_changes(ctx, obj.key, record_id, loads(changes)), actor, at)
        for action, changes, actor, at in select_rows(statement)
    ]
    ids = {i for _, changes, actor, _ in rows for i in (*map(_id, changes["owner"]), actor) if i}
    names = people(ctx, ids)
    found = []
    for action, changes, actor, at in rows:
        said = {
            key: changes[key]
            for key in ("pool", "pool_reason", "pool_note")
            if key in changes and key in readable
        }
        reason = said.get("pool_reason", [None, None])[1]
        option = obj.fields["pool_reason"].option(reason) if reason else None
        found.append(
            {
                "at": at, "action": action, "actor": _person(names, actor),
                "from": _person(names, _id(changes["owner"][0])), "to": _person(names, _id(changes["owner"][1])),
                "from_pool": said.get("pool", [None, None])[0], "to_pool": said.get("pool", [None, None])[1],
                "reason": option.label.in_(ctx.locale) if option else None,
                "note": said.get("pool_note", [None, None])[1],
            }
        )  # fmt: skip
    return found


def _id(value: Any) -> uuid.UUID | None:
    return parse_id(value) if isinstance(value, str) else None


def _person(names: dict[uuid.UUID, str], who: uuid.UUID | None) -> dict[str, str] | None:
    return None if who is None else {"id": str(who), "name": names.get(who, "")}
