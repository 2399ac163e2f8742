"""The matrix: who may do what, and which role says so.

*How it works*: the merged rights of a person (or of one role) cell by cell; people are asked about by set
of roles, so that two hundred of them cost as many computations as there are different sets: the JSON of the last
sets is kept, as long as neither roles nor declarations change.
"""

import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from guanxi.engine.access.areas import AREAS
from guanxi.engine.access.builtin import BUILTIN, FIXED
from guanxi.engine.access.changing import stored_rights
from guanxi.engine.access.checking import named_by
from guanxi.engine.access.loading import get_access
from guanxi.engine.access.models import RoleRow
from guanxi.engine.access.rights import ALWAYS, get_object, kind_of
from guanxi.engine.access.rules import SWITCHED, VERBS, FieldRight, Merged
from guanxi.engine.identity.models import Membership
from guanxi.engine.schema.definitions import FieldDef, ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

ActionSource = Callable[[ObjectDef], list[tuple[str, Text, str]]]
action_sources: list[ActionSource] = []
"""What says which actions an object has (key, label, verb); registered by engine.records."""
_MADE = 64
_made: OrderedDict[tuple[uuid.UUID, tuple[str, ...]], tuple[WorkspaceSchema, Merged, bytes]] = OrderedDict()
"""By workspace and set of roles, what the answer was made of, and the answer; the last ones asked for."""
UNKNOWN_VERB = Text("没有这项操作。", "There is no such verb.")


def roles_of(ctx: Ctx, user_id: uuid.UUID) -> tuple[str, ...]:
    """The roles of a member, the base role first; raises NotFound for nobody here."""
    row = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=user_id).first()
    if row is None:
        raise NotFound
    return (row.role, *(key for key in row.extra_roles if key != row.role))


def matrix(ctx: Ctx, *, user: uuid.UUID | None = None, role: str | None = None) -> bytes:
    """What a person (the actor), or a role, may do, as JSON; others' only for who manages roles or audits."""
    if role is not None or (user is not None and user != ctx.actor.user_id):
        require_looking(ctx)
    access = get_access(ctx.workspace)
    if role is not None:
        if access.rights_of(role, ctx.workspace.member_scope) is None:
            raise NotFound
        keys: tuple[str, ...] = (role,)
    elif user is not None:
        keys = roles_of(ctx, user)
    else:
        keys = (str(ctx.actor.role), *ctx.actor.extra_roles)
    return _json(ctx.workspace.id, get_schema(ctx), access.together(keys, ctx.workspace.member_scope), keys)


def _json(workspace: uuid.UUID, schema: WorkspaceSchema, together: Merged, keys: tuple[str, ...]) -> bytes:
    # Both are made anew whenever anything in them changes, so being the same is being up to date.
    kept = _made.get((workspace, keys))
    if kept is not None and kept[0] is schema and kept[1] is together:
        _made.move_to_end((workspace, keys))
        return kept[2]
    made = dumps(_cells(schema, together, keys))
    _made[workspace, keys] = (schema, together, made)
    while len(_made) > _MADE:
        _made.popitem(last=False)
    return made


def _cells(schema: WorkspaceSchema, together: Merged, keys: tuple[str, ...]) -> dict[str, Any]:
    return {
        "roles": list(keys),
        "objects": [_object(together, obj) for obj in schema.listed],
        "areas": [
            {"key": area.key, "label": area.label.as_dict(), "help": area.help.as_dict(),
             "open": area.key in together.areas, "from": list(together.area_sources(area.key))}
            for area in AREAS
        ],
    }  # fmt: skip


def require_looking(ctx: Ctx) -> None:
    """Raise Forbidden unless the actor may look at the rights of others."""
    if not (ctx.actor.may("roles") or ctx.actor.may("audit")):
        raise Forbidden


