"""Backups in a bucket: Amazon S3, OSS, COS, OBS, MinIO and whatever else speaks S3.

*How it works*: a backup is written in parts, a few on their way at a time, and appears under its name when the
last one has arrived and the upload is completed; one that fails is aborted, and what a killed process left
unfinished is aborted by the next. It is read in ranges, the next one fetched ahead, all of the version that
was there at first.

*Rules*: sealed like every backup before it gets here: whoever runs the bucket reads nothing.

*See*: s3.py, places.py.
"""

import io
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from guanxi.config.backup.names import Kept, kept
from guanxi.config.backup.s3 import PART_BYTES, Client, texts
from guanxi.config.console import Stop
from guanxi.config.env import Env
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ON_THEIR_WAY = 3
MOST_PARTS = 10_000
LEFT_BEHIND = timedelta(days=1)


class Bucket:
    """A folder in a bucket."""

    def __init__(self, env: Env, address: str) -> None:
        parts = urlsplit(address)
        self._client = Client(env, parts.netloc)
        self._folder = parts.path.strip("/") + "/" if parts.path.strip("/") else ""

    @property
    def label(self) -> str:
        """Its address."""
        return f"s3://{self._client.bucket}/{self._folder}".rstrip("/")

    def list(self) -> list[Kept]:
        """The backups there, the oldest first."""
        found: list[Kept] = []
        query = {"list-type": "2", "prefix": self._folder, "delimiter": "/"}
        while True:
            answer = self._client.ask("GET", query=query)
            assert answer is not None
            for key, size in texts(answer.content, "Contents", "Key", "Size"):
                each = kept(key.removeprefix(self._folder), int(size or 0))
                if each is not None:
                    found.append(each)
            _, following = texts(answer.content, "", "IsTruncated", "NextContinuationToken")[0]
            if not following:
                return sorted(found, key=lambda each: each.at)
            query["continuation-token"] = following

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A stream that becomes the object of this name."""
        self._forget_unfinished()
        upload = _Upload(self._client, self._folder + name)
        try:
            yield upload  # type: ignore[misc] # it writes and tells, as places promise
            upload.complete()
        except BaseException:
            upload.abort()
            raise

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a backup; raises Stop when it is not there."""
        key = self._folder + name
        head = self._client.ask("HEAD", key, missing=True)
        if head is None:
            raise Stop(_NOT_THERE, name=f"{self.label}/{name}")
        size = int(head.headers.get("content-length", 0))
        raw = _Ranges(self._client, key, size, head.headers.get("etag", ""))
        return io.BufferedReader(raw, 1024**2)

    def remove(self, name: str) -> None:
        """Remove a backup."""
        self._client.ask("DELETE", self._folder + name, missing=True)

    def _forget_unfinished(self) -> None:
        """Abort what a process that was killed left: parts cost money, and no list shows them."""
        answer = self._client.ask("GET", query={"uploads": "", "prefix": self._folder})
        assert answer is not None
        for key, upload, begun in texts(answer.content, "Upload", "Key", "UploadId", "Initiated"):
            is_ours = kept(key.removeprefix(self._folder), 0) is not None or key.endswith(".gxk")
            if is_ours and datetime.now(UTC) - datetime.fromisoformat(begun) > LEFT_BEHIND:
                self._client.ask("DELETE", key, query={"uploadId": upload}, missing=True)


class _Upload:
    """What is written, sent in parts; small files in one piece."""

    def __init__(self, client: Client, key: str) -> None:
        self._client, self._key = client, key
        self._buffer = bytearray()
        self._size = 0
        self._id = ""
        self._count = 0
        self._tags: dict[int, str] = {}
        self._pool = ThreadPoolExecutor(ON_THEIR_WAY, "upload")
        self._waiting: deque[Future[None]] = deque()

    def write(self, data: bytes) -> int:
        """Take more."""
        self._buffer += data
        self._size += len(data)
        while len(self._buffer) >= PART_BYTES:
            part = bytes(self._buffer[:PART_BYTES])
            del self._buffer[:PART_BYTES]
            self._send(part)
        return len(data)

    def tell(self) -> int:
        """How much was written."""
        return self._size

    def complete(self) -> None:
        """Send the rest and have it appear under its name."""
        if not self._id:
            self._client.ask("PUT", self._key, content=bytes(self._buffer))
            self._pool.shutdown()
            return
        if self._buffer:
            self._send(bytes(self._buffer))
        while self._waiting:
            self._waiting.popleft().result()
        self._pool.shutdown()
        parts = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>"
            for number, tag in sorted(self._tags.items())
        )
        body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
        self._client.ask("POST", self._key, query={"uploadId": self._id}, content=body)

    def abort(self) -> None:
        """Leave nothing behind."""
        self._pool.shutdown(cancel_futures=True)
        if self._id:
            try:
                self._client.ask("DELETE", self._key, query={"uploadId": self._id}, missing=True)
            except Stop:
                return  # the next backup aborts it

    def _send(self, part: bytes) -> None:
        if not self._id:
            answer = self._client.ask("POST", self._key, query={"uploads": ""})
            assert answer is not None
            ((self._id,),) = texts(answer.content, "", "UploadId")
        self._count += 1
        if self._count > MOST_PARTS:
            raise Stop(_TOO_LARGE, most=MOST_PARTS * PART_BYTES // 1024**3)
        self._waiting.append(self._pool.submit(self._put, self._count, part))
        while len(self._waiting) > ON_THEIR_WAY:
            self._waiting.popleft().result()

    def _put(self, number: int, part: bytes) -> None:
        query = {"partNumber": str(number), "uploadId": self._id}
        answer = self._client.ask("PUT", self._key, query=query, content=part)
        assert answer is not None
        self._tags[number] = answer.headers.get("etag", "")


class _Ranges(io.RawIOBase):
    """An object, read range by range from the beginning to the end."""

    def __init__(self, client: Client, key: str, size: int, tag: str) -> None:
        self._client, self._key, self._size, self._tag = client, key, size, tag
        self._pool = ThreadPoolExecutor(1, "download")
        self._block = memoryview(b"")
        self._asked = 0
        self._next: Future[bytes] | None = self._ask()

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` as far as the range at hand goes."""
        if not self._block and self._next is not None:
            self._block = memoryview(self._next.result())
            self._next = self._ask()
        into = memoryview(buffer).cast("B")
        count = min(len(into), len(self._block))
        into[:count] = self._block[:count]
        self._block = self._block[count:]
        return count

    def close(self) -> None:
        """Ask for no more."""
        if not self.closed:
            self._pool.shutdown(wait=False, cancel_futures=True)
        super().close()

    def _ask(self) -> "Future[bytes] | None":
        if self._asked >= self._size:
            return None
        begin, end = self._asked, min(self._asked + PART_BYTES, self._size)
        self._asked = end
        return self._pool.submit(self._get, begin, end)

    def _get(self, begin: int, end: int) -> bytes:
        headers = {"range": f"bytes={begin}-{end - 1}"} | ({"if-match": self._tag} if self._tag else {})
        answer = self._client.ask("GET", self._key, headers=headers, most=PART_BYTES + 1)
        assert answer is not None
        return answer.content


_NOT_THERE = Text("没有备份 {name}。", "There is no backup {name}.")
_TOO_LARGE = Text(
    "备份超过了存储桶里一个文件的上限（{most} GB）。",
    "The backup is larger than a file in a bucket may be ({most} GB).",
)
