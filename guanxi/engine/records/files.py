"""Files: taking them in, hanging them on records, handing them out, clearing up.

*How it works*: the bytes are in the file store, written and synced before the row in `stored_file`
commits. What people upload belongs to them until a record takes it: `FileHooks` follows every write of
records, notes in `record_link` which fields hold which files, and in `stored_file` the first record that
took one. What nothing takes within a day is removed by an hourly chore, and so are bytes without a row
(an upload that was rolled back). Files of the program itself (imports, exports) carry an `object_key`
from the start and belong to their package.

*Rules*: nothing of the sender is trusted but the bytes (file_kinds.py); who may use a file is asked of
file_rights.py alone; a file is never changed.

*See*: file_store.py, docs/adr/0032-files.md.
"""

import os
import shutil
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone

from guanxi.engine.records.file_kinds import UNKNOWN, clean_name, disagrees, sniff
from guanxi.engine.records.file_rights import FRESH_HOURS, file_fields, usable_files
from guanxi.engine.records.file_store import file_store, local_files
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.models import RecordLink, StoredFile
from guanxi.engine.records.query.compile import table_of
from guanxi.engine.records.scanner import scanned
from guanxi.engine.records.store.recordset import insert_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

MEGABYTE = 1024 * 1024
_CHUNK = 256 * 1024
_ADOPTED_LIMIT = 1 << 40
_SWEPT_AT_ONCE = 1000
_LINKS = {"workspace_id": "uuid", "object_key": "text", "field_key": "text", "source_id": "uuid", "target_id": "uuid",
          "position": "integer"}  # fmt: skip

_MISMATCH = Text(
    "文件的内容与扩展名 .{ending} 不符。", "What the file holds is not what its ending .{ending} says."
)
_EMPTY_FILE = Text("这是一个空文件。", "The file is empty.")


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A file that the caller may have."""

    row: StoredFile
    stream: IO[bytes]


def size_limit() -> int:
    """The most bytes an uploaded file may have."""
    return int(settings.GUANXI_MAX_FILE_MB) * MEGABYTE


def take_in(ctx: Ctx, upload: "UploadedFile[bytes]", name: str | None) -> StoredFile:
    """Store an upload; it belongs to the actor until a record takes it.

    Raises TooLarge, Invalid, Forbidden, or Unavailable where the virus scanner does not answer.
    """
    if not ctx.actor.can_write:
        raise Forbidden
    if upload.size == 0:
        raise invalid("file", "empty_file", _EMPTY_FILE)
    assert upload.file is not None
    cleaned = clean_name(name)
    kind = sniff(upload.file, cleaned)
    if disagrees(cleaned, kind):
        raise invalid("file", "file_type_mismatch", _MISMATCH, ending=cleaned.rpartition(".")[2])
    return store_file(
        ctx,
        name=cleaned,
        type_=kind,
        chunks=scanned(ctx, upload.chunks(_CHUNK)),
        max_bytes=size_limit(),
    )


def store_file(
    ctx: Ctx, *, name: str, type_: str, chunks: Iterable[bytes], max_bytes: int, object_key: str = ""
) -> StoredFile:
    """Keep the bytes of `chunks` as a new file; raises TooLarge beyond `max_bytes`.

    With an `object_key` ("import") it is the program's own: no record takes it and no chore removes it.
    """
    file_id = new_id()
    size, digest = file_store.write(ctx.workspace.id, file_id, chunks, max_bytes)
    return StoredFile.objects.create(
        id=file_id,
        workspace_id=ctx.workspace.id,
        name=clean_name(name),
        type=type_[:150] or UNKNOWN,
        size=size,
        sha256=digest,
        object_key=object_key,
        created_by=ctx.actor.user_id,
        key_version=file_store.version(ctx.workspace.id, file_id) or 0,
    )


def adopt_file(ctx: Ctx, source: Path, *, name: str, type_: str, object_key: str = "") -> StoredFile:
    """Move a finished local file into the store."""
    with source.open("rb") as stream:
        blocks = iter(lambda: stream.read(1 << 20), b"")
        kept = store_file(
            ctx, name=name, type_=type_, chunks=blocks, max_bytes=_ADOPTED_LIMIT, object_key=object_key
        )
    source.unlink()
    return kept


def local_path(ctx: Ctx, file_id: uuid.UUID) -> Path:
    """Where the (encrypted) bytes of a file are, or would be, on this machine."""
    return local_files.path(ctx.workspace.id, file_id)


def open_own(ctx: Ctx, file_id: uuid.UUID) -> IO[bytes]:
    """The bytes of a file of the program's own; raises NotFound."""
    try:
        return file_store.open(ctx.workspace.id, file_id)
    except FileNotFoundError as error:
        raise NotFound from error


def copy_to(ctx: Ctx, file_id: uuid.UUID, target: Path) -> Path:
    """A readable copy of a file for readers that need a real one, made where it is not there yet.

    Whoever asks for it removes it; it lies in a folder that no backup takes along.
    """
    if not target.exists():
        part = target.with_suffix(f".{os.getpid()}.part")
        with open_own(ctx, file_id) as stream, part.open("wb") as copy:
            part.chmod(0o600)
            shutil.copyfileobj(stream, copy, 1 << 20)
        part.replace(target)
    return target


def get_file(ctx: Ctx, file_id: uuid.UUID) -> StoredFile:
    """The file's row, whoever may open it; raises NotFound."""
    found = StoredFile.objects.filter(workspace_id=ctx.workspace.id, id=file_id).first()
    if found is None:
        raise NotFound
    return found


