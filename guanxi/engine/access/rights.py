"""What a person may do with an object and its fields, and which records they see, as SQL.

*How it works*: `can` answers for an object, `scope` how far a verb reaches; `visible` and `editable` give
the predicate over one alias that the read and the write door add to every statement; `readable` gives the
fields as they exist for the actor, `shown` besides them those that are shown masked. What the roles of a
person give together comes from `loading.merged` (rules.py says how they add up).
A record is visible to its owner's circle, by the further ways (ways.py: rules, standing in, collaborating)
and to whoever sees the record it hangs on (`ObjectDef.parents`).
Who looks after teams sees what nobody owns. Shared objects (products) are visible to all who see anything.

*Rules*: both doors ask here and nowhere else; a predicate never depends on what the caller sent.

*See*: docs/adr/0053-roles-and-record-rights.md.
"""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from guanxi.engine.access.loading import get_access, merged
from guanxi.engine.access.rules import FieldRight, Kind, Merged, Scope
from guanxi.engine.access.ways import further
from guanxi.engine.schema.definitions import FieldDef, ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import UNKNOWN_OBJECT, get_schema
from guanxi.engine.schema.loading import get_object as declared_object
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden, NotFound
from guanxi.kit.sql import FALSE, TRUE, Sql, any_of, ident, sql
from guanxi.kit.text import Text

DEPRECATED = Text("「{object}」已停用，不再新建。", "“{object}” is retired: no new ones are made.")
VERBS = ("read", "create", "edit", "delete", "import", "export", "bulk", "assign", "merge")
TEAM_BELOW = Scope.TEAM_BELOW
_READING = frozenset({"see", "export"})
_CACHED_OBJECTS = 400
_MAX_PARENT_DEPTH = 2


def scope(ctx: Ctx, obj: ObjectDef, verb: str) -> Scope:
    """How far `verb` reaches over the records of `obj`; tokens that only read reach nothing by writing."""
    if not obj.record:
        return Scope.ALL if verb == "see" else Scope.NONE
    if verb not in _READING and not ctx.actor.can_write:
        return Scope.NONE
    if verb == "create" and obj.deprecated:
        return Scope.NONE
    if obj.line_of is not None and verb in ("create", "delete"):
        verb = "edit"  # lines come and go with a change of their record
    return merged(ctx).cell(kind_of(obj), verb).scope


def kind_of(obj: ObjectDef) -> Kind:
    """What the rights of an object depend on."""
    if obj.line_of is None:
        return Kind(obj.key, obj.key, obj.shared, obj.seen_by)
    return Kind(obj.line_of.object, obj.key, obj.shared, obj.seen_by, obj.line_of.field)


def can(ctx: Ctx, obj: ObjectDef, verb: str) -> bool:
    """True when the actor's roles allow `verb` (see VERBS) on `obj` at all."""
    if verb not in VERBS:
        raise ValueError(f"unknown verb {verb}")
    return bool(scope(ctx, obj, "see" if verb == "read" else verb))


def require(ctx: Ctx, obj: ObjectDef, verb: str) -> None:
    """Raise Forbidden unless `can`."""
    if verb == "create" and obj.deprecated:
        raise Forbidden(DEPRECATED, code="deprecated_object", object=obj.label)
    if not can(ctx, obj, verb):
        raise Forbidden


def can_act(ctx: Ctx, obj: ObjectDef, action: str, verb: str) -> bool:
    """True when a role allows a registered action that needs `verb`."""
    return can(ctx, obj, verb) and bool(merged(ctx).acts(kind_of(obj), action, verb))


def get_object(ctx: Ctx, key: str) -> ObjectDef:
    """The listed object `key` that the actor may see; raises NotFound naming it for any other."""
    found = declared_object(ctx, key)
    if not can(ctx, found, "read"):
        raise NotFound(UNKNOWN_OBJECT, code="unknown_object", object=key[:60])
    return found


def sees_everything(ctx: Ctx, obj: ObjectDef) -> bool:
    """True when no record of `obj` is hidden from the actor."""
    return obj.shared or scope(ctx, obj, "see") is Scope.ALL


