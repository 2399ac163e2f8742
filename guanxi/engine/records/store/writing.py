"""The one pass that every write is: lock, derive, check, write, journal, index, tell.

*How it works*: `bulk_write` takes changes with Python values (parsed by `inputs.py` or the importer),
locks the rows they touch, lets the domain's hooks derive values, fills defaults, checks required
fields, the rules of the object, references, owners and unique keys set-wise, gives out serial numbers,
writes rows, links, journal and search entries, brings the rollups above up to date and calls the hooks
again. With `partial` the good changes are written and
the others reported by index; without, any error raises and the caller's transaction rolls back.

*Rules*: a constant number of statements per pass, whatever the number of changes; it never commits.
Keep passes at or below CHUNK changes: the importer and the bulk operations do.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_for
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.ruling import enforcing
from guanxi.engine.records.search import remove_entries
from guanxi.engine.records.store import change_sets, keys, lines, rows, validation
from guanxi.engine.records.store.bulk_mode import many
from guanxi.engine.records.store.foreseeing import Foreseen
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import overlapped
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.serials import assign_serials
from guanxi.engine.records.store.taken import tell_taken
from guanxi.engine.records.store.telling import announce
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.errors import FieldError, Forbidden, Invalid, NotFound, Problem, StaleVersion

CHUNK = 5000
MAX_TOLD = 1000
"""Complaints about many records in one answer."""
_VERBS = {"create": "create", "update": "edit", "delete": "delete", "restore": "delete"}


@dataclass(slots=True)
class BulkResult:
    """What a pass did: counts, the id of each written change by its index, refusals by index."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    restored: int = 0
    ids: dict[int, uuid.UUID] = field(default_factory=dict)
    refused: dict[int, list[FieldError]] = field(default_factory=dict)


def bulk_write(
    ctx: Ctx,
    object_key: str,
    changes: Sequence[Change],
    *,
    partial: bool = True,
    sample: bool = False,
    trusted: bool = False,
    ruled: bool | None = None,
    action: str | None = None,
    quiet: bool = False,
    foreseen: Foreseen | None = None,
) -> BulkResult:
    """Write `changes` (one operation kind or several) to records of one object.

    `sample` marks new records as sample data; `trusted` leaves out the rights of the actor (undo, the
    program's own derived values) and the object's rules, unless `ruled`; `action` names the journal entries (default: the operation).
    `quiet` lines are told of by whoever writes their record in the same breath. `foreseen`: see foreseeing.py.
    Raises NotFound for the object, Forbidden for the verb, and Invalid when not `partial`.
    """
    obj = get_object(ctx, object_key)
    ctx = change_sets.as_one(ctx)
    for op in {change.op for change in changes}:
        if not trusted:
            rights.require(ctx, obj, _VERBS[op])
    for change in changes:
        change.action = action or ""
    result = BulkResult()
    with many(len(changes)):
        for op in ("create", "update", "delete", "restore"):
            chosen = [change for change in changes if change.op == op]
            if chosen:
                held = not trusted if ruled is None else ruled
                _pass(ctx, obj, chosen, op, result, sample=sample, trusted=trusted, ruled=held, action=action,
                      quiet=quiet, foreseen=foreseen)  # fmt: skip
    for change in changes:
        if change.errors:
            result.refused[change.index] = change.errors
    if result.refused and not partial:
        raise refusal(result.refused, single=len(changes) == 1)
    if result.ids:
        announce(ctx, obj.key)
    return result


def _pass(
    ctx: Ctx, obj: ObjectDef, changes: list[Change], op: str, result: BulkResult, *, sample: bool, trusted: bool,
    ruled: bool, action: str | None, quiet: bool, foreseen: Foreseen | None,
) -> None:  # fmt: skip
    hooks = hooks_for(obj)
    keeper = Keeper(ctx, obj)
    keeper.lock(changes)
    if not quiet:
        lines.lock_records(ctx, obj, changes)
    if op != "create":
        lock_rows(ctx, obj, changes, deleted=op == "restore", trusted=trusted, verbs=(_VERBS[op],))
    if op == "update":
        _amend_lists(ctx, obj, changes)
        if not trusted:
            validation.keep_unseen_links(ctx, obj, changes)
        _drop_unchanged(ctx, obj, changes, result)
    live = [c for c in changes if not c.errors and (op != "update" or c.values or c.misread)]
    _check(ctx, obj, live, op, hooks, trusted=trusted, ruled=ruled, typed=action is None)
    loose = keys.claim_keys(ctx, obj, live) if op != "delete" else []
    good = [c for c in live if not c.errors]
    if not good:
        return
    with_it = [] if action == "merge" else _lines_along(ctx, obj, good, op) + _derived_lines(ctx, good)
    _write(ctx, obj, good, op, loose, sample=sample, action=action or op, foreseen=foreseen)
    if not sample:
        change_sets.note(ctx, obj, good, action or op)
    keeper.follow(good)
    for line, changed in with_it:
        for start in range(0, len(changed), CHUNK):
            bulk_write(ctx, line.key, changed[start : start + CHUNK], partial=False, trusted=True, action=action,
                       quiet=True)  # fmt: skip
    if not quiet:
        lines.tell_records(ctx, obj, good, op)
    for hook in hooks:
        hook.after_write(ctx, obj, good)
    for change in good:
        result.ids[change.index] = change.id
    counter = {"create": "created", "update": "updated", "delete": "deleted", "restore": "restored"}[op]
    setattr(result, counter, getattr(result, counter) + len(good))