def describe(row: StoredFile) -> dict[str, Any]:
    """What the API says of a file."""
    return {
        "id": str(row.id),
        "name": row.name,
        "size": row.size,
        "type": row.type,
        "url": f"/api/v1/files/{row.id}",
    }


def open_file(ctx: Ctx, file_id: uuid.UUID) -> StoredContent:
    """The file, for somebody who may have it; raises NotFound."""
    row = get_file(ctx, file_id)
    if not usable_files(ctx, [file_id]):
        raise NotFound
    return open_kept(ctx, row)


def open_kept(ctx: Ctx, row: StoredFile) -> StoredContent:
    """A file of the program's own, for its package, which knows who may have it; raises NotFound."""
    try:
        return StoredContent(row, file_store.open(ctx.workspace.id, row.id))
    except FileNotFoundError as error:
        raise NotFound from error


class FileHooks(RecordHooks):
    """Notes which records hold which files."""

    object_key = "*"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Fields that hold files."""
        return any(f.key in keys for f in file_fields(obj))

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Bring `record_link` and `stored_file` to what the changed file fields say."""
        fields = file_fields(obj)
        given = [
            (c, f) for f in fields for c in changes if f.key in c.values and c.op in ("create", "update")
        ]
        if not given:
            return
        with connection.cursor() as db:
            db.execute(
                "DELETE FROM record_link l USING unnest(%s::uuid[], %s::text[]) AS g(source, field)"
                " WHERE l.workspace_id = %s AND l.object_key = %s AND l.source_id = g.source AND l.field_key = g.field",
                [[c.id for c, _ in given], [f.key for _, f in given], ctx.workspace.id, obj.key],
            )
        held = [
            {"workspace_id": ctx.workspace.id, "object_key": obj.key, "field_key": f.key, "source_id": change.id,
             "target_id": file_id, "position": position}
            for change, f in given
            for position, file_id in enumerate(_ids(change.values[f.key]))
        ]  # fmt: skip
        insert_rows("record_link", _LINKS, held)
        if held:
            with connection.cursor() as db:
                db.execute(
                    "UPDATE stored_file f SET record_id = g.record, object_key = %s"
                    " FROM unnest(%s::uuid[], %s::uuid[]) AS g(id, record)"
                    " WHERE f.workspace_id = %s AND f.id = g.id AND f.record_id IS NULL",
                    [
                        obj.key,
                        [h["target_id"] for h in held],
                        [h["source_id"] for h in held],
                        ctx.workspace.id,
                    ],
                )


def release(ctx: Ctx, record_ids: Sequence[uuid.UUID]) -> None:
    """Let go of the files of records that are being purged for good; the chore removes what nothing else holds."""
    ids = list(record_ids)
    held = RecordLink.objects.filter(workspace_id=ctx.workspace.id)
    held.filter(
        source_id__in=ids, target_id__in=StoredFile.objects.filter(record_id__in=ids).values("id")
    ).delete()
    orphans = StoredFile.objects.filter(workspace_id=ctx.workspace.id, record_id__in=ids)
    orphans.exclude(id__in=held.values("target_id")).update(record_id=None, object_key="")


def release_unheld(ctx: Ctx, obj: ObjectDef, field_key: str) -> None:
    """Let go of the files that records held in a field before its values became something else."""
    with connection.cursor() as db:
        db.execute(
            f"DELETE FROM record_link l USING stored_file f, {table_of(obj)} r WHERE l.workspace_id = %s"
            " AND l.object_key = %s AND l.field_key = %s AND f.id = l.target_id AND f.workspace_id = l.workspace_id"
            " AND r.id = l.source_id AND r.workspace_id = l.workspace_id"
            " AND strpos(coalesce((r.custom -> l.field_key)::text, ''), l.target_id::text) = 0 RETURNING f.id",
            [ctx.workspace.id, obj.key, field_key],
        )
        gone = [row[0] for row in db.fetchall()]
    held = RecordLink.objects.filter(workspace_id=ctx.workspace.id, target_id__in=gone).values("target_id")
    files = StoredFile.objects.filter(workspace_id=ctx.workspace.id, id__in=gone)
    files.exclude(id__in=held).update(record_id=None, object_key="")


def remove_orphans(ctx: Ctx) -> None:
    """Remove files that nothing has taken for a day, and bytes without a row (an hourly chore)."""
    old = timezone.now() - timedelta(hours=FRESH_HOURS)
    rows = StoredFile.objects.filter(
        workspace_id=ctx.workspace.id, record_id__isnull=True, object_key="", created_at__lte=old
    )
    gone = list(rows.select_for_update().values_list("id", flat=True)[:_SWEPT_AT_ONCE])
    StoredFile.objects.filter(id__in=gone).delete()
    for ids in file_store.strays(ctx.workspace.id, ctx.now.hour, old.timestamp()):
        known = set(StoredFile.objects.filter(id__in=ids).values_list("id", flat=True))
        gone += [file_id for file_id in ids if file_id not in known]
    transaction.on_commit(lambda: _delete(ctx.workspace.id, gone))


def _delete(workspace_id: uuid.UUID, ids: list[uuid.UUID]) -> None:
    for file_id in ids:
        file_store.delete(workspace_id, file_id)


def _ids(value: Any) -> list[uuid.UUID]:
    if value is None:
        return []
    return list(dict.fromkeys(value)) if isinstance(value, (list, tuple)) else [value]


hooks_registry.register(FileHooks())
chore_registry.register(Chore("records.remove_orphaned_files", remove_orphans))
