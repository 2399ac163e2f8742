"""What must hold of every record, whatever door it came through: required, references, owners.

*How it works*: all checks are set-wise over the changes of one pass; each complaint goes to its change
with the field's path, so that a person sees all of them at once and an importer keeps the good rows.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.file_rights import usable_files
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.present import reference_of
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.ruling.enforcing import REQUIRED, reach_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import SYSTEM, Ctx, Via
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

RETIRED = Text("选项「{value}」已停用，请选别的。", "The option “{value}” is retired. Choose another.")
NO_SUCH_RECORD = Text(
    "关联的记录不存在，或者你无权查看。", "The linked record does not exist or is not visible to you."
)
NO_SUCH_PERSON = Text("没有这位同事。", "There is no such person here.")
NO_SUCH_TEAM = Text("没有这个部门。", "There is no such team.")
NO_SUCH_FILE = Text("文件不存在。", "The file does not exist.")
NOT_YOURS = Text(
    "这条记录不在你能分配的范围内，负责人不由你改。",
    "You may change this record, and yet its owner is not yours to change.",
)
NOT_ASSIGNABLE = Text("你不能把记录交给这位同事。", "You may not hand records to this person.")
OUT_OF_SIGHT = Text(
    "没有负责人的话，你就看不到这条记录了。", "Without an owner you would no longer see this record."
)
_MESSAGES = {"user": ("unknown_user", NO_SUCH_PERSON), "team": ("unknown_team", NO_SUCH_TEAM),
             "file": ("unknown_file", NO_SUCH_FILE)}  # fmt: skip


def fill_defaults(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Give new records their fields' defaults; their owner is the person unless something else is said."""
    defaults = {f.key: f.default for f in obj.fields.values() if f.default is not None}
    owner = None if obj.shared or obj.line_of or ctx.via in (Via.SYSTEM, Via.IMPORT) else ctx.actor.user_id
    for change in changes:
        for key, value in defaults.items():
            change.values.setdefault(key, value)
        if owner is not None:
            change.values.setdefault("owner", owner)


def check_required(
    ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], hidden: Mapping[uuid.UUID, frozenset[str]]
) -> None:
    """Refuse what leaves a required field empty, unless the rules hide it from this record (`hidden`).

    What the actor may not fill in is left to those who may.
    """
    required = [
        f for f in obj.fields.values() if f.required and f.type.storage != "none" and f.type.type != "serial"
    ]
    unasked: frozenset[str] | None = None  # worked out when something is missing: most records lack nothing
    for change in changes:
        for f in required:
            missing = change.op == "create" or f.key in change.values
            if missing and change.values.get(f.key) in (None, "", []):
                said = any(error.field == f.key for error in change.errors)
                if said or f.key in hidden.get(change.id, ()):
                    continue
                unasked = reach_of(ctx, obj).unasked if unasked is None else unasked
                if f.key not in unasked:
                    change.refuse(f.key, "required", REQUIRED)


def check_retired(obj: ObjectDef, changes: Sequence[Change], *, trusted: bool = False) -> None:
    """Refuse options that are retired, but for the records that hold them already (and for undoing)."""
    for f in obj.fields.values():
        if trusted or not f.retired_options:
            continue
        for change in changes:
            fresh = _members(change.values.get(f.key)) - _members((change.before or {}).get(f.key))
            gone = sorted(fresh & f.retired_options)
            option = f.option(gone[0]) if gone else None
            if option is not None:
                change.refuse(f.key, "retired_option", RETIRED, value=option.label.zh)


def _members(value: Any) -> set[Any]:
    return set(value) if isinstance(value, list) else {value}


