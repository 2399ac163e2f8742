"""Rows of a table on their way: packed into frames, counted, and summed up.

*How it works*: PostgreSQL sends a table (COPY, binary) row by row. A `Packer` gathers rows into frames of
a few megabytes, with the length of each before them, so that whoever reads can tell rows apart without
knowing their columns. The checksum of a table is the sum (modulo 2¹²⁸) of its rows' BLAKE2b (RFC 7693):
the same whatever the order, as an updated row changes its place. It finds what got lost or altered; who
might do so on purpose is kept out by the seal of the file.

*Rules*: the number a frame begins with is that of the table in the manifest.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from sys import byteorder

from guanxi.config.backup.sealed import FRAME_BYTES

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_HEAD = struct.Struct(">HI")
_BYTES = 16
_MODULUS = 1 << (8 * _BYTES)
_BATCH = 4096


@dataclass(slots=True)
class Sum:
    """How many rows there are, how large they are, and their checksum."""

    rows: int = 0
    size: int = 0
    total: int = 0

    def add(self, rows: Sequence[bytes]) -> None:
        """Count and sum up these rows."""
        number = int.from_bytes
        found = sum([number(blake2b(row, digest_size=_BYTES).digest(), "big") for row in rows])
        self.total = (self.total + found) % _MODULUS
        self.rows += len(rows)
        self.size += sum(map(len, rows))

    @property
    def checksum(self) -> str:
        """The checksum as it stands in a manifest."""
        return f"{self.total:032x}"


def rows_of(copied: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    """The rows in the messages of a binary COPY: without its head and its end."""
    first = True
    for message in copied:
        row = bytes(message)
        if first:
            first = False
            row = row.removeprefix(SIGNATURE)
            if not row:
                continue
        if row != TRAILER:
            yield row


def batches(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Rows by the thousand, or by megabytes where they are large."""
    batch: list[bytes] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row)
        if size >= FRAME_BYTES or len(batch) >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Packer:
    """Gathers the rows of one table into frames."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._rows: list[bytes] = []
        self._size = 0

    def add(self, batch: list[bytes]) -> "tuple[bytes, ...] | None":
        """Take rows; gives a frame when there are enough."""
        self._rows += batch
        self._size += sum(map(len, batch))
        return self.rest() if self._size >= FRAME_BYTES else None

    def rest(self) -> "tuple[bytes, ...] | None":
        """The frame of what has gathered; None when that is nothing."""
        if not self._rows:
            return None
        lengths = array("I", map(len, self._rows))
        if byteorder == "big":
            lengths.byteswap()
        parts = (_HEAD.pack(self._number, len(self._rows)), lengths.tobytes(), b"".join(self._rows))
        self._rows, self._size = [], 0
        return parts


@dataclass(frozen=True, slots=True)
class RowFrame:
    """A frame of rows, taken apart as far as is needed."""

    number: int
    count: int
    content: bytes

    @classmethod
    def read(cls, content: bytes) -> "RowFrame":
        """The frame of this content."""
        number, count = _HEAD.unpack_from(content)
        return cls(number, count, content)

    @property
    def data(self) -> memoryview:
        """All rows, one after the other: what COPY takes."""
        return memoryview(self.content)[_HEAD.size + 4 * self.count :]

    def rows(self) -> list[bytes]:
        """The rows one by one."""
        lengths = array("I")
        lengths.frombytes(self.content[_HEAD.size : _HEAD.size + 4 * self.count])
        if byteorder == "big":
            lengths.byteswap()
        at, found = _HEAD.size + 4 * self.count, []
        for length in lengths:
            found.append(self.content[at : at + length])
            at += length
        return found
