"""What an uploaded file is and is called: from its bytes, never from what the sender says.

*How it works*: `sniff` looks at the first bytes for images, PDF, office documents, sound and film, and
into the directory of a ZIP for the modern office formats. Plain text counts as such only with a name
that says so; everything else, HTML and SVG included, is `application/octet-stream`. `clean_name` leaves
a file name without paths, control characters and characters that turn the reading direction.

*Rules*: no Django, no database; only `SHOWN` types are ever displayed by a browser.
"""

import re
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import IO

UNKNOWN = "application/octet-stream"
HEAD = 8192
MAX_NAME = 200

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"})
"""Raster images: what may be shown in the page instead of being saved."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FTYP = {
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic",
    b"M4A ": "audio/mp4", b"qt  ": "video/quicktime",
}  # fmt: skip
_ZIP_PARTS = {
    "word/": f"{_OFFICE}.wordprocessingml.document",
    "xl/": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}.presentationml.presentation",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_BY_ENDING = {
    ".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook", ".et": "application/vnd.ms-excel", ".wps": "application/msword",
}  # fmt: skip
_TEXT_BY_ENDING = {
    ".txt": "text/plain", ".log": "text/plain", ".md": "text/markdown", ".csv": "text/csv",
    ".ics": "text/calendar", ".vcf": "text/vcard", ".json": "application/json",
}  # fmt: skip
# Endings whose readers would be misled by other bytes. Old office formats are not among them: half the world's
# accounting programs write HTML or CSV and call it .xls.
_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/heic", "image/tiff"})  # fmt: skip
_PROMISED: dict[str, frozenset[str]] = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".heic", ".tif", ".tiff"), _IMAGES),
    ".pdf": frozenset({"application/pdf"}),
    **{
        # A document under a password is an OLE file, whatever its ending.
        ending: frozenset({f"{_OFFICE}.{part}", "application/x-ole-storage"})
        for ending, part in (
            (".docx", "wordprocessingml.document"), (".xlsx", "spreadsheetml.sheet"), (".pptx", "presentationml.presentation"),
        )
    },
}  # fmt: skip
_MOST_ENTRIES = 20_000
# Controls, and what turns the direction of reading: a name with these shows another ending than it has.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_PATHS = re.compile(r"[\\/]+")
_RESERVED = re.compile(r'[<>:"|?*]')


def clean_name(given: str | None) -> str:
    """A name that is safe to store, show and save under; `file` when nothing is left of it."""
    name = _PATHS.split(unicodedata.normalize("NFC", given or ""))[-1]
    name = _RESERVED.sub("_", _HARMFUL.sub("", name))
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cs", "Co", "Cn"))
    name = re.sub(r"\s+", " ", name).strip(" .")
    if len(name) > MAX_NAME:
        ending = PurePosixPath(name).suffix[:20]
        name = name[: MAX_NAME - len(ending)].rstrip(" .") + ending
    return name or "file"


def sniff(stream: IO[bytes], name: str) -> str:
    """The media type of what `stream` holds; leaves it at its beginning."""
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    found = _by_head(head)
    if found is None and head.startswith(b"PK\x03\x04"):
        found = _by_directory(stream)
        stream.seek(0)
    ending = PurePosixPath(name.lower()).suffix
    if found is None and head.startswith(_OLE):
        found = _OLE_BY_ENDING.get(ending, "application/x-ole-storage")
    if found is None and ending in _TEXT_BY_ENDING and _is_text(head):
        found = _TEXT_BY_ENDING[ending]
    return found or UNKNOWN


def disagrees(name: str, kind: str) -> bool:
    """Whether a name promises an image, a PDF or a modern office document that the bytes are not."""
    promised = _PROMISED.get(PurePosixPath(name.lower()).suffix)
    return promised is not None and kind not in promised


def _by_head(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], "video/mp4")
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def _by_directory(stream: IO[bytes]) -> str:
    """What a ZIP is by the names in its directory; nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()[:_MOST_ENTRIES]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        return "application/zip"
    if "[Content_Types].xml" in names:
        for start, kind in _ZIP_PARTS.items():
            if any(name.startswith(start) for name in names):
                return kind
    return "application/zip"


def _is_text(head: bytes) -> bool:
    return b"\0" not in head and not any(byte < 9 or 13 < byte < 27 for byte in head)
