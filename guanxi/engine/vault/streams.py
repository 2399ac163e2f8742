"""Files encrypted piece by piece, so that any part of one can be read without the rest.

*How it works*: a file is a head (mark, version of the key, 7 random bytes) and pieces of 64 KiB of AES-256-GCM under a
key of the file's own, derived from the workspace's key and the file's id. A piece's nonce holds those random bytes,
its number and whether it is the last one (the STREAM construction), so that pieces can be neither moved nor cut off;
what the file is about is bound to each of them.

*Rules*: what is read has been verified; a file without the mark was never encrypted and is read as it is.
"""

import io
import os
import struct
import uuid
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guanxi.engine.vault.errors import Undecipherable
from guanxi.engine.vault.keys import keys_of
from guanxi.engine.vault.masters import derive
from guanxi.engine.vault.sealing import bound

MARK = b"\x00gxfile1"
PIECE = 64 * 1024
_TAG = 16
_SALT = 7
_HEAD = struct.Struct(f">8sI{_SALT}s")
HEAD_BYTES = _HEAD.size


def encrypted(workspace_id: uuid.UUID, file_id: uuid.UUID, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What is stored of a file's bytes; needs a session of the workspace."""
    keys = keys_of(workspace_id)
    salt = os.urandom(_SALT)
    yield _HEAD.pack(MARK, keys.current, salt)
    cipher, about = _cipher(keys.data[keys.current], file_id), bound(workspace_id, ("file", file_id))
    held, number = bytearray(), 0
    for chunk in chunks:
        held += chunk
        while len(held) > PIECE:
            yield cipher.encrypt(_nonce(salt, number, last=False), bytes(held[:PIECE]), about)
            del held[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(salt, number, last=True), bytes(held), about)


def version_of_file(stream: IO[bytes]) -> int | None:
    """The version of the key that a stored file is under; None for one that is not encrypted."""
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if len(head) < HEAD_BYTES or head[:8] != MARK:
        return None
    return int(_HEAD.unpack(head)[1])


def opened_file(workspace_id: uuid.UUID, file_id: uuid.UUID, stored: IO[bytes]) -> IO[bytes]:
    """The bytes of a stored file, to be read and sought in; needs a session of the workspace to be opened.

    Reading raises Undecipherable for bytes that are not what was written.
    """
    version = version_of_file(stored)
    if version is None:
        return stored
    key = keys_of(workspace_id, needs=version).data.get(version)
    if key is None:
        raise Undecipherable
    _, _, salt = _HEAD.unpack(stored.read(HEAD_BYTES))
    raw = _Opened(stored, _cipher(key, file_id), salt, bound(workspace_id, ("file", file_id)))
    return io.BufferedReader(raw, PIECE)


class _Opened(io.RawIOBase):
    """The bytes within an encrypted file."""

    def __init__(self, stored: IO[bytes], cipher: AESGCM, salt: bytes, about: bytes) -> None:
        self._stored, self._cipher, self._salt, self._about = stored, cipher, salt, about
        body = stored.seek(0, os.SEEK_END) - HEAD_BYTES
        self._pieces = max(1, -(-body // (PIECE + _TAG)))
        self._size = body - self._pieces * _TAG
        if self._size < 0:
            raise Undecipherable
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override] # the stubs know a private type
        if self._at >= self._size:
            self._piece(self._pieces - 1)  # that it ends here is proved by its last piece
            return 0
        number, start = divmod(self._at, PIECE)
        given = self._piece(number)[start : start + len(buffer)]
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        self._stored.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            self._stored.seek(HEAD_BYTES + number * (PIECE + _TAG))
            sealed = self._stored.read(PIECE + _TAG)
            nonce = _nonce(self._salt, number, last=number == self._pieces - 1)
            try:
                self._held = (number, self._cipher.decrypt(nonce, sealed, self._about))
            except InvalidTag as error:
                raise Undecipherable from error
        return self._held[1]


def _cipher(key: bytes, file_id: uuid.UUID) -> AESGCM:
    return AESGCM(derive(key, b"guanxi file 1 " + file_id.bytes))


def _nonce(salt: bytes, number: int, *, last: bool) -> bytes:
    return salt + number.to_bytes(4, "big") + (b"\1" if last else b"\0")
