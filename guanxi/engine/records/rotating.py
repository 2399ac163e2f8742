"""Encrypted values and files under a workspace's new key: re-encrypted chunk by chunk (engine/vault/rotation.py).

It also encrypts files of the time before there was encryption, hour by hour.
"""

import uuid
from collections.abc import Iterator

from guanxi.engine.records.file_store import file_store
from guanxi.engine.records.models import StoredFile
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows, update_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.sealed import TOKEN
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.vault.keys import keys_of
from guanxi.engine.vault.rotation import Rotated, rotated_registry
from guanxi.engine.vault.sealing import PREFIX
from guanxi.kit.sql import Sql, all_of, literal
from guanxi.kit.text import Text

CHUNK = 500
FILES_AT_ONCE = 50
FILES_AN_HOUR = 2000


def _sealed_fields(ctx: Ctx) -> Iterator[tuple[ObjectDef, FieldDef]]:
    for obj in get_schema(ctx).listed:
        for f in obj.fields.values():
            if f.seal is not None:
                yield obj, f


def _old(ctx: Ctx, obj: ObjectDef, f: FieldDef, version: int) -> Sql:
    """The rows whose value is under another key."""
    token = f"(r.custom ->> {literal(f.key + TOKEN).text})"
    return all_of(
        [rows_of(ctx, obj, "r"), Sql(f"{token} IS NOT NULL"), Sql(f"NOT starts_with({token}, %s)", (f"{PREFIX}{version}.",))]
    )  # fmt: skip


def _values_left(ctx: Ctx, version: int) -> int:
    counts = (
        select_rows(Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + _old(ctx, obj, f, version))[0][0]
        for obj, f in _sealed_fields(ctx)
    )
    return sum(int(count) for count in counts)


def _rotate_values(ctx: Ctx, version: int) -> int:
    """The next values of the first field that has any under another key; a record is locked meanwhile."""
    for obj, f in _sealed_fields(ctx):
        assert f.seal is not None
        token = f"(r.custom ->> {literal(f.key + TOKEN).text})"
        select = Sql(f"SELECT r.id, {token} FROM {table_of(obj)} r WHERE ") + _old(ctx, obj, f, version)
        found = select_rows(select + Sql(" LIMIT %s FOR NO KEY UPDATE OF r", (CHUNK,)))
        rows = [
            {"id": i, "custom": {f.key + TOKEN: f.seal.close(i, f.seal.open(i, sealed))}}
            for i, sealed in found
        ]
        if rows:
            rows.sort(key=lambda row: str(row["id"]))
            update_rows(
                obj.table, {"id": "uuid", "custom": "jsonb"}, rows, merged={"custom": "t.custom || x.custom"}
            )
            return len(rows)
    return 0


def _files_left(ctx: Ctx, version: int) -> int:
    return StoredFile.objects.filter(workspace_id=ctx.workspace.id).exclude(key_version=version).count()


def _rotate_files(ctx: Ctx, version: int) -> int:
    return convert_files(ctx, version, FILES_AT_ONCE)


def convert_files(ctx: Ctx, version: int, most: int) -> int:
    """Bring the next files under the key in force; one whose bytes are gone counts as done."""
    rows = StoredFile.objects.filter(workspace_id=ctx.workspace.id).exclude(key_version=version)
    ids: list[uuid.UUID] = list(
        rows.select_for_update(skip_locked=True).order_by("id").values_list("id", flat=True)[:most]
    )
    for file_id in ids:
        if file_store.version(ctx.workspace.id, file_id) not in (None, version):
            file_store.convert(ctx.workspace.id, file_id)
    StoredFile.objects.filter(id__in=ids).update(key_version=version)
    return len(ids)


def encrypt_old_files(ctx: Ctx) -> None:
    """Encrypt what was stored before there was encryption (an hourly chore)."""
    if StoredFile.objects.filter(workspace_id=ctx.workspace.id, key_version=0).exists():
        convert_files(ctx, keys_of(ctx.workspace.id, ctx.workspace.schema_version).current, FILES_AN_HOUR)


rotated_registry.register(
    Rotated("values", Text("敏感字段", "Sensitive fields"), _values_left, _rotate_values)
)
rotated_registry.register(Rotated("files", Text("附件", "Files"), _files_left, _rotate_files))
chore_registry.register(Chore("records.encrypt_old_files", encrypt_old_files))
