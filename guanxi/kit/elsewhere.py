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
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, TypeVar

from guanxi.kit.ahead import ahead

T = TypeVar("T")
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
    with open(reading, "rb", buffering=_PIPE_BYTES) as pipe:
        blocks = ahead(_blocks(pipe))
        try:
            for block in blocks:
                yield pickle.loads(block)  # noqa: S301 - what this program has just written itself
        finally:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(child, 0)
            blocks.close()  # its thread reads until the pipe ends


def _blocks(pipe: IO[bytes]) -> Iterator[bytes]:
    """What the child has written, block by block; an empty block is its end."""
    while True:
        head = pipe.read(8)
        size = int.from_bytes(head, "big")
        if len(head) == 8 and size == 0:
            return
        block = pipe.read(size)
        if len(head) < 8 or len(block) < size:
            raise Lost
        yield block


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
