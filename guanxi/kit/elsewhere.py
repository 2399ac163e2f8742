"""The items of an iterator made by a child process, which is always a little ahead of who takes them.

*How it works*: `elsewhere` forks; the child runs the iterator, pickles each item into a pipe and ends. A
thread takes them from the pipe, so that the child goes on while the caller waits for something else. The
child closes every file it inherited at once: a connection or a lock of a parent that was killed must not
live on in it. When its parent is gone it ends at its next item.

*Rules*: the iterator must be lazy (nothing opened before the fork), touch neither database nor
locks, and give picklable items. Whatever goes wrong in the child, its own death included, raises `Lost`:
the caller goes on by itself from the last item it was given. Linux only (`is_possible`).
"""

import fcntl
import gc
import os
import pickle
import select
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, TypeVar

from guanxi.kit.ahead import ahead

T = TypeVar("T")
PATIENCE = 300
"""Seconds without a word from the child after which it is given up."""
_PIPE_BYTES = 1 << 20


class Lost(Exception):
    """The child has not come to the end."""


def is_possible() -> bool:
    """Whether a process may be forked here, and would have a processor of its own."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1


def elsewhere(items: Iterable[T]) -> Iterator[T]:
    """The items in order; raises Lost when there may be more that the child could not make."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_child(items, writing)
    os.close(writing)
    with suppress(OSError):
        fcntl.fcntl(reading, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    blocks = ahead(_blocks(reading))
    try:
        for block in blocks:
            yield pickle.loads(block)  # noqa: S301 - what this program has just written itself
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
        blocks.close()  # its thread reads until the pipe ends, which it has now
        os.close(reading)


def _blocks(pipe: int) -> Iterator[bytes]:
    """What the child has written, block by block; an empty block is its end."""
    while size := int.from_bytes(_take(pipe, 8), "big"):
        yield _take(pipe, size)


def _take(pipe: int, size: int) -> bytes:
    """The next `size` bytes; raises Lost when they do not come."""
    ready = select.poll()
    ready.register(pipe, select.POLLIN)
    taken = bytearray()
    while len(taken) < size:
        if not ready.poll(PATIENCE * 1000):
            raise Lost
        part = os.read(pipe, min(size - len(taken), _PIPE_BYTES))
        if not part:
            raise Lost
        taken += part
    return bytes(taken)


def _be_child(items: Iterable[object], writing: int) -> None:
    """Write the items and end, whatever happens; never returns into the parent's code."""
    try:
        os.dup2(writing, 3)  # 0 to 2 stay what they are
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        gc.disable()
        gc.freeze()
        with open(3, "wb", buffering=0) as pipe:
            for item in items:
                block = pickle.dumps(item, protocol=5)
                _write(pipe, len(block).to_bytes(8, "big"))
                _write(pipe, block)
                gc.collect(1)
            _write(pipe, bytes(8))
    finally:
        os._exit(0)


def _write(pipe: IO[bytes], block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[pipe.write(rest) :]