def sees_whole(ctx: Ctx, key: str) -> bool:
    """True when nothing of an object is kept from the actor: no record, and no field, not even by a mask.

    Who looks after the work of others (area `changes`) gets its contents only then. Of an object that is no
    more, nobody can say what the actor would see of it: only administrators see everything.
    """
    obj = get_schema(ctx).find(key)
    if obj is None:
        return ctx.actor.role is Role.ADMIN
    whole = {f.key for f in obj.fields.values() if not f.hidden}
    return sees_everything(ctx, obj) and can(ctx, obj, "read") and whole <= readable(ctx, obj).keys()


def sees_values(ctx: Ctx, obj: ObjectDef, key: str) -> bool:
    """True when no value of a field is kept from the actor, in no record; of one put out of use, as of the whole."""
    f = obj.fields.get(key)
    if f is None or f.hidden:
        return sees_whole(ctx, obj.key)
    return sees_everything(ctx, obj) and key in readable(ctx, obj)


def has_collaborators(ctx: Ctx, obj: ObjectDef) -> bool:
    """True when statements over `obj` ask for collaborators already."""
    return obj.key in get_access(ctx.workspace).collaborated


def keeps_ownerless(ctx: Ctx, obj: ObjectDef) -> bool:
    """True when the actor sees the records of `obj` that nobody owns."""
    return scope(ctx, obj, "see") >= Scope.TEAM_BELOW


def circle(ctx: Ctx, reach: Scope) -> frozenset[uuid.UUID] | None:
    """The people whose records a scope covers for the actor; None for everyone's."""
    actor = ctx.actor
    if reach is Scope.ALL:
        return None
    own = frozenset({actor.user_id}) if actor.user_id else frozenset()
    if reach is Scope.TEAM_BELOW:
        return own | actor.subtree_user_ids
    if reach is Scope.TEAM:
        return own | actor.team_user_ids
    return own if reach else frozenset()


def assignable(ctx: Ctx, obj: ObjectDef) -> frozenset[uuid.UUID] | None:
    """The people the actor may make owner of a record (always themselves); None for everyone."""
    return circle(ctx, max(scope(ctx, obj, "assign"), Scope.OWN))


def visible(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, verb: str = "see") -> Sql:
    """The predicate over `alias` of the records the actor may see; with `export`, of those they may take out."""
    seen = _visible(ctx, schema, obj, alias, depth=0)
    if verb == "see" or scope(ctx, obj, verb) >= scope(ctx, obj, "see"):
        return seen
    return _both(seen, _reached(ctx, obj, alias, scope(ctx, obj, verb)))


def editable(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, verb: str = "edit") -> Sql:
    """The predicate over `alias` of the records the actor may change (or delete, merge, change in bulk)."""
    reach = scope(ctx, obj, verb)
    if obj.line_of is not None and reach:
        return any_of([_of_editable_record(ctx, schema, alias, obj.fields[key]) for key in obj.parents])
    mine = _reached(ctx, obj, alias, reach)
    if verb != "edit" or not reach or mine == TRUE:
        return mine
    return any_of([mine, *(way.sql for way in further(ctx, obj, alias, edits=True))])


def shareable(ctx: Ctx, obj: ObjectDef, alias: str) -> Sql:
    """The predicate over `alias` of the records the actor may share: changed by their role, not by a further way.

    Who stands in for somebody, or collaborates for a while, would otherwise make it last for ever.
    """
    return _reached(ctx, obj, alias, scope(ctx, obj, "edit"))


def readable(ctx: Ctx, obj: ObjectDef) -> dict[str, FieldDef]:
    """The fields of `obj` that exist for the actor, those they may not write marked `readonly`.

    Derived ones are there only with all that they are made of (rollups: every record that counts), unless they
    are declared to reveal it.
    """
    return {key: f for key, f in shown(ctx, obj).items() if not f.masked}


