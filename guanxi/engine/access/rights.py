"""What a role may do with an object and its fields, and which records a person sees, as SQL.

*How it works*: `can` answers for an object; `visible` and `editable` give the predicate over one alias
that the read and the write door add to every statement; `readable` and `writable` filter fields.
A record is visible to its owner's circle (the owner; their team for members where the workspace says
so; the manager's subtree), to administrators and read-only members, and to whoever sees the record it
hangs on (`ObjectDef.parents`). Shared objects (products) are visible to everyone.

*Rules*: both doors ask here and nowhere else; a predicate never depends on what the caller sent.

*See*: roles become rows with field rights and sharing rules behind these same functions.
"""

import uuid
from collections.abc import Iterable

from guanxi.engine.schema.definitions import FieldDef, ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden
from guanxi.kit.sql import FALSE, TRUE, Sql, any_of, ident, sql

VERBS = ("read", "create", "edit", "delete", "import", "export", "bulk")
_SEES_ALL = frozenset({Role.ADMIN, Role.READ_ONLY})
_MANAGES_SHARED = frozenset({Role.ADMIN, Role.MANAGER})
_MAX_PARENT_DEPTH = 2


def can(ctx: Ctx, obj: ObjectDef, verb: str) -> bool:
    """True when the actor's role allows `verb` (see VERBS) on `obj` at all."""
    if verb not in VERBS:
        raise ValueError(f"unknown verb {verb}")
    if verb == "read":
        return True
    if verb == "export":
        return ctx.actor.role is not Role.READ_ONLY
    if ctx.actor.role is Role.READ_ONLY or not ctx.actor.can_write:
        return False
    if obj.shared:
        return ctx.actor.role in _MANAGES_SHARED
    return True


def require(ctx: Ctx, obj: ObjectDef, verb: str) -> None:
    """Raise Forbidden unless `can`."""
    if not can(ctx, obj, verb):
        raise Forbidden


def circle(ctx: Ctx) -> frozenset[uuid.UUID] | None:
    """The people whose records the actor sees; None for everyone's."""
    actor = ctx.actor
    if actor.role in _SEES_ALL:
        return None
    own = frozenset({actor.user_id}) if actor.user_id else frozenset()
    if actor.role is Role.MANAGER:
        return own | actor.subtree_user_ids
    return own | actor.team_user_ids if ctx.workspace.member_scope == "team" else own


def assignable(ctx: Ctx) -> frozenset[uuid.UUID] | None:
    """The people the actor may make owner of a record; None for everyone."""
    actor = ctx.actor
    if actor.role is Role.ADMIN:
        return None
    own = frozenset({actor.user_id}) if actor.user_id else frozenset()
    return own | actor.subtree_user_ids if actor.role is Role.MANAGER else own


def visible(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str) -> Sql:
    """The predicate over `alias` that holds for the records the actor may see."""
    return _visible(ctx, schema, obj, alias, depth=0)


def editable(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str) -> Sql:
    """The predicate over `alias` that holds for the records the actor may change."""
    actor = ctx.actor
    if actor.role is Role.READ_ONLY or not actor.can_write:
        return FALSE
    if obj.line_of is not None:
        return any_of([_of_editable_record(ctx, schema, alias, obj.fields[key]) for key in obj.parents])
    if obj.shared:
        return TRUE if actor.role in _MANAGES_SHARED else FALSE
    if actor.role is Role.ADMIN:
        return TRUE
    people = (frozenset({actor.user_id}) if actor.user_id else frozenset()) | (
        actor.subtree_user_ids if actor.role is Role.MANAGER else frozenset()
    )
    mine = any_of(
        [
            _owned_by(alias, people),
            sql(f"{alias}.created_by = {{}} AND {alias}.owner_id IS NULL", actor.user_id),
        ]
    )
    if actor.role is Role.MANAGER:
        mine = any_of([mine, Sql(f"{alias}.owner_id IS NULL")])
    return mine


def readable(ctx: Ctx, obj: ObjectDef) -> dict[str, FieldDef]:
    """The fields of `obj` that exist for the actor; derived ones only with all that they are made of."""
    found = {key: f for key, f in obj.fields.items() if _may_read(ctx, f)}
    derived = [key for key, f in found.items() if f.declared]
    if derived:
        schema = get_schema(ctx)
        for key in derived:
            if not all(_source_seen(ctx, schema, node) for node in schema.sources.get((obj.key, key), ())):
                del found[key]
    return found


def is_writable(ctx: Ctx, field: FieldDef) -> bool:
    """True when the actor may give `field` a value."""
    if field.readonly or field.hidden or field.computed is not None:
        return False
    return not field.system or field.key == "owner"


def _may_read(ctx: Ctx, field: FieldDef) -> bool:
    """True when a stored field exists for the actor."""
    return not field.hidden


def _source_seen(ctx: Ctx, schema: WorkspaceSchema, node: tuple[str, str]) -> bool:
    """True when a field that another is made of is there, and exists for the actor."""
    obj = schema.find(node[0])
    found = obj.fields.get(node[1]) if obj else None
    return found is not None and _may_read(ctx, found)


def _owned_by(alias: str, people: Iterable[uuid.UUID]) -> Sql:
    ids = sorted(people)
    if len(ids) == 1:
        return sql(f"{alias}.owner_id = {{}}", ids[0])
    return Sql(f"{alias}.owner_id = ANY(%s::uuid[])", (ids,))


def _visible(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, depth: int) -> Sql:
    people = circle(ctx)
    if people is None or obj.shared or not obj.record:
        return TRUE
    if obj.line_of is not None:
        # As its record: no way of its own, and the record's ways as far as they go.
        return any_of(
            [_through_parent(ctx, schema, obj, alias, obj.fields[key], depth - 1) for key in obj.parents]
        )
    ways = [_owned_by(alias, people)]
    if ctx.actor.role is Role.MANAGER:
        ways.append(Sql(f"{alias}.owner_id IS NULL"))
    elif ctx.actor.user_id is not None:
        ways.append(sql(f"({alias}.owner_id IS NULL AND {alias}.created_by = {{}})", ctx.actor.user_id))
    if depth < _MAX_PARENT_DEPTH:
        for key in obj.parents:
            ways.append(_through_parent(ctx, schema, obj, alias, obj.fields[key], depth))
    return any_of(ways)


def _of_editable_record(ctx: Ctx, schema: WorkspaceSchema, alias: str, link: FieldDef) -> Sql:
    """The lines of records that the actor may change."""
    record = schema.find(link.target or "")
    if record is None:
        return FALSE
    inner = f"{alias}_{link.key[:12]}"
    may = editable(ctx, schema, record, inner)
    if may in (TRUE, FALSE):
        return may
    return sql(
        f"{_held(alias, link)} IN (SELECT {inner}.id FROM {ident(record.table)} {inner} WHERE {{}})",
        may.wrapped(),
    )


def _held(alias: str, link: FieldDef) -> str:
    """The id that a row's link holds."""
    return f"{alias}.{ident(link.column)}" if link.column else f"({alias}.custom ->> '{link.key}')::uuid"


def _through_parent(
    ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, link: FieldDef, depth: int
) -> Sql:
    parent = schema.find(link.target or "")
    if parent is None:
        return FALSE
    inner = f"{alias}_{link.key[:12]}"
    source = _held(alias, link)
    seen = _visible(ctx, schema, parent, inner, depth + 1)
    return sql(
        f"{source} IN (SELECT {inner}.id FROM {ident(parent.table)} {inner} WHERE {inner}.deleted_at IS NULL AND {{}})",
        seen.wrapped(),
    )
