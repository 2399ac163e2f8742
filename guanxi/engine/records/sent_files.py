"""Answers that are sent piece by piece, so that a large file never lies in memory as a whole.

*How it works*: under ASGI, Django would read all of a synchronous stream before it sends the first byte. Here the
next piece is read, in the request's own thread, when the one before has gone out.
"""

from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.http import FileResponse, StreamingHttpResponse


class PieceByPiece(StreamingHttpResponse):
    """A streamed answer over a synchronous iterator."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The pieces, each read when it is wanted."""
        pieces: Any = iter(self.streaming_content)  # type: ignore[arg-type]
        following = sync_to_async(lambda: next(pieces, None))
        while (piece := await following()) is not None:
            yield piece


class SentFile(PieceByPiece, FileResponse):
    """A file as an answer."""

    block_size = 256 * 1024