def check_references(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], *, trusted: bool = False) -> None:
    """Refuse links to what does not exist or may not be seen; one statement per kind of target.

    Records that are linked to are held: the foreign key would hold them too, but later, when one that is merged
    away or deleted in the same moment has been found alive already.
    What the record links to already may stay. `trusted` changes (undo, merging) move files freely and
    carry links that somebody else may see, and may name people who have left.
    """
    given = {key for change in changes for key in change.values}
    referring = [
        (f, kind)
        for f in obj.fields.values()
        if f.key in given and (kind := reference_of(f)) and not f.readonly
    ]
    asked: dict[str, set[uuid.UUID]] = defaultdict(set)
    for f, kind in referring:
        for change in changes:
            if change.values.get(f.key) is not None:
                asked[kind].update(_added(change, f))
    if trusted:
        asked.pop("file", None)
    seer = replace(ctx, actor=SYSTEM) if trusted else ctx
    known = {kind: _existing(seer, kind, ids, left=trusted, held=True) for kind, ids in asked.items() if ids}
    for f, kind in referring:
        if kind not in known:
            continue
        code, text = _MESSAGES.get(kind, ("unknown_record", NO_SUCH_RECORD))
        for change in changes:
            if change.values.get(f.key) is not None and not known[kind].issuperset(_added(change, f)):
                change.refuse(f.key, code, text)


def keep_unseen_links(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Leave to-many links to what the actor may not see (or what is in the recycle bin) where they are.

    Who gives such a field anew gives what they were shown; the rest is not theirs to drop.
    """
    for f in obj.links:
        renewed = [change for change in changes if change.before and f.key in change.values]
        dropped = {i for c in renewed for i in _ids((c.before or {})[f.key])} if renewed else set()
        unseen = dropped - _existing(ctx, f.target or "", dropped) if dropped else set()
        for change in renewed if unseen else ():
            given = _ids(change.values[f.key])
            kept = [i for i in _ids((change.before or {})[f.key]) if i in unseen and i not in given]
            change.values[f.key] = [*given, *kept] or None


def check_owner(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Refuse handing records to people outside the actor's reach, and letting go of them out of sight.

    Whose records one may only change (collaborating, standing in, a sharing rule) one does not take over either:
    that way ends one day.
    """
    allowed = rights.assignable(ctx, obj)
    if allowed is None or obj.shared or obj.line_of:
        return
    for change in changes:
        owner = change.values.get("owner")
        if not change.changes("owner"):
            continue
        held_by = change.before.get("owner") if change.before else None
        if held_by is not None and held_by not in allowed:
            change.refuse("owner", "not_assignable", NOT_YOURS)
            continue
        if owner in allowed:
            continue
        made_by = change.before.get("created_by") if change.before else ctx.actor.user_id
        if owner is not None:
            change.refuse("owner", "not_assignable", NOT_ASSIGNABLE)
        elif not rights.keeps_ownerless(ctx, obj) and made_by != ctx.actor.user_id:
            change.refuse("owner", "out_of_sight", OUT_OF_SIGHT)


def is_same(field: FieldDef, one: Any, other: Any) -> bool:
    """True when two Python values of a field are the same to people (1 and 1.00 are)."""
    return bool(one == other)


def _ids(value: Any) -> list[uuid.UUID]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _added(change: Change, field: FieldDef) -> set[uuid.UUID]:
    """The ids that the change gives the field and that are not there yet."""
    given = set(_ids(change.values.get(field.key)))
    return given.difference(_ids(change.before.get(field.key))) if change.before else given


def _existing(
    ctx: Ctx, kind: str, ids: set[uuid.UUID], *, left: bool = False, held: bool = False
) -> set[uuid.UUID]:
    """Those of the ids that are there; with `left`, people who have left the firm too; records `held` if asked."""
    wanted = list(ids)
    tables = {
        "user": "SELECT user_id FROM membership WHERE workspace_id = %s AND user_id = ANY(%s::uuid[])"
        + ("" if left else " AND status <> 'disabled'"),
        "team": "SELECT id FROM team WHERE workspace_id = %s AND id = ANY(%s::uuid[])",
    }
    if kind == "file":
        return usable_files(ctx, ids)
    if kind in tables:
        return {row[0] for row in select_rows(Sql(tables[kind], (ctx.workspace.id, wanted)))}
    target = get_schema(ctx).find(kind)
    return visible_ids(ctx, target, wanted, held=held) if target else set()
