"""Why somebody sees a record: each way by itself, asked in one statement."""

import uuid
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.access.loading import merged
from guanxi.engine.access.rules import Scope
from guanxi.engine.access.ways import Way, further
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound
from guanxi.kit.sql import FALSE, TRUE, Sql, all_of, ident, join, sql
from guanxi.kit.text import Text

SHARED = Text("这是公共对象，人人可见", "This object is shared by everybody")
OWNER = Text("你是负责人", "You own it")
CREATOR = Text("你创建的，还没有负责人", "You made it and nobody owns it yet")
TEAM = Text("负责人和你同部门", "Its owner is in your team")
BELOW = Text("负责人在你的部门或下级部门", "Its owner is in your teams or below")
OWNERLESS = Text("还没有负责人，你看得到无主的记录", "Nobody owns it, and you see such records")
EVERYTHING = Text("你的角色看得到全部", "Your role sees everything")
PARENT = Text("你看得到它所属的{object}（{field}）", "You see the {object} it belongs to ({field})")


def why(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> dict[str, Any]:
    """`{"ways": [...], "can": {...}}` of a record that the actor sees; raises NotFound for any other."""
    schema = get_schema(ctx)
    ways = ways_of(ctx, obj, "r")
    editing = {(way.kind, way.values.get("id")) for way in further(ctx, obj, "r", edits=True)}
    verbs = ("edit", "delete", "assign", "merge", "export", "share")
    asked = [way.sql for way in ways]
    asked += [_allowed(ctx, obj, verb) for verb in verbs]
    where = all_of(
        [
            sql("r.workspace_id = {}", ctx.workspace.id),
            sql("r.id = {}", record_id),
            sql("r.object_key = {}", obj.discriminator) if obj.discriminator else TRUE,
            Sql("r.deleted_at IS NULL"),
            rights.visible(ctx, schema, obj, "r"),
        ]
    )
    statement = (
        Sql("SELECT ")
        + join([sql("({}) IS TRUE", each) for each in asked])
        + f" FROM {ident(obj.table)} r WHERE "
        + where
    )
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        row = db.fetchone()
    if row is None:
        raise NotFound
    together = merged(ctx)
    sources = list(together.cell(rights.kind_of(obj), "see").sources)
    return {
        "ways": [
            {"kind": way.kind, "reason": way.reason.in_(ctx.locale, **way.values),
             "edits": way.edits or (way.kind, way.values.get("id")) in editing,
             "from": sources if way.kind in _BY_ROLE else []}
            for way, holds in zip(ways, row, strict=False) if holds
        ],
        "can": dict(zip(verbs, row[len(ways) :], strict=True)),
    }  # fmt: skip


_BY_ROLE = frozenset({"all", "shared", "owner", "creator", "team", "team_below", "ownerless"})


def ways_of(ctx: Ctx, obj: ObjectDef, alias: str) -> list[Way]:
    """Every way by which the actor might see a record of `obj`."""
    reach = rights.scope(ctx, obj, "see")
    if not reach:
        return []
    if obj.line_of is not None:
        return _through(ctx, obj, alias)
    if obj.shared:
        return [Way("shared", SHARED, TRUE)]
    me, actor = ctx.actor.user_id, ctx.actor
    edit = rights.scope(ctx, obj, "edit")
    owned = Sql(f"{alias}.owner_id = ANY(%s::uuid[])", (sorted(actor.team_user_ids - {me}),))
    below = Sql(f"{alias}.owner_id = ANY(%s::uuid[])", (sorted(actor.subtree_user_ids - {me}),))
    ways = [Way("owner", OWNER, sql(f"{alias}.owner_id = {{}}", me), edit >= Scope.OWN)]
    if reach is Scope.ALL:
        ways.append(Way("all", EVERYTHING, TRUE, edit is Scope.ALL))
    if reach is Scope.TEAM:
        ways.append(Way("team", TEAM, owned, edit >= Scope.TEAM))
    if reach is Scope.TEAM_BELOW:
        ways.append(Way("team_below", BELOW, below, edit >= Scope.TEAM_BELOW))
        ways.append(Way("ownerless", OWNERLESS, Sql(rights.nobodys(obj, alias)), edit >= Scope.TEAM_BELOW))
    elif reach is not Scope.ALL:
        created = sql(f"{rights.nobodys(obj, alias)} AND {alias}.created_by = {{}}", me)
        ways.append(Way("creator", CREATOR, created, edit >= Scope.OWN))
    return [*ways, *further(ctx, obj, alias), *_through(ctx, obj, alias)]


def _through(ctx: Ctx, obj: ObjectDef, alias: str) -> list[Way]:
    schema = get_schema(ctx)
    found = []
    for key in obj.parents:
        link = obj.fields[key]
        parent = schema.find(link.target or "")
        predicate = rights.through_parent(ctx, schema, obj, alias, link)
        if parent is not None and predicate != FALSE:
            found.append(
                Way("parent", PARENT, predicate, False, {"object": parent.label, "field": link.label})
            )
    return found


def _allowed(ctx: Ctx, obj: ObjectDef, verb: str) -> Sql:
    if verb == "share":
        return rights.shareable(ctx, obj, "r")
    if verb == "export":
        return rights.visible(ctx, get_schema(ctx), obj, "r", "export")
    return rights.editable(ctx, get_schema(ctx), obj, "r", verb)
