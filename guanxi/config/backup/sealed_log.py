"""The archived log and the physical copies of the embedded database, sealed like backups.

*How it works*: PostgreSQL puts each finished piece of its log into a folder of the home (embedded_archive.py). The worker
seals what lies there, once a minute, into GUANXI_WAL_ARCHIVE under the key of backups, and only then removes it. A
physical copy is sealed as it is made. Nothing readable ever lies in the archive.

*Rules*: one at a time (a lock on the folder). A piece that is in the archive already must say the same; one that says
something else is never overwritten. What was archived before there were seals is read as it is.

*See*: sealed.py for the file, point_in_time.py.
"""

import fcntl
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from guanxi.config.backup.keys import BackupKey
from guanxi.config.backup.sealed import FRAME_BYTES, Broken, SealedReader, SealedWriter
from guanxi.config.console import Stop
from guanxi.config.embedded_archive import archive_folder, spool_folder
from guanxi.config.embedded_programs import first_error
from guanxi.config.env import Env
from guanxi.kit.text import Text

SEALED = ".sealed"
CONTENT = 1


def seal_log(env: Env, key: BackupKey) -> int:
    """Seal what the server has finished; gives the number of pieces. Raises Stop where the archive says otherwise."""
    archive = archive_folder(env)
    if archive is None or not env.is_embedded:
        return 0
    spool = spool_folder(env)
    if not spool.exists():
        return 0
    count = 0
    with _alone(spool):
        for piece in sorted(spool.iterdir()):
            if piece.name.startswith(".") or not piece.is_file():
                continue
            target = archive / f"{piece.name}{SEALED}"
            if target.exists():
                if read_sealed(target, key) != piece.read_bytes():
                    raise Stop(_DIFFERS, piece=piece.name, archive=archive)
            else:
                with piece.open("rb") as stream:
                    _seal(stream, target, key)
            piece.unlink()
            count += 1
    return count


def seal_output(command: list[str], environ: dict[str, str], target: Path, key: BackupKey) -> None:
    """Seal what a program prints. Raises Stop with its first error, and leaves no file then."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        env=environ,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        part = target.with_name(f".{target.name}.part")
        try:
            _fill(child.stdout, part, key)
            told = child.stderr.read().decode(errors="replace")
            if child.wait():
                raise Stop(_FAILED, program=Path(command[0]).name, reason=first_error(told))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
            child.kill()


def read_sealed(path: Path, key: BackupKey) -> bytes:
    """What was sealed; raises Stop naming a file that is not what was written."""
    with path.open("rb") as stream:
        return b"".join(_pieces(stream, path, key))


def unpack_sealed(path: Path, key: BackupKey, data: Path) -> None:
    """Unpack a sealed physical copy into a folder; raises Stop."""
    with path.open("rb") as stream:
        pieces = _pieces(stream, path, key)
        with tarfile.open(fileobj=cast(IO[bytes], _Stream(pieces)), mode="r|") as packed:
            packed.extractall(data, filter="data")
        for _ in pieces:  # only the last frame proves that it is whole
            pass


class _Stream:
    """What the frames of a sealed file hold, to be read in order."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, count: int) -> bytes:
        while len(self._held) < count and (more := next(self._pieces, b"")):
            self._held += more
        found, self._held = self._held[:count], self._held[count:]
        return found


def _pieces(stream: IO[bytes], path: Path, key: BackupKey) -> Iterator[bytes]:
    try:
        for _, content in SealedReader(stream, key).frames():
            yield content
    except Broken as broken:
        raise Stop(_BROKEN, file=path.name, reason=broken.text.zh, reason_en=broken.text.en) from broken


def _seal(stream: IO[bytes], target: Path, key: BackupKey) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        _fill(stream, part, key)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _fill(stream: IO[bytes], part: Path, key: BackupKey) -> None:
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with SealedWriter(file, key) as sealed:
            while content := stream.read(FRAME_BYTES):
                sealed.put(CONTENT, content)
            sealed.close(CONTENT, b"")
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _alone(folder: Path) -> Iterator[Any]:
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


_DIFFERS = Text(
    "日志归档 {archive} 里已有另一份 {piece}，没有覆盖。一个归档目录只能给一个数据库用。",
    "The archive {archive} holds another {piece} already; it was not overwritten. One archive belongs to one database.",
)
_FAILED = Text("{program} 失败：{reason}。", "{program} failed: {reason}.")
_BROKEN = Text("{file} 不能用：{reason}。", "{file} cannot be used: {reason_en}.")
