"""Totals, taxes and shares reconcile to the smallest unit, whatever the lines, discounts and currency."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.pricing.rules import (
    HUNDRED,
    ZERO,
    Band,
    Line,
    Priced,
    allowed_discount,
    best_price,
    discount_from_list,
    is_below_floor,
    reckon,
    rounded,
    spread,
)
from guanxi.kit.currencies import places as places_of

D = Decimal
PLACES = st.sampled_from([places_of(code) for code in ("JPY", "CNY", "KWD")])
PERCENT = st.decimals(0, 100, places=2)
LINES = st.lists(
    st.builds(
        Line,
        quantity=st.decimals(0, 10**6, places=4),
        price=st.decimals(0, 10**6, places=2),
        discount=PERCENT,
        tax_rate=st.one_of(st.sampled_from([D(0), D(6), D(9), D(13)]), PERCENT),
    ),
    max_size=30,
)


@given(LINES, PLACES, st.booleans(), PERCENT)
def test_papers_reconcile(lines: list[Line], places: int, included: bool, discount: Decimal) -> None:
    found, totals = reckon(lines, places=places, tax_included=included, discount=discount)
    assert len(found) == len(lines)
    assert totals.total == sum((r.gross for r in found), ZERO) == totals.net + totals.tax
    assert totals.subtotal - totals.discount == (totals.total if included else totals.net)
    assert sum((r.amount - r.share for r in found), ZERO) == totals.subtotal - totals.discount
    for amount in (*(x for r in found for x in (r.full, r.amount, r.share, r.net, r.tax)), *vars_of(totals)):
        assert amount >= 0
        assert amount == rounded(amount, places)


def vars_of(totals: object) -> list[Decimal]:
    return [getattr(totals, name) for name in ("subtotal", "discount", "net", "tax", "total")]


@given(LINES, PLACES, st.booleans())
def test_a_discount_of_a_hundred_leaves_nothing_and_one_of_nothing_changes_nothing(
    lines: list[Line], places: int, included: bool
) -> None:
    _, nothing = reckon(lines, places=places, tax_included=included, discount=HUNDRED)
    assert (nothing.total, nothing.tax, nothing.discount) == (0, 0, nothing.subtotal)
    plain, totals = reckon(lines, places=places, tax_included=included)
    assert all(r.share == 0 for r in plain)
    again, same = reckon(list(reversed(lines)), places=places, tax_included=included)
    assert (same, list(reversed(again))) == (totals, plain)


@given(st.lists(st.decimals(0, 10**9, places=2), max_size=60), st.data(), PLACES)
def test_shares_sum_to_the_whole_and_none_is_off_by_a_unit(
    weights: list[Decimal], data: st.DataObject, places: int
) -> None:
    weights = [rounded(w, places) for w in weights]
    whole = sum(weights, ZERO)
    amount = rounded(data.draw(st.decimals(0, whole, places=places)), places)
    shares = spread(amount, weights, places)
    if not weights:
        assert shares == []
        return
    assert sum(shares, ZERO) == amount
    unit = D(1).scaleb(-places)
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight
        assert not whole or abs(share - amount * weight / whole) < unit


@pytest.mark.parametrize(
    "line, places, included, net, tax",
    [
        (Line(D(3), D("9.99"), D(0), D(13)), 2, True, "26.52", "3.45"),  # 29.97 / 1.13 = 26.522…
        (Line(D(3), D("9.99"), D(0), D(13)), 2, False, "29.97", "3.90"),  # 3.8961
        (Line(D("0.5"), D("0.01"), D(0), D(0)), 2, True, "0.01", "0.00"),  # half a fen is a fen
        (Line(D(1), D("100.5"), D(0), D(10)), 0, False, "101", "10"),
        (Line(D(7), D("1.25"), D("12.5"), D(6)), 3, False, "7.656", "0.459"),  # 8.75 - 1.094
    ],
)
def test_lines_by_hand(line: Line, places: int, included: bool, net: str, tax: str) -> None:
    (found,), _ = reckon([line], places=places, tax_included=included)
    assert (found.net, found.tax) == (D(net), D(tax))


TODAY = date(2026, 5, 1)


def test_the_price_is_that_of_the_book_that_fits_best_and_of_the_quantity_reached() -> None:
    plain = [Priced(D(100)), Priced(D(90), from_quantity=D(10)), Priced(D(80), from_quantity=D(100))]
    assert best_price(plain, D(1), TODAY) == plain[0]
    assert best_price(plain, D(10), TODAY) == plain[1]
    assert best_price(plain, D("99.9999"), TODAY) == plain[1]
    for_them = Priced(D(95), rank=2)
    assert best_price([*plain, for_them], D(500), TODAY) == for_them
    assert best_price([], D(1), TODAY) is None


def test_prices_hold_on_their_first_and_last_day_and_no_other() -> None:
    may = Priced(D(9), starts=TODAY, ends=TODAY + timedelta(days=30))
    for days, holds in ((-1, False), (0, True), (30, True), (31, False)):
        assert (best_price([may], D(1), TODAY + timedelta(days=days)) is may) is holds


@given(st.lists(st.builds(Band, PERCENT, st.sampled_from([None, "member", "manager"]), st.sampled_from([None, "high", "low"]))))  # fmt: skip
def test_more_roles_never_allow_less(bands: list[Band]) -> None:
    few = allowed_discount(bands, ["member"], "high")
    more = allowed_discount(bands, ["member", "manager"], "high")
    assert few is None or (more is not None and more >= few)


def test_a_band_for_the_level_goes_before_that_for_all_levels() -> None:
    bands = [Band(D(20), "member"), Band(D(5), "member", "low"), Band(D(40), "manager")]
    assert allowed_discount(bands, ["member"], "high") == 20
    assert allowed_discount(bands, ["member"], "low") == 5
    assert allowed_discount(bands, ["member", "manager"], "low") == 40
    assert allowed_discount(bands, ["read_only"], "low") is None


def test_a_lower_price_is_a_discount_too() -> None:
    assert discount_from_list(D(100), D(80), D(0)) == 20
    assert discount_from_list(D(100), D(80), D(10)) == 28
    assert discount_from_list(D(100), D(120), D(0)) == 0
    assert discount_from_list(None, D(120), D(15)) == 15
    assert is_below_floor(D(70), D(80), D(13))
    assert not is_below_floor(D(70), D(80), D("12.5"))
    assert not is_below_floor(None, D(0), D(100))
