"""What a file really is, by its first bytes: its name is not believed.

A workbook is an archive (xlsx, xlsm, xlsb, ods) or an old binary one (xls); everything else that is not
known to be something different is taken for text.
"""

from pathlib import Path
from typing import Literal

from guanxi.engine.transfer.reading.encoding import wide_encoding
from guanxi.engine.transfer.reading.limits import (
    IS_PAGE,
    MAX_FILE_BYTES,
    WRONG_KIND,
    Unreadable,
    empty_file,
    file_too_large,
)

Kind = Literal["text", "archive", "binary_workbook"]

_OTHERS = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"RIFF", "RIFF"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"\x00\x00\x00\x18ftyp", "MP4"),
    (b"\x00\x00\x00\x20ftyp", "MP4"),
)
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a\x1b")


def kind_of(path: Path) -> Kind:
    """How to read the file; raises when it is empty, too large or no table at all."""
    size = path.stat().st_size
    if size == 0:
        raise empty_file()
    if size > MAX_FILE_BYTES:
        raise file_too_large()
    with path.open("rb") as file:
        head = file.read(65536)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "archive"
    if head.startswith(_OLD_WORKBOOK):
        return "binary_workbook"
    for start, name in _OTHERS:
        # Two letters could begin a header as well: there the rest has to look binary too.
        if head.startswith(start) and (len(start) > 3 or _looks_binary(head)):
            raise Unreadable(WRONG_KIND, kind=name)
    lowered = head[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (
        lowered.startswith((b"<!doctype html", b"<html", b"<table"))
        or b"urn:schemas-microsoft-com:office" in lowered
    ):
        raise Unreadable(IS_PAGE, code="is_web_page")
    if _looks_binary(head):
        raise Unreadable
    return "text"


def _looks_binary(head: bytes) -> bool:
    """More than a trace of control characters, NULs among them, in what is not UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or wide_encoding(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(len(head) // 100, 4)
