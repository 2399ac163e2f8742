"""Values that others hold, told together with whatever else is wrong with a change.

*How it works*: keys are claimed for good changes only (keys.py). A change that is refused anyway is looked up in
the keys that are there: nothing is written, nobody waits. Changes that are in order cost no statement.

*Rules*: what the claim would refuse is refused here, with the same words; a record that is gone, stale or not the
actor's to change is told nothing more.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.records.store.keys import door_of, holders, is_renewed, normal_of, refuse_taken, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

TAKEN_BY = Text("「{holder}」已经用了这个值，不能重复。", "“{holder}” has this value now; it must be unique.")
SILENT = frozenset({"not_found", "forbidden", "stale_version"})


def tell_taken(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Refuse besides, of changes that are refused already, the values that another record holds."""
    wrong = [c for c in changes if c.errors and not any(error.code in SILENT for error in c.errors)]
    rules = {rule.key: rule for rule in rules_of(obj) if rule.refuses(door_of(ctx))} if wrong else {}
    asked: list[tuple[str, str, Change]] = []
    for change in wrong:
        values: dict[str, Any] = (change.before or {}) | change.values
        for rule in rules.values():
            normal = normal_of(rule, obj, values.get)
            if normal is not None and (change.op != "update" or is_renewed(rule, obj, change, normal)):
                asked.append((rule.key, normal, change))
    if not asked:
        return
    statement = Sql(
        "SELECT DISTINCT n.rule, n.id FROM unnest(%s::text[], %s::text[], %s::uuid[]) AS n(rule, value, id)"
        " JOIN record_key k ON k.workspace_id = %s AND k.object_key = %s AND k.rule = n.rule"
        " AND k.value = n.value AND k.record_id <> n.id",
        ([rule for rule, _, _ in asked], [value for _, value, _ in asked], [c.id for _, _, c in asked],
         ctx.workspace.id, obj.key),
    )  # fmt: skip
    held = set(select_rows(statement))
    for key, _, change in asked:
        if (key, change.id) in held:
            refuse_taken(obj, rules[key], change)


def taken_by(ctx: Ctx, obj: ObjectDef, change: Change) -> list[tuple[str, uuid.UUID]]:
    """`(field, record)`: who holds what the change was refused as not unique for."""
    refused = {error.field for error in change.errors if error.code == "not_unique"}
    values: dict[str, Any] = (change.before or {}) | change.values
    found = []
    for rule in rules_of(obj):
        normal = normal_of(rule, obj, values.get) if rule.strict and rule.field in refused else None
        if normal is not None:
            held = holders(ctx, obj, {rule: {normal}}, most=2).get((rule.key, normal), ())
            found += [(rule.field, record_id) for record_id in held if record_id != change.id]
    return list(dict.fromkeys(found))


def naming_holders(ctx: Ctx, obj: ObjectDef, change: Change) -> list[FieldError]:
    """What is wrong with a change, with the record that has its value now, where the actor sees that one."""
    held = dict(reversed(taken_by(ctx, obj, change)))
    titles = titles_of(Compiler(ctx, obj), {obj.key: set(held.values())}) if held else {}
    found = []
    for error in change.errors:
        who = held.get(error.field)
        holder = titles.get((obj.key, who)) if who else None
        if error.code == "not_unique" and holder:
            error = FieldError(error.field, error.code, TAKEN_BY, {"holder": holder["title"]})
        found.append(error)
    return found
