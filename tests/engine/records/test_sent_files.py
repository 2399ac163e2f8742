"""What is sent piece by piece is read piece by piece."""

import asyncio
from collections.abc import Iterator
from io import BytesIO

from guanxi.engine.records.sent_files import PieceByPiece, SentFile


def test_no_piece_is_read_before_it_is_wanted() -> None:
    read: list[int] = []

    def pieces() -> Iterator[bytes]:
        for n in range(4):
            read.append(n)
            yield bytes([n])

    async def look() -> tuple[bytes, list[int], bytes]:
        sent = aiter(PieceByPiece(pieces()))
        first = await anext(sent)
        return first, list(read), b"".join([piece async for piece in sent])

    assert asyncio.run(look()) == (b"\0", [0], b"\1\2\3")


def test_a_file_comes_whole_in_pieces() -> None:
    content = bytes(range(256)) * 3000

    async def fetch() -> list[bytes]:
        return [piece async for piece in SentFile(BytesIO(content))]

    pieces = asyncio.run(fetch())
    assert b"".join(pieces) == content
    assert len(pieces) == 3
