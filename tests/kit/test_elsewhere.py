"""Items made in a child process: all of them in order, or Lost; never a child left behind."""

import os
from collections.abc import Iterator

import pytest

from guanxi.kit.elsewhere import Lost, elsewhere, is_possible

pytestmark = pytest.mark.skipif(not is_possible(), reason="one processor, or no fork")


def _numbers(count: int, fault: Exception | None = None) -> Iterator[tuple[int, int, bytes]]:
    for number in range(count):
        yield number, os.getpid(), b"x" * 300_000
    if fault is not None:
        raise fault


def test_items_come_in_order_from_another_process() -> None:
    found = list(elsewhere(_numbers(20)))
    assert [number for number, _, _ in found] == list(range(20))
    assert {process for _, process, _ in found}.isdisjoint({os.getpid()})
    assert all(len(block) == 300_000 for _, _, block in found)


def test_what_goes_wrong_in_the_child_is_told_behind_the_good_items() -> None:
    seen = []
    with pytest.raises(Lost):
        seen.extend(number for number, _, _ in elsewhere(_numbers(3, ValueError("no"))))
    assert seen in ([], [0, 1, 2])  # extend keeps what it was given before the fault
    with pytest.raises(Lost):
        list(elsewhere(iter([lambda: None])))  # cannot be pickled


def test_a_killed_child_is_noticed() -> None:
    items = elsewhere(_numbers(1_000))
    _, child, _ = next(items)
    os.kill(child, 9)
    with pytest.raises(Lost):
        list(items)


def test_whoever_stops_early_leaves_no_child_behind() -> None:
    items = elsewhere(_numbers(1_000))
    _, child, _ = next(items)
    items.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