def who(
    ctx: Ctx, object_key: str, verb: str, *, field: str | None, limit: int, offset: int
) -> dict[str, Any]:
    """The active people whose roles let them do `verb` with an object (or see its `field`), by name."""
    require_looking(ctx)
    if verb not in VERBS:
        raise invalid("verb", "unknown_verb", UNKNOWN_VERB)
    obj = get_schema(ctx).find(object_key) or get_object(ctx, object_key)
    kind, access, scope = kind_of(obj), get_access(ctx.workspace), ctx.workspace.member_scope
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, status="active").select_related("team")
    found = []
    for row in rows.order_by("sort_key", "id"):
        together = access.together((row.role, *(k for k in row.extra_roles if k != row.role)), scope)
        cell = together.cell(kind, verb)
        if not cell.scope:
            continue
        entry: dict[str, Any] = {
            "id": str(row.user_id), "name": row.name, "role": row.role, "extra_roles": row.extra_roles,
            "team": {"id": str(row.team_id), "name": row.team.name} if row.team else None,
            "scope": cell.scope.key, "from": list(cell.sources), "field": None,
        }  # fmt: skip
        if field is not None:
            right, sources = together.field_right(kind, field)
            if right is FieldRight.HIDDEN:
                continue
            entry["field"] = {"right": right.key, "from": list(sources)}
        found.append(entry)
    return {"data": found[offset : offset + limit], "count": len(found)}


def list_roles(ctx: Ctx) -> list[dict[str, Any]]:
    """Every role, the built-in ones first, with how many people have it."""
    stored = {row.key: row for row in RoleRow.objects.filter(workspace_id=ctx.workspace.id)}
    counts: dict[str, int] = {}
    people = Membership.objects.filter(workspace_id=ctx.workspace.id).exclude(status="disabled")
    for role, extra in people.values_list("role", "extra_roles"):
        for key in {role, *extra}:
            counts[key] = counts.get(key, 0) + 1
    own = sorted(stored.keys() - BUILTIN.keys(), key=lambda key: (stored[key].position, key))
    return [_role(ctx, key, stored.get(key), counts.get(key, 0)) for key in (*BUILTIN, *own)]


def get_role(ctx: Ctx, key: str) -> dict[str, Any]:
    """One role; raises NotFound."""
    found = next((role for role in list_roles(ctx) if role["key"] == key), None)
    if found is None:
        raise NotFound
    return found


def _role(ctx: Ctx, key: str, row: RoleRow | None, people: int) -> dict[str, Any]:
    builtin = BUILTIN.get(key)
    stored = None if key in FIXED else row
    rights = stored_rights(ctx, key, stored)
    return {
        "key": key,
        "name": stored.name if stored else builtin.name.as_dict() if builtin else {},
        "note": stored.note if stored else builtin.note.as_dict() if builtin else {},
        "template": stored.template if stored else "",
        "builtin": builtin is not None,
        "fixed": key in FIXED,
        "adjusted": builtin is not None and stored is not None,
        "position": stored.position if stored else 0,
        "version": stored.version if stored else 0,
        "people": people,
        "rights": rights,
    }


def _object(together: Merged, obj: ObjectDef) -> dict[str, Any]:
    kind = kind_of(obj)
    cells = {verb: together.cell(kind, verb) for verb in VERBS}
    seen = cells["see"].scope
    actions = [found for source in action_sources for found in source(obj)]
    fixed = ALWAYS | named_by(obj)
    return {
        "key": obj.key,
        "label": obj.label_plural.as_dict(),
        "shared": obj.shared,
        "line_of": obj.line_of.object if obj.line_of else None,
        # Nobody exports or changes what they do not see, however far a role says that the verb reaches.
        "verbs": {
            verb: {
                "scope": (cell.scope if verb in SWITCHED else min(cell.scope, seen)).key,
                "from": list(cell.sources),
            }
            for verb, cell in cells.items()
        },
        "fields": [
            _field(f, *together.field_right(kind, key), is_fixed=key in fixed)
            for key, f in obj.fields.items()
            if not f.hidden
        ],
        "actions": [
            {"key": key, "label": label.as_dict(), "verb": verb, "from": list(together.acts(kind, key, verb)),
             "allowed": bool(together.acts(kind, key, verb))}
            for key, label, verb in actions
        ],
    }  # fmt: skip


def _field(f: FieldDef, right: FieldRight, sources: Iterable[str], *, is_fixed: bool) -> dict[str, Any]:
    return {
        "key": f.key,
        "label": f.label.as_dict(),
        "type": f.declared or f.type.type,
        "sensitive": f.sensitive,
        "confidential": f.confidential,
        "right": right.key,
        "from": list(sources),
        "fixed": is_fixed,
    }
