"""Lotteries as plain rules: anybody who has seed and numbers comes to the same winners, and each wins once."""

import hashlib
import uuid

from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.web_forms.lottery import Prize, Win, commitment, digest, draw, number_of

numbers = st.sets(st.uuids().map(str), min_size=1, max_size=40)
prizes = st.lists(st.builds(Prize, st.just("奖"), st.integers(1, 6)), min_size=1, max_size=4)
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(seeds, numbers, prizes)
def test_every_prize_is_drawn_once_and_nobody_wins_twice(
    seed: str, entered: set[str], offered: list[Prize]
) -> None:
    wins = draw(seed, entered, offered)
    assert len(wins) == min(len(entered), sum(prize.count for prize in offered))
    assert len({win.number for win in wins}) == len(wins)
    assert {win.number for win in wins} <= entered
    for place, prize in enumerate(offered):
        assert sum(win.prize == place for win in wins) <= prize.count
    assert [win.prize for win in wins] == sorted(win.prize for win in wins)
    assert draw(seed, sorted(entered, reverse=True), offered) == wins  # the order of entering says nothing


def test_the_draw_is_the_one_that_is_described() -> None:
    """Worked out here as the guide says it, without the module's own functions."""
    seed, entered = "ab" * 32, [str(uuid.UUID(int=n)) for n in range(50)]

    def sha(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    bound = sha("\n".join(sorted(entered)))
    first, second, third = sorted(entered, key=lambda number: sha(f"{seed}:{bound}:{number}"))[:3]
    assert draw(seed, entered, [Prize("一", 1), Prize("二", 2)]) == [
        Win(0, first),
        Win(1, second),
        Win(1, third),
    ]
    assert (commitment(seed), digest(entered)) == (sha(seed), bound)


def test_one_more_entry_or_another_seed_draws_anew() -> None:
    entered = [str(uuid.UUID(int=n)) for n in range(200)]
    usual = draw("ab" * 32, entered, [Prize("奖", 20)])
    assert draw("ab" * 32, [*entered, str(uuid.uuid4())], [Prize("奖", 20)]) != usual
    assert draw("ac" * 32, entered, [Prize("奖", 20)]) != usual


def test_chances_are_even() -> None:
    """Of 20 entries each wins one draw in twenty: within five standard deviations over 2,000 draws."""
    entered = [str(uuid.UUID(int=n)) for n in range(20)]
    won = dict.fromkeys(entered, 0)
    for n in range(2000):
        won[draw(f"{n:064x}", entered, [Prize("奖", 1)])[0].number] += 1
    assert all(abs(count - 100) < 49 for count in won.values()), won


def test_a_number_follows_from_the_contact() -> None:
    form, other = uuid.uuid4(), uuid.uuid4()
    one = number_of(b"s", form, "+8613800000000")
    assert one == number_of(b"s", form, "+8613800000000") == str(uuid.UUID(one))
    assert len({one, number_of(b"s", other, "+8613800000000"), number_of(b"t", form, "+8613800000000"),
                number_of(b"s", form, "+8613800000001")}) == 4  # fmt: skip
