"""The version of each object's schema, and who made it what: two administrators on one object.

*How it works*: every change of an object takes the workspace's lock, compares the version it was based on
(where the caller gave one), writes a `SchemaChange` with what was and what is, and raises the object's
version with the workspace's. Who comes with an older version gets 409 with the changes since.

*Rules*: `begin` before anything is read that the change depends on, `finish` once, at its end.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection
from django.db.models import F

from guanxi.engine.identity.facade import people
from guanxi.engine.schema.loading import get_schema, refreshed
from guanxi.engine.schema.models import SchemaChange, SchemaObject
from guanxi.engine.tenancy.context import Ctx, uncommitted
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Forbidden
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

STALE = Text(
    "你打开之后，{name}改过这个对象，请看过新内容再保存。",
    "{name} has changed this object since you opened it. Look at the new content, then save again.",
)
SOMEBODY = Text("其他人", "Somebody else")
TOLD = 20


def require_admin(ctx: Ctx, area: str = "schema") -> None:
    """Raise Forbidden unless the actor may shape the workspace (or another `area` of the settings)."""
    if not ctx.actor.manages(area):
        raise Forbidden


def begin(ctx: Ctx, object_key: str | None = None, version: int | None = None) -> Ctx:
    """Hold the schema for this transaction and give the context at its present version.

    Raises Forbidden for who is no administrator, Conflict when `object_key` has moved on from `version`.
    """
    require_admin(ctx)
    fresh = hold(ctx)
    if object_key is not None and version is not None:
        check_version(fresh, object_key, version)
    return fresh


def hold(ctx: Ctx) -> Ctx:
    """Keep others from changing the schema until this transaction ends; gives the context at its present version."""
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    return refreshed(ctx)


def check_version(ctx: Ctx, object_key: str, version: int, *, actions: Collection[str] | None = None) -> None:
    """Raise Conflict with who changed what, when the object's schema is newer than `version`.

    Where `actions` are given, no other changes matter.
    """
    obj = get_schema(ctx).find(object_key)
    if obj is None or obj.version == version:
        return
    since = list_changes(ctx, object_key, after=version)
    if actions is not None:
        since = [change for change in since if change["action"] in actions]
        if not since:
            return
    names = [change["actor"]["name"] for change in since if change["actor"]]
    name = names[0] if names else SOMEBODY.in_(ctx.locale)
    extra = {"current": obj.version, "changes": since}
    raise Conflict(STALE, code="stale_version", extra=extra, name=name)


def list_changes(ctx: Ctx, object_key: str, *, after: int = 0) -> list[dict[str, Any]]:
    """The latest changes of an object past version `after`, newest first."""
    rows = list(
        SchemaChange.objects.filter(object_key=object_key, version__gt=after).order_by("-version")[:TOLD]
    )
    known = people(ctx, {row.actor_id for row in rows if row.actor_id})
    return [
        {
            "version": row.version,
            "field": row.field_key or None,
            "action": row.action,
            "changes": row.changes,
            "actor": {"id": str(row.actor_id), "name": known[row.actor_id]}
            if row.actor_id in known
            else None,
            "at": row.at,
        }
        for row in rows
    ]


def finish(
    ctx: Ctx,
    object_key: str,
    action: str,
    *,
    field: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Ctx:
    """Write down what was done to an object, raise the versions, and give the context to go on with."""
    row, _ = SchemaObject.objects.get_or_create(
        workspace_id=ctx.workspace.id, key=object_key, defaults={"standard": True}
    )
    SchemaObject.objects.filter(id=row.id).update(version=F("version") + 1)
    old, new = before or {}, after or {}
    changes = {key: [old.get(key), new.get(key)] for key in {*old, *new} if old.get(key) != new.get(key)}
    SchemaChange.objects.create(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        version=row.version + 1,
        field_key=field,
        action=action,
        changes=loads(dumps(changes)),
        actor_id=ctx.actor.user_id,
        at=ctx.now,
    )
    record(ctx, "schema.changed", object_key=object_key, action=action, field=field, changes=changes)
    return bumped(ctx)


def bumped(ctx: Ctx) -> Ctx:
    """Raise the schema's version, tell open screens, and give the context at the new version."""
    Workspace.objects.filter(id=ctx.workspace.id).update(schema_version=F("schema_version") + 1)
    uncommitted.schemas[ctx.workspace.id] = None
    fresh = refreshed(ctx)
    message = {
        "workspace": ctx.workspace.id,
        "event": "schema",
        "data": {"version": fresh.workspace.schema_version},
    }
    with connection.cursor() as db:
        db.execute("SELECT pg_notify('guanxi', %s)", [dumps(message).decode()])
    return fresh
