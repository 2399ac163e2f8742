"""Unique fields and identity rules, held by the database and free of races.

*How it works*: a live record has a `record_key` for each value that must be unique (strict) or that a
duplicate check looks up. Strict keys are inserted ON CONFLICT DO NOTHING before the record is: what
does not come back is taken, also by somebody whose transaction has not ended yet (the insert waits).
Deleting a record takes its keys away, so that the same row can be imported again.

*Rules*: values are normalised by the same function everywhere (`normal_value`); NULL has no key.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.recordset import insert_rows, select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.normalise import normalise_email, normalise_name, normalise_phone, normalise_tax_number
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

TAKEN = Text("已有记录使用这个值，不能重复。", "Another record already has this value; it must be unique.")
NORMALISERS: Mapping[str, Callable[[str], str | None]] = {
    "name": normalise_name,
    "phone": normalise_phone,
    "email": normalise_email,
    "tax_number": normalise_tax_number,
    "text": lambda text: text.strip().casefold() or None,
}
MAX_VALUE = 500
KEY_COLUMNS = {"workspace_id": "uuid", "object_key": "text", "rule": "text", "value": "text", "record_id": "uuid",
            "strict": "boolean"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of key of an object."""

    key: str
    field: str
    normal: str
    strict: bool


def rules_of(obj: ObjectDef) -> list[Rule]:
    """Identity rules and unique fields."""
    found = [
        Rule(rule.key, rule.field, rule.normal, rule.strict)
        for rule in obj.identity
        if rule.field in obj.fields
    ]
    found += [Rule(f"unique:{f.key}", f.key, "text", True) for f in obj.fields.values() if f.unique]
    return found


def normal_value(rule: Rule, obj: ObjectDef, value: Any) -> str | None:
    """The value as keys compare it, or None when it is empty."""
    if value is None:
        return None
    text = (
        value
        if isinstance(value, str)
        else str(obj.fields[rule.field].type.dump(value, obj.fields[rule.field]))
    )
    normal = NORMALISERS[rule.normal](text)
    return normal[:MAX_VALUE] if normal else None


def claim_keys(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Write the keys of the changes' new values; refuse those whose strict value is taken.

    Changes with errors are passed over; keys of a change that turns out refused are taken back.
    """
    rules = rules_of(obj)
    if not rules:
        return
    fresh: list[dict[str, Any]] = []
    replaced: dict[Rule, list[tuple[Change, str | None]]] = defaultdict(list)
    for change in changes:
        if change.errors:
            continue
        for rule in rules:
            renewed = change.op in ("create", "restore") or change.changes(rule.field)
            if not renewed:
                continue
            normal = normal_value(rule, obj, change.value(rule.field))
            if change.before and change.op == "update":
                if normal == normal_value(rule, obj, change.before.get(rule.field)):
                    continue  # written otherwise, compared the same: the key stays
                replaced[rule].append((change, normal))
            if normal is not None:
                fresh.append(
                    {"workspace_id": ctx.workspace.id, "object_key": obj.key, "rule": rule.key, "value": normal,
                     "record_id": change.id, "strict": rule.strict}
                )  # fmt: skip
    loose = [row for row in fresh if not row["strict"]]
    strict = sorted((row for row in fresh if row["strict"]), key=lambda row: (row["rule"], row["value"]))
    if strict:
        _claim_strict(obj, rules, changes, strict)
        refused = {change.id for change in changes if change.errors}
        loose = [row for row in loose if row["record_id"] not in refused]
    for rule, pairs in replaced.items():
        _release_former(rule, [(change.id, normal) for change, normal in pairs if not change.errors])
    insert_rows("record_key", KEY_COLUMNS, loose)


def _claim_strict(
    obj: ObjectDef, rules: list[Rule], changes: Sequence[Change], rows: list[dict[str, Any]]
) -> None:
    got = insert_rows(
        "record_key", KEY_COLUMNS, rows, suffix="ON CONFLICT DO NOTHING RETURNING rule, record_id"
    )
    if len(got) == len(rows):
        return
    claimed = set(got)
    by_id = {change.id: change for change in changes}
    field_of = {rule.key: rule.field for rule in rules}
    refused = []
    for row in rows:
        if (row["rule"], row["record_id"]) not in claimed:
            by_id[row["record_id"]].refuse(field_of[row["rule"]], "not_unique", TAKEN)
            refused.append(row["record_id"])
    release_keys([i for i in refused if by_id[i].op != "update"])
    _take_back(
        [row for row in rows if by_id[row["record_id"]].errors and (row["rule"], row["record_id"]) in claimed]
    )


def release_keys(ids: Sequence[uuid.UUID]) -> None:
    """Take away all keys of records."""
    with connection.cursor() as db:
        db.execute("DELETE FROM record_key WHERE record_id = ANY(%s::uuid[])", [list(ids)])


def _take_back(rows: Sequence[Mapping[str, Any]]) -> None:
    """Take away the keys that changes claimed before another of their values turned out to be taken."""
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key k USING unnest(%s::uuid[], %s::text[], %s::text[]) AS n(id, rule, value)"
            " WHERE k.record_id = n.id AND k.rule = n.rule AND k.value = n.value",
            [
                [row["record_id"] for row in rows],
                [row["rule"] for row in rows],
                [row["value"] for row in rows],
            ],
        )


def _release_former(rule: Rule, renewed: Sequence[tuple[uuid.UUID, str | None]]) -> None:
    """Take away the values that records had before; strict rules already hold the new one."""
    kept = "AND k.value IS DISTINCT FROM n.value" if rule.strict else ""
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key k USING unnest(%s::uuid[], %s::text[]) AS n(id, value)"
            f" WHERE k.record_id = n.id AND k.rule = %s {kept}",
            [[i for i, _ in renewed], [normal for _, normal in renewed], rule.key],
        )


def holders(
    ctx: Ctx, obj: ObjectDef, wanted: Mapping[Rule, set[str]]
) -> dict[tuple[str, str], list[uuid.UUID]]:
    """The records that hold normalised values: `{rule: values}` to `{(rule key, value): record ids}`."""
    found: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    for rule, values in wanted.items():
        if not values:
            continue
        statement = Sql(
            "SELECT value, record_id FROM record_key WHERE workspace_id = %s AND object_key = %s AND rule = %s"
            f" AND value = ANY(%s::text[]) AND {'' if rule.strict else 'NOT '}strict ORDER BY record_id",
            (ctx.workspace.id, obj.key, rule.key, list(values)),
        )
        for value, record_id in select_rows(statement):
            found[rule.key, value].append(record_id)
    return found
