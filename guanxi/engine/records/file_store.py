"""Where the bytes of files are: a folder of this machine, `<workspace>/<aa>/<id>` under MEDIA_ROOT.

*How it works*: a file is written beside its place, synced, and moved there when it is complete; then the
folder is synced too. `aa` are the last two digits of the id, which are random. Bytes whose row was rolled
back are waste, never a hole; `strays` finds them. What is written is encrypted (engine/vault/streams.py); files of
before that are read as they are, until `convert` has been there.

*Rules*: names people give never become part of a path; sizes are checked while writing, whatever a client
declares. Everything else about a file is a row (files.py): another place for bytes is another `FileStore`.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from guanxi.engine.vault.streams import encrypted, opened_file, version_of_file
from guanxi.kit.errors import TooLarge
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

TOO_LARGE = Text("文件最大 {max} MB。", "A file may have at most {max} MB.")
FOLDERS = 256
_AT_ONCE = 1 << 20
_NO_LIMIT = 1 << 50


class FileStore(Protocol):
    """Keeps bytes by workspace and id."""

    def write(
        self, workspace_id: uuid.UUID, file_id: uuid.UUID, chunks: Iterable[bytes], max_bytes: int
    ) -> tuple[int, str]:
        """Keep the bytes for good; gives their number and SHA-256. Raises TooLarge."""

    def open(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> IO[bytes]:
        """The bytes; raises FileNotFoundError."""

    def version(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> int | None:
        """The version of the key that the bytes are under, 0 for none; None where there are no bytes."""

    def convert(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> None:
        """Encrypt the bytes (anew) under the key in force."""

    def delete(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> None:
        """Remove the bytes, where they are there."""

    def strays(self, workspace_id: uuid.UUID, part: int, before: float) -> Iterator[list[uuid.UUID]]:
        """Ids of what was written before that time, a batch at a time; `part` 0–23 is a 24th of all."""


class LocalFileStore:
    """Files in a folder of this machine."""

    def path(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> Path:
        """Where the bytes are (or would be)."""
        return self._root(workspace_id) / file_id.hex[-2:] / file_id.hex

    def write(
        self, workspace_id: uuid.UUID, file_id: uuid.UUID, chunks: Iterable[bytes], max_bytes: int
    ) -> tuple[int, str]:
        """Keep the bytes for good; gives their number and SHA-256. Raises TooLarge."""
        target = self.path(workspace_id, file_id)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_suffix(".part")
        try:
            measured = _Measured(chunks, max_bytes)
            _fill(part, encrypted(workspace_id, file_id, measured))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(target.parent)
        return measured.size, measured.digest.hexdigest()

    def open(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> IO[bytes]:
        """The bytes; raises FileNotFoundError."""
        stored = self.path(workspace_id, file_id).open("rb")
        try:
            return opened_file(workspace_id, file_id, stored)
        except BaseException:
            stored.close()
            raise

    def version(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> int | None:
        """The version of the key that the bytes are under, 0 for none; None where there are no bytes."""
        try:
            with self.path(workspace_id, file_id).open("rb") as stored:
                return version_of_file(stored) or 0
        except FileNotFoundError:
            return None

    def convert(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> None:
        """Encrypt the bytes (anew) under the key in force; whoever reads them meanwhile reads the former ones."""
        with self.open(workspace_id, file_id) as stream:
            self.write(workspace_id, file_id, iter(lambda: stream.read(_AT_ONCE), b""), _NO_LIMIT)

    def delete(self, workspace_id: uuid.UUID, file_id: uuid.UUID) -> None:
        """Remove the bytes, where they are there."""
        self.path(workspace_id, file_id).unlink(missing_ok=True)

    def strays(self, workspace_id: uuid.UUID, part: int, before: float) -> Iterator[list[uuid.UUID]]:
        """Ids of what was written before that time, folder by folder; parts of files are removed on the way."""
        for number in range(part, FOLDERS, 24):
            folder = self._root(workspace_id) / f"{number:02x}"
            if not folder.is_dir():
                continue
            old = [Path(entry.path) for entry in os.scandir(folder) if entry.stat().st_mtime < before]
            for path in old:
                if path.suffix == ".part":
                    path.unlink(missing_ok=True)
            yield [file_id for path in old if (file_id := parse_id(path.name))]

    def _root(self, workspace_id: uuid.UUID) -> Path:
        return Path(settings.MEDIA_ROOT) / workspace_id.hex


class _Measured:
    """Chunks on their way, counted and digested; too many raise TooLarge."""

    def __init__(self, chunks: Iterable[bytes], max_bytes: int) -> None:
        self._chunks, self._max = chunks, max_bytes
        self.size, self.digest = 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > self._max:
                raise TooLarge(TOO_LARGE, code="file_too_large", max=self._max // 1024**2)
            self.digest.update(chunk)
            yield chunk


def _fill(part: Path, chunks: Iterable[bytes]) -> None:
    with part.open("wb") as stream:
        part.chmod(0o600)
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Have the disk keep the new name as well; systems that open no folders do so by themselves."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


local_files = LocalFileStore()
file_store: FileStore = local_files
