"""The built front end under /static: compressed where that helps, kept by browsers as long as it is the same.

*How it works*: a wrapper around the application. A file is read, compressed and given an ETag at its first
request and kept in memory (the whole front end is a few megabytes) until its time or size changes. Files of
`assets` carry a hash of their content in their names and are kept for good; the others are asked for anew each
time, which costs a 304.

*Rules*: nothing outside the folder is ever opened: the address has to be a path that a walk of the folder
gives. What is not there is for the application to answer.

*See*: config/asgi.py.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
FOR_GOOD = b"public, max-age=31536000, immutable"
ASK_ANEW = b"no-cache"
_TEXTS = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_SMALL = 1024
"""Below this a compressed file is hardly smaller."""
_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_DRAWN = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; sandbox")
"""For what a browser would open as a page of its own. Not for scripts: a worker's script lives under its policy."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file in memory; `packed` is None where compressing gains nothing."""

    stamp: tuple[int, int]
    plain: bytes
    packed: bytes | None
    kind: bytes
    etag: bytes
    cached: bytes


class StaticFiles:
    """The application, with the files of a folder under PREFIX."""

    def __init__(self, application: Application, folder: Path = FOLDER) -> None:
        self._application = application
        self._folder = folder
        self._known: dict[str, _File] = {}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer GET and HEAD of a file there is; pass on everything else."""
        found = self._find(scope)
        if found is None:
            await self._application(scope, receive, send)
            return
        asked = dict(scope["headers"])
        if found.etag in asked.get(b"if-none-match", b""):
            await send({"type": "http.response.start", "status": 304, "headers": self._headers(found, None)})
            await send({"type": "http.response.body", "body": b""})
            return
        packs = found.packed is not None and _accepts_gzip(asked.get(b"accept-encoding", b""))
        body = found.packed if packs and found.packed is not None else found.plain
        headers = self._headers(found, len(body))
        if packs:
            headers.append((b"content-encoding", b"gzip"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _find(self, scope: dict[str, Any]) -> _File | None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not path.startswith(PREFIX):
            return None
        name = path[len(PREFIX) :]
        parts = name.split("/")
        if (
            not name.isascii()
            or "\\" in name
            or any(part in ("", ".", "..") or "\0" in part for part in parts)
        ):
            return None
        file = self._folder.joinpath(*parts)
        try:
            if not file.resolve().is_relative_to(self._folder.resolve()) or not file.is_file():
                return None
            status = file.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._known.get(name)
            if known is None or known.stamp != stamp:
                known = self._known[name] = _read(file, parts, stamp)
        except OSError:
            return None
        return known

    @staticmethod
    def _headers(found: _File, length: int | None) -> list[tuple[bytes, bytes]]:
        headers = [(b"cache-control", found.cached), (b"etag", found.etag), *_HEADERS]
        if found.packed is not None:
            headers.append((b"vary", b"accept-encoding"))
        if found.kind.startswith((b"image/svg", b"text/html")):
            headers.append(_DRAWN)
        if length is not None:
            headers += [(b"content-type", found.kind), (b"content-length", str(length).encode())]
        return headers


def _read(file: Path, parts: list[str], stamp: tuple[int, int]) -> _File:
    plain = file.read_bytes()
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    is_text = kind.startswith(_TEXTS)
    packed = gzip.compress(plain, 6, mtime=0) if is_text and len(plain) >= _SMALL else None
    return _File(
        stamp,
        plain,
        packed if packed is not None and len(packed) < len(plain) else None,
        (kind + "; charset=utf-8" if kind.startswith("text/") else kind).encode(),
        b'"' + hashlib.sha256(plain).hexdigest()[:32].encode() + b'"',
        FOR_GOOD if "assets" in parts[:-1] else ASK_ANEW,
    )


def _accepts_gzip(given: bytes) -> bool:
    """Whether `Accept-Encoding` takes gzip (`gzip;q=0` does not)."""
    for item in given.lower().split(b","):
        name, _, weight = item.partition(b";")
        if name.strip() in (b"gzip", b"*"):
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False
