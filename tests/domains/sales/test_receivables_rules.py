"""What is owed reconciles to the smallest unit: instalments, allocations, what their parts are worth, taxes, buckets."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.pricing.rules import HUNDRED, ZERO, rounded
from guanxi.domains.sales.receivables.ageing import bounds
from guanxi.domains.sales.receivables.planning import Part, Split, drafts
from guanxi.domains.sales.receivables.rules import (
    BUCKETS,
    Debt,
    Open,
    bucket_of,
    by_percent,
    equal_parts,
    months_later,
    propose,
    state_of_plan,
    tax_of_part,
    used_of,
    worth_of_part,
)
from guanxi.kit.errors import Invalid

D = Decimal
PLACES = st.sampled_from([0, 2, 3])
TODAY = date(2026, 5, 31)


@given(st.decimals("0.01", 10**9, places=2), st.integers(1, 120), PLACES)
def test_equal_parts_sum_to_the_total_and_differ_by_one_unit_at_most(
    total: Decimal, parts: int, places: int
) -> None:
    total = rounded(total, places)
    found = equal_parts(total, parts, places)
    assert (len(found), sum(found, ZERO)) == (parts, total)
    assert max(found) - min(found) <= D(1).scaleb(-places)


@given(
    st.decimals("0.01", 10**9, places=2), st.lists(st.decimals("0.0001", 50, places=4), max_size=12), PLACES
)
def test_parts_by_hundredths_sum_to_the_total(total: Decimal, some: list[Decimal], places: int) -> None:
    total = rounded(total, places)
    percents: list[Decimal] = []
    for percent in some:
        if sum(percents, ZERO) + percent < HUNDRED:
            percents.append(percent)
    percents.append(HUNDRED - sum(percents, ZERO))
    found = by_percent(total, percents, places)
    assert found is not None and sum(found, ZERO) == total
    for share, percent in zip(found, percents, strict=True):
        assert abs(share - total * percent / HUNDRED) < D(1).scaleb(-places)
    assert by_percent(total, [*percents, D("0.01")], places) is None


@given(
    st.decimals(0, 10**6, places=2),
    st.lists(st.decimals("-5", 10**6, places=2), max_size=12),
    st.decimals("0.01", 200, places=6),
    st.decimals("0.01", 200, places=6),
    st.booleans(),
)
def test_a_proposal_never_takes_more_than_is_left_on_either_side(
    surplus: Decimal, lefts: list[Decimal], rate: Decimal, other: Decimal, same: bool
) -> None:
    opens = [Open(str(n), left, other) for n, left in enumerate(lefts)]
    found = propose(surplus, rate, 2, opens, same=same)
    assert sum((item.amount for item in found), ZERO) <= surplus
    owed = {item.key: item.left for item in opens}
    for item in found:
        assert item.amount > 0
        assert 0 < item.settled <= owed[item.key]
        assert not same or item.amount == item.settled
    if same:  # what is due first is paid first, and nothing is kept back
        wanted = sum((left for left in lefts if left > 0), ZERO)
        assert sum((item.amount for item in found), ZERO) == min(surplus, wanted)
        assert [item.key for item in found] == sorted((item.key for item in found), key=int)


@given(
    st.lists(st.decimals("0.01", 10**6, places=2), min_size=1, max_size=30),
    st.decimals("0.0001", 200, places=6),
    PLACES,
)
def test_the_parts_of_an_amount_are_worth_the_amount(parts: list[Decimal], rate: Decimal, home: int) -> None:
    before = worth = ZERO
    for part in parts:
        more = worth_of_part(before, part, worth, rate, home)
        assert abs(more - part * rate) <= D(1).scaleb(-home)
        before, worth = before + part, worth + more
    assert worth == rounded(sum(parts, ZERO) * rate, home)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_months_later_is_the_same_day_or_the_last(day: date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(st.integers(-400, 400))
def test_every_day_is_in_one_bucket_and_the_query_says_the_same(days: int) -> None:
    due = TODAY - timedelta(days=days)
    inside = [key for key, (first, last) in bounds(TODAY).items()
              if (first is None or due >= first) and (last is None or due <= last)]  # fmt: skip
    assert inside == [bucket_of(due, TODAY)]


@pytest.mark.parametrize(
    "days, bucket", [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (-1, 0)]
)
def test_buckets_by_hand(days: int, bucket: int) -> None:
    assert bucket_of(TODAY - timedelta(days=days), TODAY) == BUCKETS[bucket]


@pytest.mark.parametrize(
    "received, due, state",
    [
        (0, 0, "due"),
        (1, 0, "partial"),
        (100, 9, "done"),
        (0, 1, "overdue"),
        (99, 1, "overdue"),
        (0, -1, "due"),
    ],
)
def test_states_by_hand(received: int, due: int, state: str) -> None:
    assert state_of_plan(D(100), D(received), TODAY - timedelta(days=due), TODAY) == state


def test_splits_that_do_not_fit_are_refused() -> None:
    day = TODAY
    three = drafts(D(100), 2, Split(3, day, 1))
    assert [(p.amount, p.due_on.isoformat()) for p in three] == [
        (D("33.34"), "2026-05-31"), (D("33.33"), "2026-06-30"), (D("33.33"), "2026-07-31"),
    ]  # fmt: skip
    for split in (
        Split(parts=(Part(day, percent=D(50)), Part(day, percent=D("49.99")))),
        Split(parts=(Part(day, D(60)), Part(day, D("40.01")))),
        Split(20000, day, 1),
        Split(120, date(2199, 1, 1), 24),
    ):
        with pytest.raises(Invalid):
            drafts(D(100), 2, split)
    with pytest.raises(Invalid):
        drafts(D("0.02"), 2, Split(3, day, 0))


@given(
    st.lists(st.decimals("0.01", 10**6, places=2), min_size=1, max_size=20),
    st.decimals(0, 1, places=4),
)
def test_invoices_in_parts_use_up_the_tax_and_taken_back_give_all_of_it(
    parts: list[Decimal], ratio: Decimal
) -> None:
    total = sum(parts, ZERO)
    tax = rounded(total * ratio, 2)
    before = used = ZERO
    for part in parts:
        share = tax_of_part(before, part, used, tax, total, 2)
        assert 0 <= share <= part
        before, used = before + part, used + share
    assert used == tax


@given(
    st.lists(
        st.builds(
            Debt, st.sampled_from([None, "a", "b"]), st.sampled_from(["order", "plan", "invoice"]),
            st.decimals(0, 10**6, places=2),
        ),
        max_size=12,
    ),
    st.decimals(0, 10**6, places=2),
    st.decimals("0.01", 10**6, places=2),
)  # fmt: skip
def test_what_is_used_of_credit_is_at_least_each_sight_of_it_and_grows_with_orders(
    debts: list[Debt], paid: Decimal, more: Decimal
) -> None:
    used = used_of(debts, paid)
    kinds = {
        kind: sum((d.amount for d in debts if d.kind == kind), ZERO) for kind in ("order", "plan", "invoice")
    }
    assert max(kinds.values()) - paid <= used <= sum(kinds.values(), ZERO) - paid
    assert used_of(debts, paid + more) == used - more
    then = used_of([*debts, Debt("a", "order", more)], paid)
    assert used <= then <= used + more
    assert used_of([*debts, Debt("new", "order", more)], paid) == used + more
