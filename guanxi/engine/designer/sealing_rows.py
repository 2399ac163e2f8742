"""The rows of a field that is being encrypted or decrypted: chunks of records, their journal, their keys.

*Rules*: a chunk is locked while it is rewritten; versions and times stay as they are: nobody's edit grows stale by it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import RecordAliasKey
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.sealed import JOURNAL, opened_token, sealed_forms
from guanxi.engine.records.store.aliases import field_alias
from guanxi.engine.records.store.keys import Rule, normal_of, rules_of
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows, update_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.sealed import INDEX, TOKEN, column_type, plain_type
from guanxi.engine.schema.seals import FieldSeal
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.vault.sealing import is_sealed
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.sql import TRUE, Sql, all_of, ident, literal

CHUNK = 1000
_LEAST = uuid.UUID(int=0)


def give_forms(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, after: uuid.UUID, condition: Sql = TRUE
) -> tuple[int, uuid.UUID | None]:
    """Put the missing form beside the one in force for the next records past `after`.

    Gives how many were looked at, and the last one's id (None at the end).
    """
    rows = _rows(ctx, obj, f, all_of([Sql("r.id > %s", (after,)), condition]))
    if f.is_sealed:
        plain = [
            (i, opened_token(f, i, token)) for i, held, token in rows if token is not None and held is None
        ]
        _write_plain(obj, f, plain)
    else:
        fresh = [
            {"id": i, "custom": sealed_forms(f, i, f.type.dump(held, f))}
            for i, held, token in rows
            if held is not None and token is None
        ]
        update_rows(obj.table, _CUSTOM, fresh, merged=_MERGED)
    return len(rows), (rows[-1][0] if len(rows) == CHUNK else None)


def unformed(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> Sql | None:
    """The condition of records that lack the form that is to come; None when there are none."""
    plain, token = _places(f)
    lacking = (
        f"{token} IS NOT NULL AND {plain} IS NULL"
        if f.is_sealed
        else f"{plain} IS NOT NULL AND {token} IS NULL"
    )
    where = rows_of(ctx, obj, "r") + f" AND {lacking}"
    found = select_rows(Sql(f"SELECT 1 FROM {table_of(obj)} r WHERE ") + where + Sql(" LIMIT 1"))
    return Sql(lacking) if found else None


def has_plain(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> bool:
    """Whether some record holds a plain value of the field."""
    where = rows_of(ctx, obj, "r") + f" AND {_places(f)[0]} IS NOT NULL"
    return bool(select_rows(Sql(f"SELECT 1 FROM {table_of(obj)} r WHERE ") + where + Sql(" LIMIT 1")))


def clear_plain(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, after: uuid.UUID
) -> tuple[list[uuid.UUID], uuid.UUID | None]:
    """Take the plain form out of the next records; gives their ids, and the last of them (None at the end).

    A plain value that differs from the encrypted one was written by somebody who did not know yet: it counts.
    """
    rows = _rows(ctx, obj, f, Sql("r.id > %s", (after,)))
    late = [
        {"id": i, "custom": sealed_forms(f, i, f.type.dump(held, f))}
        for i, held, token in rows
        if held is not None and (token is None or opened_token(f, i, token) != held)
    ]
    update_rows(obj.table, _CUSTOM, late, merged=_MERGED)
    _write_plain(obj, f, [(i, None) for i, held, _ in rows if held is not None])
    return [row[0] for row in rows], (rows[-1][0] if len(rows) == CHUNK else None)


def clear_sealed(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, after: uuid.UUID
) -> tuple[list[uuid.UUID], uuid.UUID | None]:
    """Take the encrypted form out of the next records; what was written encrypted alone meanwhile counts."""
    rows = _rows(ctx, obj, f, Sql("r.id > %s", (after,)))
    seal = FieldSeal(ctx.workspace, obj.key, f.key)
    late = [
        (i, f.type.load(seal.open(i, token), f))
        for i, held, token in rows
        if token is not None and held is None
    ]
    _write_plain(obj, f, late)
    ids = [i for i, _, token in rows if token is not None]
    with connection.cursor() as db:
        db.execute(
            f"UPDATE {table_of(obj)} SET custom = custom - %s::text[] WHERE workspace_id = %s AND id = ANY(%s::uuid[])",
            [[f.key + TOKEN, f.key + INDEX], ctx.workspace.id, ids],
        )
    return [row[0] for row in rows], (rows[-1][0] if len(rows) == CHUNK else None)


_CUSTOM = {"id": "uuid", "custom": "jsonb"}
_MERGED = {"custom": "t.custom || x.custom"}


def _places(f: FieldDef) -> tuple[str, str]:
    """Where the plain and the encrypted form stand in a row `r`."""
    column = f.column or f.plain_column
    plain = f"r.{ident(column)}" if column else f"(r.custom -> {literal(f.key).text})"
    return plain, f"(r.custom -> {literal(f.key + TOKEN).text})"


def _rows(ctx: Ctx, obj: ObjectDef, f: FieldDef, condition: Sql) -> list[tuple[uuid.UUID, Any, Any]]:
    """`(id, plain Python value, encrypted form)` of the next records, deleted ones included, locked."""
    plain, token = _places(f)
    where = all_of([rows_of(ctx, obj, "r"), condition])
    select = Sql(f"SELECT r.id, {plain}, {token} FROM {table_of(obj)} r WHERE ") + where
    found = select_rows(select + Sql(" ORDER BY r.id LIMIT %s FOR NO KEY UPDATE OF r", (CHUNK,)))
    from_json = not (f.column or f.plain_column)
    kind = replace(f, type=plain_type(f))
    return [
        (i, database_value(kind, held, from_json=from_json), None if sealed is None else loads(sealed))
        for i, held, sealed in found
    ]


def _write_plain(obj: ObjectDef, f: FieldDef, values: Sequence[tuple[uuid.UUID, Any]]) -> None:
    """Give rows a plain value, or take it away (None)."""
    column = f.column or f.plain_column
    dumped = [(i, None if value is None else f.type.dump(value, f)) for i, value in values]
    if column:
        rows = [{"id": i, column: value} for i, value in dumped]
        update_rows(obj.table, {"id": "uuid", column: column_type(f)}, rows)
        return
    rows = [
        {
            "id": i,
            "custom": {} if value is None else {f.key: value},
            "emptied": [f.key] if value is None else [],
        }
        for i, value in dumped
    ]
    merged = {"custom": "(t.custom || x.custom) - x.emptied"}
    update_rows(obj.table, _CUSTOM | {"emptied": "text[]"}, rows, merged=merged)


# ---- What tells of the values besides


def seal_journal(ctx: Ctx, obj: ObjectDef, f: FieldDef, ids: Sequence[uuid.UUID]) -> int:
    """Encrypt what the journal says of the field; gives the number of records.

    A whole entry is encrypted, for the seal covers it whole: an encrypted value proves itself, a plain one would not.
    """
    rows = select_rows(
        Sql(
            "SELECT id, record_id, changes FROM journal_entry WHERE workspace_id = %s AND record_id = ANY(%s::uuid[])"
            " AND changes ? %s",
            (ctx.workspace.id, list(ids), f.key),
        )
    )
    entries, sealed = [], []
    for entry, record_id, changes in rows:
        told = loads(changes)
        if all(value is None or is_sealed(value) for value in told[f.key]):
            continue
        entries.append(entry)
        sealed.append(
            dumps({key: _sealed_pair(ctx, obj, record_id, key, pair) for key, pair in told.items()}).decode()
        )
    if not entries:
        return 0
    with connection.cursor() as db:
        db.execute(
            "SELECT audit_seal_journal(%s::uuid[], %s::jsonb[], %s, %s)",
            [entries, sealed, ctx.actor.user_id, f"{obj.key}.{f.key}"],
        )
        row = db.fetchone()
    return int(row[0]) if row else 0


def _sealed_pair(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, key: str, pair: Any) -> Any:
    if not isinstance(pair, list):
        return pair
    seal = FieldSeal(ctx.workspace, obj.key, key, JOURNAL)
    return [value if value is None or is_sealed(value) else seal.close(record_id, value) for value in pair]


def rules_over(obj: ObjectDef, f: FieldDef) -> list[Rule]:
    """The rules whose keys are made of the field."""
    return [rule for rule in rules_of(obj) if any(part.field == f.key for part in rule.parts)]


def renew_all_keys(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Have the keys of all live records compare the field as it is declared now."""
    if not rules_over(obj, f):
        return
    last: uuid.UUID | None = _LEAST
    while last is not None:
        where = all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL AND r.id > %s", (last,))])
        select = Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where
        ids = [row[0] for row in select_rows(select + Sql(" ORDER BY r.id LIMIT %s", (CHUNK,)))]
        renew_keys(ctx, obj, f, ids)
        last = ids[-1] if len(ids) == CHUNK else None