def shown(ctx: Ctx, obj: ObjectDef) -> dict[str, FieldDef]:
    """The `readable` fields, and those whose values the actor sees masked (`masked`, `readonly`)."""
    together = merged(ctx)
    kept = together.cached_fields.get(id(obj))
    if kept is not None and kept[0] is obj:
        return dict(kept[1])
    found = _fields(ctx, together, obj)
    if len(together.cached_fields) >= _CACHED_OBJECTS:
        together.cached_fields.clear()
    together.cached_fields[id(obj)] = (obj, found)  # the object is held, so that its id stays its own
    return dict(found)


def is_writable(ctx: Ctx, field: FieldDef) -> bool:
    """True when the actor may give `field` (as `readable` gave it) a value."""
    if field.readonly or field.hidden or field.masked or field.computed is not None:
        return False
    return not field.system or field.key == "owner"


def may_bring(ctx: Ctx, obj: ObjectDef, field: FieldDef) -> bool:
    """True when the actor's import may bring its own values of a field that the program gives out."""
    if (
        not field.type.given_once
        or field.hidden
        or field.masked
        or field.deprecated
        or field.busy
        or field.computed
    ):
        return False
    return merged(ctx).field_right(kind_of(obj), field.key)[0] is FieldRight.EDIT


def _fields(ctx: Ctx, together: Merged, obj: ObjectDef) -> dict[str, FieldDef]:
    schema = get_schema(ctx)
    found = {
        key: seen
        for key, f in obj.fields.items()
        if (seen := _field(ctx, together, schema, obj, f)) is not None
    }
    for key in [key for key, f in found.items() if f.declared and not f.reveals]:
        sources = schema.sources.get((obj.key, key), ())
        kept = obj.fields[key].rollup is not None
        if not all(_source_seen(ctx, together, schema, node, kept=kept) for node in sources) or not all(
            _counts_what_is_seen(ctx, schema, node) for node in ((obj.key, key), *sources)
        ):
            del found[key]
    for key in [key for key, f in found.items() if f.copies]:
        if not _source_seen(ctx, together, schema, obj.fields[key].copies or ("", "")):
            del found[key]
    return found


def _field(
    ctx: Ctx, together: Merged, schema: WorkspaceSchema, obj: ObjectDef, f: FieldDef
) -> FieldDef | None:
    """A field as the actor has it; None where it does not exist for them."""
    if f.hidden or (obj.record and not can(ctx, obj, "read")):
        return None
    target = schema.find(f.target) if f.target else None
    if target is not None and not can(ctx, target, "read"):
        return None
    if not together.says_of_fields or f.key in ALWAYS or not obj.record:
        return f
    right, _ = together.field_right(kind_of(obj), f.key)
    if right is FieldRight.HIDDEN:
        return None
    if right is FieldRight.MASKED:
        return replace(f, masked=True, readonly=True, searchable=False)
    return replace(f, readonly=True) if right is FieldRight.READ and not f.readonly else f


ALWAYS = frozenset({"owner", "created_at", "updated_at"})
"""Fields that decide who sees a record and in what order: no role can hide them."""


def _source_seen(
    ctx: Ctx, together: Merged, schema: WorkspaceSchema, node: tuple[str, str], *, kept: bool = False
) -> bool:
    """True when a field that another is made of is there, and is read by the actor as it is.

    Figures that are `kept` go on where a field was put out of everybody's sight, or is gone.
    """
    obj = schema.find(node[0])
    f = obj.fields.get(node[1]) if obj else None
    if obj is None or f is None:
        return kept
    if kept and f.hidden:
        f = replace(f, hidden=False)
    found = _field(ctx, together, schema, obj, f)
    copied = f.copies is None or _source_seen(ctx, together, schema, f.copies, kept=kept)
    return found is not None and not found.masked and copied


