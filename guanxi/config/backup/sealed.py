"""The sealed file: parts in order, compressed and encrypted, so that no change to them goes unnoticed.

*How it works*: the head is a mark, a salt and a check of the key. From key and salt scrypt (RFC 7914)
makes the file's own AES-256-GCM key (NIST SP 800-38D). Then come frames: a length, and a ciphertext whose
nonce is the frame's number and whether it is the last one: a frame that was changed, moved, repeated or
left out does not open, and neither does a file that was cut off. The head is bound to every frame.
Compression (zlib) and encryption run on all cores; frames are written and given in order.

*Rules*: a key serves one file (the salt sees to it), so numbers can be nonces. Whoever reads must read to
the end before believing anything: only then is the file known to be whole.

*See*: making.py and reading.py for what is in the frames.
"""

import hashlib
import hmac
import os
import struct
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import IO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guanxi.config.backup.keys import BackupKey
from guanxi.config.console import Stop
from guanxi.kit.text import Text

MARK = b"GUANXI-BACKUP-1\n"
SALT_BYTES = CHECK_BYTES = 16
HEAD_BYTES = len(MARK) + SALT_BYTES + CHECK_BYTES
# A frame holds this much before compression, about; and never more than this after.
FRAME_BYTES = 4 * 1024**2
MOST_BYTES = 64 * 1024**2
_SCRYPT_N, _SCRYPT_R = 2**15, 8
_LENGTH = struct.Struct(">I")
_NONCE = struct.Struct(">IQ")
# The fastest: a million customers shrink to a sixth with it already.
_LEVEL = 1


class Broken(Exception):
    """The file is not what was written: cut off, changed, or not a backup at all."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def _derive(key: BackupKey, salt: bytes) -> tuple[AESGCM, bytes]:
    made = hashlib.scrypt(
        key.text, salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=1, maxmem=128 * _SCRYPT_N * _SCRYPT_R * 2, dklen=64
    )
    return AESGCM(made[:32]), hmac.digest(made[32:], b"key check", "sha256")[:CHECK_BYTES]


def _threads() -> int:
    return max(2, min(os.cpu_count() or 1, 8))


class SealedWriter:
    """Writes frames; `close` with the last one makes the file whole."""

    def __init__(self, stream: IO[bytes], key: BackupKey) -> None:
        salt = os.urandom(SALT_BYTES)
        self._cipher, check = _derive(key, salt)
        self._head = MARK + salt + check
        self._stream = stream
        self._pool = ThreadPoolExecutor(_threads(), "seal")
        self._waiting: deque[Future[bytes]] = deque()
        self._count = 0
        self.size = len(self._head)
        stream.write(self._head)

    def put(self, kind: int, *parts: bytes, is_last: bool = False) -> None:
        """Add a frame; what is not yet written waits, a few frames at most."""
        number, self._count = self._count, self._count + 1
        self._waiting.append(self._pool.submit(self._seal, number, is_last, kind, parts))
        while len(self._waiting) > 2 * _threads():
            self._write(self._waiting.popleft())

    def close(self, kind: int, last: bytes) -> None:
        """Write what waits, and the last frame."""
        self.put(kind, last, is_last=True)
        while self._waiting:
            self._write(self._waiting.popleft())
        self._pool.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _seal(self, number: int, is_last: bool, kind: int, parts: tuple[bytes, ...]) -> bytes:
        packer = zlib.compressobj(_LEVEL)
        packed = b"".join([bytes([kind]), *(packer.compress(part) for part in parts), packer.flush()])
        return self._cipher.encrypt(_NONCE.pack(is_last, number), packed, self._head)

    def _write(self, frame: "Future[bytes]") -> None:
        sealed = frame.result()
        self._stream.write(_LENGTH.pack(len(sealed)))
        self._stream.write(sealed)
        self.size += _LENGTH.size + len(sealed)


class SealedReader:
    """Reads frames in order; raises Broken at the first that is not what was written, Stop for a wrong key."""

    def __init__(self, stream: IO[bytes], key: BackupKey) -> None:
        self._stream = stream
        self._head = stream.read(HEAD_BYTES)
        if not self._head.startswith(MARK):
            raise Broken(_NO_BACKUP)
        if len(self._head) < HEAD_BYTES:
            raise Broken(_CUT_OFF)
        self._cipher, check = _derive(key, self._head[len(MARK) : -CHECK_BYTES])
        if not hmac.compare_digest(check, self._head[-CHECK_BYTES:]):
            raise Stop(_WRONG_KEY, place=key.place)

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Every frame: its kind and its content. After the last one the file is known to be whole."""
        with ThreadPoolExecutor(_threads(), "open") as pool:
            waiting: deque[Future[tuple[int, bytes]]] = deque()
            try:
                for number, sealed, is_last in self._sealed():
                    waiting.append(pool.submit(self._open, number, is_last, sealed))
                    if len(waiting) > 2 * _threads():
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for each in waiting:
                    each.cancel()

    def _sealed(self) -> Iterator[tuple[int, bytes, bool]]:
        number, length = 0, self._stream.read(_LENGTH.size)
        while True:
            sealed = self._exactly(_LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else -1)
            length = self._stream.read(_LENGTH.size)
            yield number, sealed, not length
            number += 1
            if not length:
                return

    def _exactly(self, count: int) -> bytes:
        if count < 0:
            raise Broken(_CUT_OFF)
        if count > MOST_BYTES:
            raise Broken(_CHANGED)
        found = self._stream.read(count)
        if len(found) < count:
            raise Broken(_CUT_OFF)
        return found

    def _open(self, number: int, is_last: bool, sealed: bytes) -> tuple[int, bytes]:
        try:
            plain = self._cipher.decrypt(_NONCE.pack(is_last, number), sealed, self._head)
        except InvalidTag:
            raise Broken(self._why(number, is_last, sealed)) from None
        return plain[0], zlib.decompress(memoryview(plain)[1:])

    def _why(self, number: int, is_last: bool, sealed: bytes) -> Text:
        """A frame that opens as one in the middle, yet stands at the end: what followed is missing."""
        try:
            self._cipher.decrypt(_NONCE.pack(not is_last, number), sealed, self._head)
        except InvalidTag:
            return _CHANGED
        return _CUT_OFF if is_last else _CHANGED


_NO_BACKUP = Text("这不是 Guanxi 的备份文件", "this is not a backup made by Guanxi")
_CUT_OFF = Text("文件不完整，后面的部分缺失", "the file is cut off: its end is missing")
_CHANGED = Text("文件被改动过，校验不通过", "the file was changed: its seal does not hold")
_WRONG_KEY = Text(
    "{place} 里的密钥打不开这个备份。请用 --key-file 指出做这个备份时的密钥。",
    "The key in {place} does not open this backup. Name the one it was made with: --key-file.",
)
