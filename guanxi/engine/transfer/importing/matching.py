"""Which rows are records that exist already: by the chosen key, and by the object's duplicate rules.

*How it works*: rows with one key are brought together first: in an upsert the later row adds to the
earlier one, otherwise it is refused. Then one query asks for the records that hold the keys. Rows that
would become new records are compared with the identity keys of the object (phone, e-mail, tax number,
normalised name), again in one query a rule.

*Rules*: a name alone is no proof where both records have phones or addresses and none is the same; an
empty cell never clears a value.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.records.finding import Key, by_key
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.aliases import known_as
from guanxi.engine.records.store.keys import Rule, door_of, holders, normal_of, normals_of, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.twins import is_in_force
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.kit.errors import FieldError
from guanxi.kit.ids import new_ids
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

KEY_EMPTY = Text("对照字段是空的。", "The key field is empty.")
KEY_UNKNOWN = Text("没有找到可以更新的记录。", "No record with this key was found to update.")
KEY_EXISTS = Text("已有一条记录是这个值。", "A record with this value exists already.")
KEY_SEVERAL = Text(
    "有 {count} 条记录都是这个值，不知道更新哪一条。",
    "{count} records have this value; it is not clear which to update.",
)
KEY_TWICE = Text("与文件前面的一行重复。", "An earlier row of the file has the same value.")
DUPLICATE = Text("与已有的{object}重复。", "This {object} exists already.")
DUPLICATE_IN_FILE = Text(
    "与文件前面的一行是同一个{object}。", "An earlier row of the file is the same {object}."
)


@dataclass(slots=True)
class Matched:
    """The changes to write, and where the other rows went."""

    changes: list[Change] = field(default_factory=list)
    merged: dict[int, int] = field(default_factory=dict)
    refused: dict[int, list[FieldError]] = field(default_factory=dict)


def match(ctx: Ctx, plan: Plan, rows: Mapping[int, dict[str, Any]]) -> Matched:
    """Changes for the values of rows by position; `Change.index` is the position."""
    matched = Matched()
    keys = {position: _key_of(plan.key, values) for position, values in rows.items()} if plan.key else {}
    known = by_key(ctx, plan.object, plan.key, {key for key in keys.values() if key is not None})
    first: dict[Key, Change] = {}
    ids = iter(new_ids(len(rows)))
    for position, values in rows.items():
        key = keys.get(position)
        if key is not None and key in first:
            _meet_again(plan, matched, first[key], position, values)
            continue
        found = known.get(key, []) if key is not None else []
        error = _misfit(plan, key, found)
        if error is not None:
            matched.refused[position] = [error]
            continue
        if found:
            change = Change("update", found[0], dict(values), index=position)
        else:
            change = Change("create", next(ids), dict(values), index=position)
        matched.changes.append(change)
        if key is not None:
            first[key] = change
    if plan.options.duplicates == "refuse":
        _refuse_duplicates(ctx, plan.object, matched)
    return matched


def _key_of(fields: Sequence[FieldDef], values: Mapping[str, Any]) -> Key | None:
    key = tuple(_folded(values.get(f.key)) for f in fields)
    return None if any(part is None for part in key) else key


def _folded(value: Any) -> Any:
    return value.strip() or None if isinstance(value, str) else value


def _meet_again(plan: Plan, matched: Matched, first: Change, position: int, values: dict[str, Any]) -> None:
    """A second row of the file with one key."""
    if plan.options.mode == "create":
        matched.refused[position] = [FieldError(plan.key[0].key, "repeated_in_file", KEY_TWICE)]
        return
    first.values.update(values)
    matched.merged[position] = first.index


def _misfit(plan: Plan, key: Key | None, found: list[uuid.UUID]) -> FieldError | None:
    mode = plan.options.mode
    if not plan.key:
        return None
    at = plan.key[0].key
    if key is None:
        return FieldError(at, "key_empty", KEY_EMPTY) if mode == "update" else None
    if len(found) > 1:
        return FieldError(at, "ambiguous", KEY_SEVERAL, {"count": len(found)})
    if mode == "create" and found:
        return FieldError(at, "exists", KEY_EXISTS)
    if mode == "update" and not found:
        return FieldError(at, "unknown_key", KEY_UNKNOWN)
    return None


def _refuse_duplicates(ctx: Ctx, obj: ObjectDef, matched: Matched) -> None:
    """Take out the new records that the object's duplicate rules find, in the database or further up."""
    door = door_of(ctx)
    asked = [rule for rule in rules_of(obj) if rule.is_asked(door)]
    rules = [rule for rule in asked if not rule.refuses(door)]
    fresh = [change for change in matched.changes if change.op == "create"]
    if not asked or not fresh:
        return
    # What the database refuses by itself is asked here only as what merged records were known by.
    records = [change.values for change in fresh]
    columns = {rule: normals_of(rule, obj, records) for rule in asked}
    wanted = {rule: {value for value in column if value} for rule, column in columns.items()}
    held = holders(ctx, obj, {rule: values for rule, values in wanted.items() if rule in set(rules)})
    for pair, ids in known_as(ctx, obj, {rule.key: values for rule, values in wanted.items()}).items():
        held[pair] = [*held.get(pair, ()), *ids]
    fresh = _suspects(fresh, columns, held)
    if not fresh:
        return
    theirs = _keys_of_records(obj, rules, {i for ids in held.values() for i in ids})
    keys = {change.id: _keys(obj, asked, change) for change in fresh}
    seen: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    refused: set[uuid.UUID] = set()
    for change in fresh:
        mine = keys[change.id]
        error = _duplicate(obj, mine, held, theirs, DUPLICATE) or _duplicate(
            obj, mine, seen, keys, DUPLICATE_IN_FILE
        )
        if error is not None:
            matched.refused[change.index] = [error]
            refused.add(change.id)
            continue
        for rule, value in mine.items():
            if not rule.refuses(door):
                seen[rule.key, value].append(change.id)
    if refused:
        matched.changes = [change for change in matched.changes if change.id not in refused]
        gone = set(matched.refused)
        for position, into in list(matched.merged.items()):
            if into in gone:
                matched.refused[position] = matched.refused[into]
                del matched.merged[position]


