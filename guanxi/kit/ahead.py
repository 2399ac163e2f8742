"""Taking the next item of an iterator while the present one is being worked on.

*How it works*: one thread takes one item ahead. It runs where the caller waits, for the database mostly.

*Rules*: the iterator must not touch the database (connections belong to a thread), nor what the caller
changes. What it raises is raised where its item would have come.
"""

from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """The items in order, the next one being made already."""
    iterator = iter(items)
    end = object()
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as pool:
        waiting = pool.submit(next, iterator, end)
        while (item := waiting.result()) is not end:
            waiting = pool.submit(next, iterator, end)
            yield item  # type: ignore[misc]
