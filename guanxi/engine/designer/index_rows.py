"""The rows that hold blind indexes, brought under another key of theirs: chunks of keys, aliases and records.

*Rules*: a chunk of records is locked while it is rewritten; versions and times stay as they are. What is under which
key is told by its tag (vault/sealing.py, records/store/twins.py).

*See*: index_keys.py.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.sealed import opened_token
from guanxi.engine.records.store.aliases import field_alias, field_value
from guanxi.engine.records.store.keys import KEY_COLUMNS, Rule, normal_of, rules_of
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import insert_rows, select_rows, update_rows
from guanxi.engine.records.store.twins import key_tag, sealed_by
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.sealed import INDEX, TOKEN
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.vault.sealing import index_tag
from guanxi.kit.sql import Sql, all_of, literal

CHUNK = 1000
_TABLES = {"record_key": "record_id", "record_alias_key": "old_id"}


@dataclass(frozen=True, slots=True)
class SealedKeys:
    """What keys and aliases over encrypted values are filed under: a rule, or a field that aliases know."""

    object: ObjectDef
    key: str
    rule: Rule | None
    field: FieldDef | None

    @property
    def name(self) -> tuple[str, str]:
        """The object's key and the rule's."""
        return self.object.key, self.key

    def tag(self, version: int) -> str:
        """What those of a version begin with."""
        return key_tag(self.rule, version) if self.rule is not None else index_tag(version)

    def value(self, values: dict[str, Any], version: int) -> str | None:
        """The key of a record under a version, by its values."""
        if self.rule is not None:
            return normal_of(replace(self.rule, index=version), self.object, values.get)
        assert self.field is not None
        held = values.get(self.field.key)
        return None if held is None else field_value(self.field, held, version)


def sealed_fields(ctx: Ctx) -> Iterator[tuple[ObjectDef, FieldDef]]:
    """The fields that have blind indexes."""
    for obj in get_schema(ctx).listed:
        for f in obj.fields.values():
            if f.seal is not None:
                yield obj, f


def sealed_keys(ctx: Ctx) -> Iterator[SealedKeys]:
    """The rules and aliases that compare blind indexes."""
    for obj in get_schema(ctx).listed:
        for rule in rules_of(obj):
            if sealed_by(rule, obj) is not None:
                yield SealedKeys(obj, rule.key, rule, None)
        for f in obj.fields.values():
            if f.is_sealed and (name := field_alias(f)) is not None:
                yield SealedKeys(obj, name, None, f)


def keys_left(ctx: Ctx, held: SealedKeys, version: int, *, to_go: bool) -> int:
    """How many keys and aliases have no twin under the version yet, or (`to_go`) are under another."""
    total = 0
    for table, owner in _TABLES.items():
        where = _former(ctx, held, version) + (Sql("") if to_go else _untwinned(table, owner, held, version))
        total += int(select_rows(Sql(f"SELECT count(*) FROM {table} k WHERE ") + where)[0][0])
    return total


def _former(ctx: Ctx, held: SealedKeys, version: int) -> Sql:
    """The rows `k` that are not under a version (which is never the first)."""
    given = (ctx.workspace.id, held.object.key, held.key, held.tag(version))
    return Sql(
        "k.workspace_id = %s AND k.object_key = %s AND k.rule = %s AND NOT starts_with(k.value, %s)", given
    )


def _untwinned(table: str, owner: str, held: SealedKeys, version: int) -> Sql:
    return Sql(
        f" AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.{owner} = k.{owner} AND t.rule = k.rule"
        " AND starts_with(t.value, %s))",
        (held.tag(version),),
    )


def _next(
    ctx: Ctx, table: str, held: SealedKeys, version: int, after: uuid.UUID
) -> tuple[list[uuid.UUID], uuid.UUID | None]:
    """The next records past `after` that lack a key under the version, and the last of them (None at the end)."""
    owner = _TABLES[table]
    where = _former(ctx, held, version) + _untwinned(table, owner, held, version)
    past = Sql(f" AND k.{owner} > %s ORDER BY 1 LIMIT %s", (after, CHUNK))
    found = select_rows(Sql(f"SELECT DISTINCT k.{owner} FROM {table} k WHERE ") + where + past)
    ids = [row[0] for row in found]
    return ids, ids[-1] if len(ids) == CHUNK else None


def give_twins(ctx: Ctx, held: SealedKeys, version: int, after: uuid.UUID) -> tuple[int, uuid.UUID | None]:
    """Give the next records past `after` a key under the version; gives how many, and the last (None at the end)."""
    if held.rule is None:
        return 0, None
    ids, last = _next(ctx, "record_key", held, version, after)
    _write_twins(ctx, held, version, ids)
    return len(ids), last


def _write_twins(ctx: Ctx, held: SealedKeys, version: int, ids: Sequence[uuid.UUID]) -> None:
    """Write the keys of records under a version, as strict as those are that they have."""
    changes = [Change("update", record_id, {}, index=n) for n, record_id in enumerate(ids)]
    lock_rows(ctx, held.object, changes, deleted=False, trusted=True)
    live = [change for change in changes if change.before is not None]
    given = (ctx.workspace.id, held.object.key, held.key, [change.id for change in live])
    present = Sql(
        "SELECT record_id, bool_or(strict), bool_or(starts_with(value, %s)) FROM record_key WHERE workspace_id = %s"
        " AND object_key = %s AND rule = %s AND record_id = ANY(%s::uuid[]) GROUP BY record_id",
        (held.tag(version), *given),
    )
    # Somebody may have written a record since it was found: it has both, or neither any more.
    strict = {i: is_strict for i, is_strict, has_twin in select_rows(present) if not has_twin}
    rows = [
        {"workspace_id": ctx.workspace.id, "object_key": held.object.key, "rule": held.key, "value": value,
         "record_id": change.id, "strict": strict[change.id]}
        for change in live
        if change.id in strict and (value := held.value(change.before or {}, version)) is not None
    ]  # fmt: skip
    suffix = "ON CONFLICT DO NOTHING RETURNING record_id"
    got = {
        i for (i,) in insert_rows("record_key", KEY_COLUMNS, [r for r in rows if r["strict"]], suffix=suffix)
    }
    # Where some doors are not strict, who came later may hold the strict one by now.
    loose = [{**row, "strict": False} for row in rows if not row["strict"] or row["record_id"] not in got]
    insert_rows("record_key", KEY_COLUMNS, loose)


_ALIAS = {"workspace_id": "uuid", "object_key": "text", "rule": "text", "value": "text", "record_id": "uuid",
          "old_id": "uuid"}  # fmt: skip


def give_aliases(ctx: Ctx, held: SealedKeys, version: int, after: uuid.UUID) -> tuple[int, uuid.UUID | None]:
    """The same for what merged records were known by, out of what is kept of them."""
    ids, last = _next(ctx, "record_alias_key", held, version, after)
    changes = [Change("update", record_id, {}, index=n) for n, record_id in enumerate(ids)]
    lock_rows(ctx, held.object, changes, deleted=True, trusted=True, lock=False)
    values = {c.id: held.value(c.before, version) for c in changes if c.before is not None}
    own = Sql(
        "SELECT DISTINCT k.old_id, k.record_id FROM record_alias_key k WHERE k.old_id = ANY(%s::uuid[]) AND ",
        (ids,),
    )
    rows = [
        {"workspace_id": ctx.workspace.id, "object_key": held.object.key, "rule": held.key, "value": value,
         "record_id": record_id, "old_id": old_id}
        for old_id, record_id in select_rows(own + _former(ctx, held, version))
        if (value := values.get(old_id)) is not None
    ]  # fmt: skip
    insert_rows("record_alias_key", _ALIAS, rows)
    return len(rows), last


def drop_former_keys(ctx: Ctx, held: SealedKeys, version: int) -> tuple[int, int]:
    """Take away the next keys of former versions; who has none under this one gets it first. Gives how many."""
    if held.rule is None:
        return 0, 0
    former = _former(ctx, held, version)
    select = Sql("SELECT k.id, k.record_id FROM record_key k WHERE ") + former
    found = select_rows(select + Sql(" ORDER BY k.id LIMIT %s", (CHUNK,)))
    ids = [row[0] for row in found]
    # Writers hold their records before they touch keys of theirs; so do we.
    records = f"SELECT r.id FROM {table_of(held.object)} r WHERE r.id = ANY(%s) ORDER BY r.id FOR UPDATE OF r"
    select_rows(Sql(records, ([row[1] for row in found],)))
    untwinned = former + _untwinned("record_key", "record_id", held, version)
    late = Sql("SELECT DISTINCT k.record_id FROM record_key k WHERE k.id = ANY(%s) AND ", (ids,)) + untwinned
    _write_twins(ctx, held, version, [row[0] for row in select_rows(late)])
    with connection.cursor() as db:
        db.execute("DELETE FROM record_key WHERE id = ANY(%s)", [ids])
    return len(ids), 0


def drop_former_aliases(ctx: Ctx, held: SealedKeys, version: int) -> tuple[int, int]:
    """Take away the next aliases of former versions; gives how many, and how many were all that was known."""
    former = _former(ctx, held, version)
    select = Sql("SELECT k.id FROM record_alias_key k WHERE ") + former
    ids = [row[0] for row in select_rows(select + Sql(" ORDER BY k.id LIMIT %s", (CHUNK,)))]
    untwinned = former + _untwinned("record_alias_key", "old_id", held, version)
    lost = Sql("SELECT count(*) FROM record_alias_key k WHERE k.id = ANY(%s) AND ", (ids,)) + untwinned
    count = int(select_rows(lost)[0][0])
    with connection.cursor() as db:
        db.execute("DELETE FROM record_alias_key WHERE id = ANY(%s)", [ids])
    return len(ids), count


def former_values(ctx: Ctx, obj: ObjectDef, f: FieldDef, version: int) -> int:
    """How many rows hold a blind index of the field under another version."""
    select = Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + _former_rows(ctx, obj, f, version)
    return int(select_rows(select)[0][0])


def renew_values(ctx: Ctx, version: int) -> int:
    """Make the next blind indexes of the first field that has any under another version; gives how many."""
    for obj, f in sealed_fields(ctx):
        assert f.seal is not None
        select = Sql(
            f"SELECT r.id, (r.custom ->> {literal(f.key + TOKEN).text}) FROM {table_of(obj)} r WHERE "
        )
        bound = Sql(" ORDER BY r.id LIMIT %s FOR NO KEY UPDATE OF r", (CHUNK,))
        found = select_rows(select + _former_rows(ctx, obj, f, version) + bound)
        rows = [
            {
                "id": i,
                "custom": {f.key + INDEX: f.seal.blind(f.type.dump(opened_token(f, i, token), f), version)},
            }
            for i, token in found
        ]
        if rows:
            update_rows(
                obj.table, {"id": "uuid", "custom": "jsonb"}, rows, merged={"custom": "t.custom || x.custom"}
            )
            return len(rows)
    return 0


def _former_rows(ctx: Ctx, obj: ObjectDef, f: FieldDef, version: int) -> Sql:
    index = f"(r.custom ->> {literal(f.key + INDEX).text})"
    tag = Sql(f"NOT starts_with({index}, %s)", (index_tag(version),))
    return all_of([rows_of(ctx, obj, "r"), Sql(f"{index} IS NOT NULL"), tag])
