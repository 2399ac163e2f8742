"""Where backups are kept: a folder (another disk, a mounted share), or a bucket (bucket.py).

*How it works*: a `Place` lists, reads, writes and removes. What is being written to a folder has another name
until it is whole and on the disk. An address that begins with s3:// is a bucket, everything else a folder.

*See*: names.py, keeping.py for what is removed.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Protocol

from guanxi.config.backup.bucket import Bucket
from guanxi.config.backup.names import Kept, kept
from guanxi.config.console import Stop
from guanxi.config.env import Env
from guanxi.config.home import free_mb
from guanxi.kit.text import Text

BUCKETS = "s3://"


class Place(Protocol):
    """Keeps backups."""

    @property
    def label(self) -> str:
        """What people call it."""

    def list(self) -> list[Kept]:
        """The backups there, the oldest first. Raises Stop when the place cannot be reached."""

    def writing(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A stream to write a backup to; it is there under its name once the block ends well."""

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a backup."""

    def remove(self, name: str) -> None:
        """Remove a backup."""


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()

    @property
    def label(self) -> str:
        """Its path."""
        return str(self.path)

    def list(self) -> list[Kept]:
        """The backups there, the oldest first."""
        try:
            entries = [(entry.name, entry.stat().st_size) for entry in os.scandir(self.path)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Stop(_UNREADABLE, place=self.label, reason=error.strerror or error) from error
        return sorted((each for entry in entries if (each := kept(*entry))), key=lambda each: each.at)

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A stream that becomes the file of this name."""
        part = self.path / f".{name}.part"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.rename(self.path / name)
            _sync(self.path)
        except OSError as error:
            raise Stop(_UNWRITABLE, place=self.label, reason=error.strerror or error) from error
        finally:
            part.unlink(missing_ok=True)

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a backup; raises Stop when it is not there."""
        try:
            return (self.path / name).open("rb")
        except OSError as error:
            raise Stop(_NOT_THERE, name=self.path / name, reason=error.strerror or error) from error

    def remove(self, name: str) -> None:
        """Remove a backup."""
        (self.path / name).unlink(missing_ok=True)

    def check_room(self, expected: int) -> None:
        """Raises Stop when what is coming has no room."""
        free = free_mb(self.path)
        needed = expected // 1024**2 + 100
        if free < needed:
            raise Stop(_NO_ROOM, place=self.label, free=free, needed=needed)


def place_of(env: Env, to: str = "") -> Place:
    """The folder or bucket of this address; that of the settings when it is empty. Raises Stop."""
    address = to or env.backup_to
    if address.startswith(BUCKETS):
        return Bucket(env, address)
    return Folder(Path(address) if address else env.folder / "backups")


def found(env: Env, address: str) -> tuple[Place, str]:
    """Where the backup of this address is: a path, or a name in the place of the settings."""
    head, _, name = address.rpartition("/")
    if not head and not Path(address).exists():
        return place_of(env), name
    return place_of(env, head or "."), name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_UNREADABLE = Text("读不了备份目录 {place}：{reason}。", "The backups in {place} cannot be listed: {reason}.")
_UNWRITABLE = Text("不能把备份写入 {place}：{reason}。", "The backup cannot be written to {place}: {reason}.")
_NOT_THERE = Text("读不了备份 {name}：{reason}。", "The backup {name} cannot be read: {reason}.")
_NO_ROOM = Text(
    "{place} 只剩 {free} MB，备份大约需要 {needed} MB。请清理磁盘，或把 GUANXI_BACKUP_TO 设到更大的盘上。",
    "{free} MB are left at {place}, and the backup needs about {needed} MB. "
    "Free some space, or set GUANXI_BACKUP_TO to a larger disk.",
)
