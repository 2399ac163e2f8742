"""The file store: bytes by id, described by a `StoredFile` row behind the workspace's wall.

*How it works*: a file is written beside its place under `MEDIA_ROOT/<workspace>/` and moved there when
it is complete and on the disk; its row is made in the caller's transaction. Bytes whose row was rolled
back are waste, never a hole. `local_path` is for readers that need a real file.

*Rules*: names people give are kept in the row and never become part of a path; sizes are checked while
writing, whatever a client declares.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound, TooLarge
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

MAX_NAME = 255
TOO_LARGE = Text("文件最多 {max} MB。", "A file may have at most {max} MB.")


def store_file(
    ctx: Ctx, *, name: str, type_: str, chunks: Iterable[bytes], max_bytes: int, object_key: str = ""
) -> StoredFile:
    """Keep the bytes of `chunks` as a new file; raises TooLarge beyond `max_bytes`."""
    file_id = new_id()
    size, digest = _write(local_path(ctx, file_id), chunks, max_bytes)
    return StoredFile.objects.create(
        id=file_id,
        workspace_id=ctx.workspace.id,
        name=plain_name(name),
        type=type_[:150] or "application/octet-stream",
        size=size,
        sha256=digest,
        object_key=object_key,
        created_by=ctx.actor.user_id,
    )


def adopt_file(ctx: Ctx, source: Path, *, name: str, type_: str, object_key: str = "") -> StoredFile:
    """Move a finished local file into the store."""
    with source.open("rb") as stream:
        blocks = iter(lambda: stream.read(1 << 20), b"")
        kept = store_file(
            ctx, name=name, type_=type_, chunks=blocks, max_bytes=1 << 40, object_key=object_key
        )
    source.unlink()
    return kept


def get_file(ctx: Ctx, file_id: uuid.UUID) -> StoredFile:
    """The file's row; raises NotFound."""
    found = StoredFile.objects.filter(workspace_id=ctx.workspace.id, id=file_id).first()
    if found is None:
        raise NotFound
    return found


def local_path(ctx: Ctx, file_id: uuid.UUID) -> Path:
    """Where the bytes of a file are (or would be) on this machine."""
    return Path(settings.MEDIA_ROOT) / ctx.workspace.id.hex / file_id.hex[-2:] / file_id.hex


def plain_name(name: str) -> str:
    """A file name without folders and control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if char.isprintable()).strip()
    return kept[-MAX_NAME:] or "file"


def _write(target: Path, chunks: Iterable[bytes], max_bytes: int) -> tuple[int, str]:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_suffix(".part")
    size, digest = 0, hashlib.sha256()
    try:
        with part.open("wb") as stream:
            part.chmod(0o600)
            for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    raise TooLarge(TOO_LARGE, code="file_too_large", max=max_bytes // 1024**2)
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return size, digest.hexdigest()
