"""Reading a backup to its end: is it whole, and does it hold what its manifest says?

*How it works*: `read` walks through the frames once, counts and sums up rows and files on the way, and
compares at the end. A `Sink` may take the same frames to do something with them (restoring.py). No
database is needed. `compare_with_live` sums up the tables of a running database the same way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

import psycopg

from guanxi.config.backup.files import FileSink, FileSum, read_frames
from guanxi.config.backup.keys import BackupKey
from guanxi.config.backup.making import DEFINITIONS, FILE, HEAD, MANIFEST, ROWS
from guanxi.config.backup.manifest import Counted, Head, Manifest, Table
from guanxi.config.backup.rows import RowFrame, Sum, batches
from guanxi.config.backup.sealed import Broken, SealedReader
from guanxi.config.backup.snapshot import list_tables, read_rows
from guanxi.config.console import Stop
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One table (or the files) that is not as the manifest says; None: not there at all."""

    name: str
    expected: Counted | None
    found: Counted | None


@dataclass(slots=True)
class Contents:
    """What a backup was found to hold."""

    head: Head
    manifest: Manifest
    differences: list[Difference] = field(default_factory=list)


class Sink(Protocol):
    """Takes the frames of a backup in order."""

    def begin(self, head: Head) -> None:
        """What it is; raising Stop ends the reading."""

    def definitions(self, archive: bytes) -> None:
        """The definitions of the database, all of them."""

    def rows(self, frame: RowFrame) -> None:
        """Rows of one table."""

    def end_rows(self) -> None:
        """All rows have been given."""

    def file(self, content: bytes) -> None:
        """A piece of a file."""


def read(stream: IO[bytes], key: BackupKey, name: str, sink: Sink | None = None) -> Contents:
    """Read it all; raises Stop when it is cut off, changed, of a newer format or sealed with another key."""
    try:
        return _Reading(SealedReader(stream, key), sink, is_summing=sink is None).all()
    except Broken as broken:
        raise Stop(_BROKEN, name=name, reason=broken.text.zh, reason_en=broken.text.en) from broken


def read_head(stream: IO[bytes], key: BackupKey, name: str) -> Head:
    """The head alone: proves the key, and nothing of what follows."""
    try:
        for kind, content in SealedReader(stream, key).frames():
            if kind == HEAD:
                return Head.load(content)
            break
    except Broken as broken:
        raise Stop(_BROKEN, name=name, reason=broken.text.zh, reason_en=broken.text.en) from broken
    raise Stop(_BROKEN, name=name, reason=_NO_HEAD.zh, reason_en=_NO_HEAD.en)


class _Reading:
    def __init__(self, sealed: SealedReader, sink: Sink | None, *, is_summing: bool) -> None:
        self._sealed, self._sink, self._is_summing = sealed, sink, is_summing
        self._head: Head | None = None
        self._manifest: Manifest | None = None
        self._definitions: list[bytes] = []
        self._sums: dict[int, Sum] = {}
        self._files = FileSink(None)
        self._is_past_rows = False

    def all(self) -> Contents:
        for kind, content in self._sealed.frames():
            if kind not in _TAKERS:
                raise Broken(_UNKNOWN_PART)
            if kind not in (HEAD, DEFINITIONS):
                self._give_definitions()
            if kind in (FILE, MANIFEST):
                self._give_end_of_rows()
            _TAKERS[kind](self, content)
        if self._head is None or self._manifest is None:
            raise Broken(_NO_HEAD)
        return Contents(self._head, self._manifest, list(self._differences(self._head, self._manifest)))

    def take_head(self, content: bytes) -> None:
        self._head = Head.load(content)
        if self._sink:
            self._sink.begin(self._head)

    def take_definitions(self, content: bytes) -> None:
        self._definitions.append(content)

    def take_rows(self, content: bytes) -> None:
        frame = RowFrame.read(content)
        summed = self._sums.setdefault(frame.number, Sum())
        if self._is_summing:
            summed.add(frame.rows())
        else:
            summed.rows += frame.count
        if self._sink:
            self._sink.rows(frame)

    def take_file(self, content: bytes) -> None:
        self._files.take(content)
        if self._sink:
            self._sink.file(content)

    def take_manifest(self, content: bytes) -> None:
        self._manifest = Manifest.load(content)

    def _give_definitions(self) -> None:
        if self._sink and self._definitions:
            self._sink.definitions(b"".join(self._definitions))
        self._definitions = []

    def _give_end_of_rows(self) -> None:
        if self._sink and not self._is_past_rows:
            self._sink.end_rows()
        self._is_past_rows = True

    def _differences(self, head: Head, manifest: Manifest) -> Iterator[Difference]:
        for number, table in enumerate(head.tables):
            summed = self._sums.get(number, Sum())
            expected = manifest.tables.get(table.name)
            found = Counted(summed.rows, summed.size, summed.checksum)
            if not self._is_summing and expected and expected.rows == found.rows:
                continue
            if expected != found:
                yield Difference(table.name, expected, found)
        if self._files.sum.counted() != manifest.files:
            yield Difference("files", manifest.files, self._files.sum.counted())


_TAKERS = {
    HEAD: _Reading.take_head,
    DEFINITIONS: _Reading.take_definitions,
    ROWS: _Reading.take_rows,
    FILE: _Reading.take_file,
    MANIFEST: _Reading.take_manifest,
}


def sum_up(connection: psycopg.Connection[object], head: Head) -> dict[str, Counted]:
    """Counts and checksums of the tables of a database, over the columns the backup has."""
    there = {table.name: set(table.columns) for table in list_tables(connection)}
    known = [table for table in head.tables if set(table.columns) <= there.get(table.name, set())]
    return {table.name: sum_up_table(connection, table) for table in known}


def sum_up_table(connection: psycopg.Connection[object], table: Table) -> Counted:
    """Count and checksum of one table."""
    summed = Sum()
    for batch in batches(read_rows(connection, table)):
        summed.add(batch)
    return Counted(summed.rows, summed.size, summed.checksum)


def compare(manifest: Manifest, found: dict[str, Counted]) -> list[Difference]:
    """Every table that is not what the manifest says."""
    return [
        Difference(name, expected, found.get(name))
        for name, expected in manifest.tables.items()
        if found.get(name) != expected
    ]


def sum_up_files(home: Path) -> Counted:
    """Count and checksum of the files of a home."""
    summed = FileSum()
    for _ in read_frames(home, summed):
        pass
    return summed.counted()


_BROKEN = Text("备份 {name} 不能用：{reason}。", "The backup {name} cannot be used: {reason_en}.")
_NO_HEAD = Text("缺少开头或清单", "its head or its manifest is missing")
_UNKNOWN_PART = Text(
    "里面有这个版本不认识的内容，请用更新的 Guanxi", "it holds parts that only a newer Guanxi knows"
)
