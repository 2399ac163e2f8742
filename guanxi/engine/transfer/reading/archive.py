"""Whether a workbook's archive is safe to open: measured, because what an archive declares may be a lie.

*How it works*: first the directory is read (number of parts, declared sizes, encryption), then every part
is unpacked into nothing, counting, and stopped at the limit. Only then may a reader parse it.

*Rules*: nothing is ever written under a name from the archive.
"""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from guanxi.engine.transfer.reading.limits import (
    IS_BROKEN,
    IS_PROTECTED,
    MAX_ARCHIVE_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
    Unreadable,
    bomb,
)

_BLOCK = 1 << 18
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")


def check_archive(path: Path) -> None:
    """Raise `TooLarge` for a bomb, `Unreadable` for an archive that is damaged or no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable(IS_BROKEN, code="damaged_workbook") from None
    if len(parts) > MAX_ARCHIVE_ENTRIES:
        raise bomb()
    names = {part.filename for part in parts}
    if not names & {"[Content_Types].xml", "content.xml", "mimetype"}:
        raise Unreadable
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(IS_PROTECTED, code="protected_workbook")
    size = path.stat().st_size
    if sum(part.file_size for part in parts) > _allowed(size):
        raise bomb()
    with path.open("rb") as file:
        total = 0
        for part in sorted(parts, key=lambda part: part.header_offset):
            total += _measure(file, part, _allowed(size) - total)


def _allowed(packed: int) -> int:
    return min(MAX_UNPACKED_BYTES, max(packed * MAX_RATIO, RATIO_FREE_BYTES))


def _measure(file: BinaryIO, part: zipfile.ZipInfo, limit: int) -> int:
    """The real size of `part` unpacked; raises when it is beyond `limit`."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(IS_BROKEN, code="damaged_workbook")
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise Unreadable(IS_BROKEN, code="damaged_workbook")
    name_length, extra_length = _LOCAL_HEADER.unpack(header)[-2:]
    file.seek(name_length + extra_length, 1)
    if part.compress_type == zipfile.ZIP_STORED:
        if part.compress_size > limit:
            raise bomb()
        return part.compress_size
    # The stream says itself where it ends: neither declared size is believed.
    inflate = zlib.decompressobj(-15)
    total = 0
    pending = file.read(_BLOCK)
    try:
        while pending and not inflate.eof:
            total += len(inflate.decompress(pending, _BLOCK))
            if total > limit:
                raise bomb()
            pending = inflate.unconsumed_tail or file.read(_BLOCK)
    except zlib.error:
        raise Unreadable(IS_BROKEN, code="damaged_workbook") from None
    return total