def renew_keys(ctx: Ctx, obj: ObjectDef, f: FieldDef, ids: Sequence[uuid.UUID]) -> None:
    """Have the keys of some records compare the field as it is declared now; who holds what stays as it is."""
    rules = rules_over(obj, f)
    if not rules or not ids:
        return
    changes = [Change("update", record_id, {}, index=n) for n, record_id in enumerate(ids)]
    lock_rows(ctx, obj, changes, deleted=False, trusted=True, lock=False)
    for rule in rules:
        known = [(c.id, normal_of(rule, obj, c.before.get)) for c in changes if c.before is not None]
        with connection.cursor() as db:
            db.execute(
                "UPDATE record_key k SET value = n.value FROM unnest(%s::uuid[], %s::text[]) AS n(id, value)"
                " WHERE k.record_id = n.id AND k.workspace_id = %s AND k.rule = %s AND n.value IS NOT NULL"
                " AND k.value <> n.value",
                [[i for i, _ in known], [value for _, value in known], ctx.workspace.id, rule.key],
            )


def renew_aliases(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Have what merged records were known by compare as it is declared now; what cannot be worked out is let go."""
    own = RecordAliasKey.objects.filter(workspace_id=ctx.workspace.id, object_key=obj.key)
    names = {field_alias(f) or ""} | {rule.key for rule in rules_over(obj, f) if len(rule.parts) > 1}
    singles = {rule.key: rule.parts[0].normal for rule in rules_over(obj, f) if len(rule.parts) == 1}
    if not f.is_sealed or f.seal is None:
        own.filter(rule__in=[*names, *singles]).delete()
        return
    own.filter(rule__in=names - {field_alias(f)}).delete()
    normals = singles | ({name: "alias"} if (name := field_alias(f)) else {})
    rows = list(own.filter(rule__in=normals))
    for row in rows:
        row.value = f.seal.blind(f"{normals[row.rule]}|{row.value}")
    RecordAliasKey.objects.bulk_update(rows, ["value"], batch_size=CHUNK)