Keys = Mapping[Rule, str]


def _suspects(
    fresh: Sequence[Change],
    columns: Mapping[Rule, Sequence[str | None]],
    held: Mapping[tuple[str, str], Sequence[uuid.UUID]],
) -> list[Change]:
    """Those of the changes that have a key which a record holds, or another of them has too."""
    taken: dict[str, set[str]] = defaultdict(set)
    for rule_key, value in held:
        taken[rule_key].add(value)
    found: set[int] = set()
    for rule, column in columns.items():
        repeated = {value for value, times in Counter(column).items() if value and times > 1}
        if several := repeated | taken[rule.key]:
            found.update(position for position, value in enumerate(column) if value in several)
    return [fresh[position] for position in sorted(found)]


def _keys(obj: ObjectDef, rules: Sequence[Rule], change: Change) -> dict[Rule, str]:
    found = {}
    for rule in rules:
        normal = normal_of(rule, obj, change.values.get)
        if normal:
            found[rule] = normal
    return found


def _keys_of_records(
    obj: ObjectDef, rules: Sequence[Rule], ids: set[uuid.UUID]
) -> dict[uuid.UUID, dict[Rule, str]]:
    if not ids:
        return {}
    by_key = {rule.key: rule for rule in rules}
    found: dict[uuid.UUID, dict[Rule, str]] = defaultdict(dict)
    statement = Sql(
        "SELECT record_id, rule, value FROM record_key WHERE record_id = ANY(%s::uuid[])", (list(ids),)
    )
    for record_id, rule_key, value in select_rows(statement):
        if (rule := by_key.get(rule_key)) is not None and is_in_force(rule, obj, value):
            found[record_id][rule] = value
    return found


def _duplicate(
    obj: ObjectDef,
    mine: Keys,
    held: Mapping[tuple[str, str], Sequence[uuid.UUID]],
    theirs: Mapping[uuid.UUID, Keys],
    text: Text,
) -> FieldError | None:
    for rule, value in mine.items():
        for record_id in held.get((rule.key, value), ()):
            if not rule.is_weak or not _contradict(mine, theirs.get(record_id, {})):
                return FieldError(rule.field, "duplicate", text, {"object": obj.label})
    return None


def _contradict(mine: Keys, theirs: Keys) -> bool:
    """True when both sides have stronger keys of one kind and none of them is the same."""
    compared = False
    for kind in {rule.kind for rule in mine if not rule.is_weak}:
        ours = {value for rule, value in mine.items() if rule.kind == kind}
        others = {value for rule, value in theirs.items() if rule.kind == kind}
        if ours & others:
            return False
        compared = compared or bool(ours and others)
    return compared
