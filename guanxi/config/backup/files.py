"""The uploaded files of a home: read into frames, written from them, counted and summed up.

*How it works*: a frame holds a file's path within `files`, whether more of it follows, and bytes. Files
are written once and never changed, so they are read after the snapshot of the database: a file that is
named in the snapshot and was removed for good since then is counted as missing.

*Rules*: a path from a frame never leads out of the folder.
"""

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO

from guanxi.config.backup.manifest import Counted
from guanxi.config.backup.sealed import FRAME_BYTES, Broken
from guanxi.kit.text import Text

FOLDER = "files"
_LENGTH = struct.Struct(">I")
_MODULUS = 1 << 128


@dataclass(slots=True)
class FileSum:
    """How many files there are, their bytes, and a checksum over paths and contents."""

    files: int = 0
    size: int = 0
    total: int = 0

    def add(self, path: str, content: "blake2b", size: int) -> None:
        """Count a file."""
        said = blake2b(path.encode() + b"\0" + content.digest(), digest_size=16)
        self.total = (self.total + int.from_bytes(said.digest(), "big")) % _MODULUS
        self.files += 1
        self.size += size

    def counted(self) -> Counted:
        """What stands in a manifest."""
        return Counted(self.files, self.size, f"{self.total:032x}")


def list_files(home: Path) -> Iterator[str]:
    """The paths of all files within the folder of files; those still being written are left out."""
    root = home / FOLDER
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(".part"):
                yield (Path(folder) / name).relative_to(root).as_posix()


def read_frames(home: Path, summed: FileSum) -> Iterator[tuple[bytes, bytes]]:
    """Every file in pieces, as (head, bytes) of frames; `summed` counts them."""
    for path in list_files(home):
        try:
            stream = (home / FOLDER / path).open("rb")
        except FileNotFoundError:
            continue
        with stream:
            digest, size, piece = blake2b(), 0, stream.read(FRAME_BYTES)
            while True:
                following = stream.read(FRAME_BYTES)
                digest.update(piece)
                size += len(piece)
                said = json.dumps({"path": path, "more": bool(following)}).encode()
                yield _LENGTH.pack(len(said)) + said, piece
                if not following:
                    break
                piece = following
        summed.add(path, digest, size)


class FileSink:
    """Takes frames of files: counts them and, with a home, writes them."""

    def __init__(self, home: Path | None) -> None:
        self._root = home / FOLDER if home else None
        self._stream: IO[bytes] | None = None
        self._digest, self._size = blake2b(), 0
        self.sum = FileSum()

    def take(self, content: bytes) -> None:
        """One frame."""
        length = _LENGTH.unpack_from(content)[0]
        said = json.loads(content[_LENGTH.size : _LENGTH.size + length])
        data = memoryview(content)[_LENGTH.size + length :]
        if self._root and self._stream is None:
            self._stream = _create(self._root, said["path"])
        if self._stream:
            self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)
        if not said["more"]:
            self._finish(said["path"])

    def _finish(self, path: str) -> None:
        self.sum.add(path, self._digest, self._size)
        self._digest, self._size = blake2b(), 0
        if self._stream:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._stream = None


def _create(root: Path, path: str) -> IO[bytes]:
    parts = path.split("/")
    if path.startswith("/") or any(part in ("", ".", "..") or "\0" in part for part in parts):
        raise Broken(_STRANGE_PATH)
    target = root.joinpath(*parts)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


_STRANGE_PATH = Text("里面有一个路径不正常的文件", "it holds a file with a path that leads elsewhere")
