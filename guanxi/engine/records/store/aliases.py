"""Former ids and values of records that were merged: they lead to the record that stayed.

*How it works*: a merge writes one `record_alias` a merged record and one `record_alias_key` for each value
it was known by: its identity keys, and its fields that can be unique (import keys, external numbers). Who
looks for such a value later finds the survivor, through any number of merges.

*Rules*: an alias never leads to a record that is in the recycle bin; taking a merge back removes its rows.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.keys import MAX_VALUE, normal_of, rules_of
from guanxi.engine.records.store.recordset import insert_rows, select_rows, text_array
from guanxi.engine.records.store.twins import with_twins
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_ids
from guanxi.kit.sql import Sql, all_of

_ALIAS = {"id": "uuid", "workspace_id": "uuid", "object_key": "text", "old_id": "uuid", "record_id": "uuid",
          "merge_id": "uuid", "merged_at": "timestamptz"}  # fmt: skip
_KEY = {"workspace_id": "uuid", "object_key": "text", "rule": "text", "value": "text", "record_id": "uuid",
        "old_id": "uuid"}  # fmt: skip
_FOLLOWED = """
WITH RECURSIVE chain AS (
  SELECT a.old_id AS start, a.record_id, 1 AS step FROM record_alias a
   WHERE a.workspace_id = %s AND a.object_key = %s AND a.old_id = ANY(%s::uuid[])
  UNION ALL
  SELECT c.start, a.record_id, c.step + 1 FROM chain c JOIN record_alias a
   ON a.workspace_id = %s AND a.object_key = %s AND a.old_id = c.record_id WHERE c.step < 50
)
SELECT DISTINCT ON (start) start, record_id FROM chain ORDER BY start, step DESC
"""


def add_aliases(
    ctx: Ctx, obj: ObjectDef, survivor: uuid.UUID, merged: Sequence[Change], merge_id: uuid.UUID
) -> None:
    """Remember what the merged records were known by; each has its values in `before`."""
    base = {"workspace_id": ctx.workspace.id, "object_key": obj.key, "record_id": survivor}
    aliases = [
        base | {"id": new, "old_id": change.id, "merge_id": merge_id, "merged_at": ctx.now}
        for change, new in zip(merged, new_ids(len(merged)), strict=True)
    ]
    keys = [
        base | {"old_id": change.id, "rule": rule, "value": value}
        for change in merged
        for rule, value in known_by(obj, change.before or {})
    ]
    insert_rows("record_alias", _ALIAS, aliases)
    insert_rows("record_alias_key", _KEY, keys)


def drop_aliases(ctx: Ctx, merge_id: uuid.UUID) -> None:
    """Forget the aliases that a merge made."""
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_alias_key WHERE workspace_id = %s AND old_id IN"
            " (SELECT old_id FROM record_alias WHERE workspace_id = %s AND merge_id = %s)",
            [ctx.workspace.id, ctx.workspace.id, merge_id],
        )
        db.execute(
            "DELETE FROM record_alias WHERE workspace_id = %s AND merge_id = %s", [ctx.workspace.id, merge_id]
        )


def merged_in(ctx: Ctx, merge_id: uuid.UUID) -> tuple[str, uuid.UUID, list[uuid.UUID]] | None:
    """The object, the survivor and the merged records of a merge that stands; None when it does not."""
    statement = Sql(
        "SELECT object_key, record_id, array_agg(old_id ORDER BY id) FROM record_alias WHERE workspace_id = %s"
        " AND merge_id = %s GROUP BY object_key, record_id",
        (ctx.workspace.id, merge_id),
    )
    found = select_rows(statement)
    return (found[0][0], found[0][1], list(found[0][2])) if found else None


def survivors_of(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """For ids of merged records, the live record each has become part of; others are left out."""
    if not ids:
        return {}
    given = (ctx.workspace.id, obj.key)
    found = dict(select_rows(Sql(_FOLLOWED, (*given, list(ids), *given))))
    live = _live(ctx, obj, set(found.values()))
    return {old: now for old, now in found.items() if now in live}


def known_as(
    ctx: Ctx, obj: ObjectDef, wanted: Mapping[str, Collection[str]]
) -> dict[tuple[str, str], list[uuid.UUID]]:
    """The live records that were once known by values: `{rule: values}` to `{(rule, value): ids}`."""
    pairs = [(rule, value) for rule, values in wanted.items() for value in values]
    if not pairs:
        return {}
    values = text_array({value for _, value in pairs})
    statement = Sql(
        "SELECT k.rule, k.value, k.record_id FROM record_alias_key k WHERE k.workspace_id = %s AND k.object_key = %s"
        f" AND k.rule = ANY(%s::text[]) AND k.value = ANY({values.text})",
        (ctx.workspace.id, obj.key, list(wanted), *values.params),
    )
    hits = select_rows(statement)
    if not hits:
        return {}
    targets = {row[2] for row in hits}
    onward = survivors_of(ctx, obj, targets)
    live = _live(ctx, obj, targets - set(onward)) | set(onward.values())
    found: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    asked = set(pairs)
    for rule, value, record_id in hits:
        now = onward.get(record_id, record_id)
        if (rule, value) in asked and now in live and now not in found[rule, value]:
            found[rule, value].append(now)
    return {pair: ids for pair, ids in found.items() if ids}


def field_alias(f: FieldDef) -> str | None:
    """What values of a field are filed under; None for fields that nobody is looked up by."""
    return f"field:{f.key}" if f.in_row and f.type.can_be_unique else None


def field_value(f: FieldDef, value: Any, version: int = 0) -> str | None:
    """A field's value as aliases compare it; of an encrypted one under a `version` of the key of blind indexes."""
    text = value if isinstance(value, str) else str(f.type.dump(value, f))
    known = text.strip().casefold()[:MAX_VALUE]
    if known and f.is_sealed and f.seal is not None:
        return f.seal.blind(f"alias|{known}", version)
    return known or None


def known_by(obj: ObjectDef, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What a record is known by: rules and field aliases with their values, of encrypted fields under every key."""
    for rule in with_twins(rules_of(obj), obj):
        normal = normal_of(rule, obj, values.get)
        if normal is not None:
            yield rule.key, normal
    for f in obj.fields.values():
        name, value = field_alias(f), values.get(f.key)
        if name is None or value is None:
            continue
        now, other = f.seal.versions() if f.is_sealed and f.seal is not None else (0, None)
        for version in (now, other) if other is not None and other > now else (0,):
            if known := field_value(f, value, version or 0):
                yield name, known


def _live(ctx: Ctx, obj: ObjectDef, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    if not ids:
        return set()
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(ids),)),
                    Sql("r.deleted_at IS NULL")])  # fmt: skip
    return {row[0] for row in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)}
