"""Nobody holds all of what others need too."""

import threading
import time

import pytest

from guanxi.kit.errors import TooMany
from guanxi.kit.fair_share import FairShare


def test_one_who_wants_more_than_their_share_waits_and_others_do_not() -> None:
    shares = FairShare()
    began, done = time.monotonic(), []

    def greedy() -> None:
        with shares.hold([("greedy", 2), ("firm", 3)], 5):
            time.sleep(0.2)
        done.append(time.monotonic() - began)

    threads = [threading.Thread(target=greedy) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    assert shares.held("greedy") == 2
    with shares.hold([("modest", 2), ("firm", 3)], 0.01):
        assert shares.held("firm") == 3
    for thread in threads:
        thread.join()
    assert len(done) == 4
    assert max(done) >= 0.4
    assert shares.held("greedy") == shares.held("firm") == 0


def test_who_waits_too_long_is_told_to_come_again() -> None:
    shares = FairShare()
    with shares.hold([("one", 1)], 1), pytest.raises(TooMany) as refused, shares.hold([("one", 1)], 0.05):
        pass
    assert refused.value.extra["retry_after"] == 1
    with shares.hold([("one", 1)], 0):
        assert shares.held("one") == 1


def test_a_place_is_given_back_when_the_work_fails() -> None:
    shares = FairShare()
    with pytest.raises(ValueError), shares.hold([("one", 1)], 0):
        raise ValueError
    assert shares.held("one") == 0
