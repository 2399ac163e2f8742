"""A sealed file opens whole and unchanged, or not at all."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.config.backup.keys import BackupKey
from guanxi.config.backup.sealed import HEAD_BYTES, Broken, SealedReader, SealedWriter
from guanxi.config.console import Stop

KEY = BackupKey(b"correct horse battery staple, twice over", "the test")
FRAMES = [(1, b"head"), (3, b"a" * 5000), (3, bytes(range(256)) * 20), (3, b""), (5, b"end")]


def _sealed(frames: list[tuple[int, bytes]] = FRAMES, key: BackupKey = KEY) -> bytes:
    stream = io.BytesIO()
    with SealedWriter(stream, key) as sealed:
        for kind, content in frames[:-1]:
            sealed.put(kind, content[: len(content) // 2], content[len(content) // 2 :])
        sealed.close(*frames[-1])
    assert sealed.size == len(stream.getvalue())
    return stream.getvalue()


def _opened(content: bytes, key: BackupKey = KEY) -> list[tuple[int, bytes]]:
    return list(SealedReader(io.BytesIO(content), key).frames())


def _frames(content: bytes) -> list[bytes]:
    at, found = HEAD_BYTES, []
    while at < len(content):
        length = struct.unpack_from(">I", content, at)[0] + 4
        found.append(content[at : at + length])
        at += length
    return found


WHOLE = _sealed()


def test_what_was_put_in_comes_out() -> None:
    assert _opened(WHOLE) == FRAMES


def test_many_frames_keep_their_order() -> None:
    frames = [(3, str(number).encode() * 50) for number in range(200)]
    assert _opened(_sealed(frames)) == frames


def test_the_content_cannot_be_read_without_the_key() -> None:
    assert b"aaaa" not in WHOLE
    with pytest.raises(Stop, match="The key in another place does not open this backup") as stop:
        _opened(WHOLE, BackupKey(b"another key of more than 32 characters", "another place"))
    assert "another key of" not in str(stop.value)
    assert "correct horse" not in repr(KEY)


def test_the_same_content_never_looks_the_same() -> None:
    assert _frames(_sealed())[0] != _frames(WHOLE)[0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_found(at: int, change: int) -> None:
    changed = bytearray(WHOLE)
    changed[at] ^= change
    with pytest.raises((Broken, Stop)):
        _opened(bytes(changed))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_file_that_was_cut_off_is_found(length: int) -> None:
    with pytest.raises(Broken):
        _opened(WHOLE[:length])


def test_a_file_cut_off_between_two_frames_is_said_to_be_cut_off() -> None:
    frames = _frames(WHOLE)
    with pytest.raises(Broken, match="cut off"):
        _opened(WHOLE[:HEAD_BYTES] + b"".join(frames[:2]))


@pytest.mark.parametrize(
    "order", [(0, 2, 1, 3, 4), (0, 1, 1, 2, 3, 4), (0, 2, 3, 4), (0, 1, 2, 3, 4, 4), (1, 2, 3, 4)]
)
def test_frames_in_another_order_are_found(order: tuple[int, ...]) -> None:
    frames = _frames(WHOLE)
    with pytest.raises(Broken):
        _opened(WHOLE[:HEAD_BYTES] + b"".join(frames[number] for number in order))


def test_frames_of_another_file_of_the_same_key_are_found() -> None:
    mine, other = _frames(WHOLE), _frames(_sealed())
    with pytest.raises(Broken):
        _opened(WHOLE[:HEAD_BYTES] + mine[0] + other[1] + b"".join(mine[2:]))


@pytest.mark.parametrize("content", [b"", b"PGDMP", b"GUANXI-BACKUP-1\n", b"\0" * 500])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(Broken):
        _opened(content)


def test_a_huge_declared_length_is_refused_before_it_is_read() -> None:
    with pytest.raises(Broken, match="changed"):
        _opened(WHOLE[:HEAD_BYTES] + b"\xff\xff\xff\xff" + WHOLE[HEAD_BYTES + 4 :])