def _lines_along(
    ctx: Ctx, obj: ObjectDef, good: list[Change], op: str
) -> list[tuple[ObjectDef, list[Change]]]:
    """The lines that are deleted or restored with their records (a merge moves them to the one that stays)."""
    if op not in ("delete", "restore"):
        return []
    records = [change.id for change in good]
    found = [
        (line, lines.of_records(ctx, line, records, gone_with_them=op == "restore"))
        for _, line in lines.line_objects(ctx, obj)
    ]
    return [
        (line, [Change(good[0].op, i, {}, index=n, along=True) for n, i in enumerate(ids)])
        for line, ids in found
    ]


def _derived_lines(ctx: Ctx, good: list[Change]) -> list[tuple[ObjectDef, list[Change]]]:
    """The changes of lines that hooks want written with their records."""
    found: dict[str, list[Change]] = {}
    for change in good:
        for key, changes in change.lines.items():
            found.setdefault(key, []).extend(changes)
    return [(get_object(ctx, key), changes) for key, changes in found.items() if changes]


def _check(
    ctx: Ctx, obj: ObjectDef, live: list[Change], op: str, hooks: Sequence[RecordHooks], *, trusted: bool,
    ruled: bool, typed: bool,
) -> None:  # fmt: skip
    """Fill in defaults and what hooks derive, then collect what is wrong with each change."""
    given = enforcing.given_fields(obj, live)
    for change in live:
        change.ruled = ruled
    if op == "create":
        validation.fill_defaults(ctx, obj, live)
        if ruled:
            enforcing.fill_defaults(ctx, obj, live, given)
        lines.fill_positions(ctx, obj, live)
    for hook in hooks:
        hook.prepare(ctx, obj, live)
    if op in ("create", "update"):
        for hook in hooks if ruled else ():
            hook.check(ctx, obj, live)
        hidden = enforcing.enforce(ctx, obj, live, given, typed=typed) if ruled else {}
        validation.check_required(ctx, obj, live, hidden)
        validation.check_retired(obj, live, trusted=trusted)
        validation.check_references(ctx, obj, live, trusted=trusted)
        if not trusted:
            validation.check_owner(ctx, obj, live)
            lines.check_records(ctx, obj, live)
    for change in live:
        change.settle_errors()
    if op != "delete":
        tell_taken(ctx, obj, live)


def _write(
    ctx: Ctx, obj: ObjectDef, good: list[Change], op: str, loose: list[dict[str, Any]], *, sample: bool, action: str,
    foreseen: Foreseen | None,
) -> None:  # fmt: skip
    env = environment(ctx)
    if op == "create":
        assign_serials(ctx, obj, good)
        rows.write_links(ctx, obj, good)
        with overlapped(len(good)):
            keys.write_keys(ctx, obj, loose)
            rows.insert_records(ctx, obj, good, sample=sample, foreseen=foreseen)
            rows.write_journal(ctx, obj, good, action)
            rows.index_records(ctx, obj, good, env, fresh=True, foreseen=foreseen)
        return
    keys.write_keys(ctx, obj, loose)
    if op == "update":
        rows.update_records(ctx, obj, good)
    else:
        rows.mark_deleted(ctx, obj, good, deleted=op == "delete")
    if op == "update":
        rows.write_links(ctx, obj, good)
    if op == "delete":
        ids = [change.id for change in good]
        keys.release_keys(ids)
        remove_entries(ids)
    else:
        rows.index_records(ctx, obj, good, env, fresh=op == "restore")
    if op != "update" or not ctx.unrecorded:
        rows.write_journal(ctx, obj, good, action)


def _amend_lists(ctx: Ctx, obj: ObjectDef, changes: list[Change]) -> None:
    """Turn what is to be added to and removed from lists into their new values."""
    env = environment(ctx)
    for change in changes:
        if change.errors or change.before is None:
            continue
        for key in {*change.added, *change.removed}:
            gone = change.removed.get(key, [])
            kept = [item for item in change.before.get(key) or [] if item not in gone]
            fresh = [item for item in change.added.get(key, []) if item not in kept]
            try:
                change.values[key] = obj.fields[key].type.parse([*kept, *fresh], obj.fields[key], env)
            except Refusal as refused:
                change.refuse(key, refused.code, refused.text, **refused.values)


def _drop_unchanged(ctx: Ctx, obj: ObjectDef, changes: list[Change], result: BulkResult) -> None:
    """Leave in each change only what differs, of a sheet what its cells can tell apart; count those left with nothing."""

    def differs(key: str, value: Any, before: Any) -> bool:
        return before != value and not (
            ctx.via is Via.IMPORT and obj.fields[key].type.is_same_cell(before, value)
        )

    for change in changes:
        if change.errors or change.before is None:
            continue
        before = change.before
        change.values = {
            key: value for key, value in change.values.items() if differs(key, value, before.get(key))
        }
        if not change.values and not change.misread:
            result.unchanged += 1
            result.ids[change.index] = change.id


def refusal(refused: dict[int, list[FieldError]], *, single: bool) -> Problem:
    """The exception for refused changes: 404, 403 or 409 where that is the trouble, else 422 with all."""
    errors = [error for found in refused.values() for error in found]
    codes = {error.code for error in errors}
    if "not_found" in codes:
        return NotFound()
    if "forbidden" in codes:
        return Forbidden()
    stale = next((error for error in errors if error.code == "stale_version"), None)
    if stale is not None:
        return StaleVersion(extra={"current": stale.values.get("current")})
    if single:
        return Invalid(errors=errors)
    told = [error.at(f"records.{index}") for index, found in sorted(refused.items()) for error in found]
    return Invalid(errors=told[:MAX_TOLD])