def _counts_what_is_seen(ctx: Ctx, schema: WorkspaceSchema, node: tuple[str, str]) -> bool:
    """False for a rollup over records of which somebody who sees the one above may not see every one.

    All records count, whoever looks. Who sees a record sees those that hang on it by a parent link.
    """
    obj = schema.find(node[0])
    rollup = obj.fields[node[1]].rollup if obj and node[1] in obj.fields else None
    counted = schema.find(rollup.object) if rollup else None
    if rollup is None or counted is None:
        return True
    return sees_everything(ctx, counted) or rollup.link in counted.parents


def _both(one: Sql, other: Sql) -> Sql:
    if FALSE in (one, other):
        return FALSE
    if TRUE in (one, other):
        return other if one == TRUE else one
    return sql("{} AND {}", one.wrapped(), other.wrapped())


def _reached(ctx: Ctx, obj: ObjectDef, alias: str, reach: Scope) -> Sql:
    """The records that a scope covers by who owns them."""
    people = circle(ctx, reach)
    if people is None or (obj.shared and reach):
        return TRUE
    if not reach:
        return FALSE
    ways = [_owned_by(alias, people)]
    if reach is Scope.TEAM_BELOW:
        ways.append(Sql(nobodys(obj, alias)))
    elif ctx.actor.user_id is not None:
        ways.append(sql(f"({nobodys(obj, alias)} AND {alias}.created_by = {{}})", ctx.actor.user_id))
    return any_of(ways)


def nobodys(obj: ObjectDef, alias: str) -> str:
    """The SQL of: nobody owns the record, and no pool keeps it."""
    kept = obj.fields.get(obj.kept_by) if obj.kept_by else None
    unowned = f"{alias}.owner_id IS NULL"
    return f"{unowned} AND {held(alias, kept)} IS NULL" if kept and kept.column else unowned


def _owned_by(alias: str, people: Iterable[uuid.UUID]) -> Sql:
    ids = sorted(people)
    if len(ids) == 1:
        return sql(f"{alias}.owner_id = {{}}", ids[0])
    return Sql(f"{alias}.owner_id = ANY(%s::uuid[])", (ids,))


def _visible(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, depth: int) -> Sql:
    reach = scope(ctx, obj, "see")
    if reach is Scope.ALL:
        return TRUE
    if not reach:
        return FALSE
    if obj.line_of is not None:
        # As its record: no way of its own, and the record's ways as far as they go.
        return any_of(
            [_through_parent(ctx, schema, obj, alias, obj.fields[key], depth - 1) for key in obj.parents]
        )
    ways = [_reached(ctx, obj, alias, reach)]
    ways += [way.sql for way in further(ctx, obj, alias)]
    if depth < _MAX_PARENT_DEPTH:
        for key in obj.parents:
            ways.append(_through_parent(ctx, schema, obj, alias, obj.fields[key], depth))
    # What asks other rows comes last: it is computed only where nothing simpler has let the record in.
    return any_of(sorted((way for way in ways if way != FALSE), key=lambda way: "SELECT" in way.text))


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
        f"{held(alias, link)} IN (SELECT {inner}.id FROM {ident(record.table)} {inner} WHERE {{}})",
        may.wrapped(),
    )


def held(alias: str, link: FieldDef) -> str:
    """The SQL of the id that a row's link holds."""
    return f"{alias}.{ident(link.column)}" if link.column else f"({alias}.custom ->> '{link.key}')::uuid"


def through_parent(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, link: FieldDef) -> Sql:
    """The records that the actor sees because they see the one that `link` leads to."""
    return _through_parent(ctx, schema, obj, alias, link, -1 if obj.line_of else 0)


def _through_parent(
    ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, alias: str, link: FieldDef, depth: int
) -> Sql:
    parent = schema.find(link.target or "")
    if parent is None:
        return FALSE
    inner = f"{alias}_{link.key[:12]}"
    source = held(alias, link)
    seen = _visible(ctx, schema, parent, inner, depth + 1)
    if seen == FALSE:
        return FALSE
    return sql(
        f"{source} IN (SELECT {inner}.id FROM {ident(parent.table)} {inner} WHERE {inner}.deleted_at IS NULL AND {{}})",
        seen.wrapped(),
    )
