"""How lines stand: whatever goes out and comes back, nothing gets lost and nothing appears."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.orders.rules import Standing, share, status_of

D = Decimal
SOME = st.decimals(0, 10**6, places=4)


@given(st.lists(SOME, min_size=6, max_size=6))
def test_what_was_ordered_is_delivered_came_back_is_planned_or_left(some: list[Decimal]) -> None:
    line = Standing(*some)
    assert line.delivered + line.returned + line.planned + line.left == line.ordered
    assert line.unshipped == line.ordered - line.delivered - line.returned
    assert line.returnable == line.shipped - line.refunded - line.exchanged - line.announced


def test_an_order_is_delivered_when_everything_has_left_and_arrived() -> None:
    line = Standing(D(10))
    assert status_of([line], on_the_way=True) == "confirmed"
    line.shipped = D(4)
    assert status_of([line], on_the_way=False) == "in_delivery"
    line.shipped = D(10)
    assert status_of([line], on_the_way=True) == "in_delivery"
    assert status_of([line], on_the_way=False) == "delivered"
    line.exchanged = D(1)
    assert status_of([line], on_the_way=False) == "in_delivery"
    line.exchanged, line.refunded = D(0), D(1)
    assert status_of([line], on_the_way=False) == "delivered"


@given(st.decimals(0, 10**8, places=2), st.integers(1, 9999), st.data())
def test_shares_of_a_line_never_exceed_it_and_all_of_it_is_all_of_it(
    amount: Decimal, whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    found = share(amount, D(part), D(whole), 2)
    assert D(0) <= found <= amount
    assert share(amount, D(whole), D(whole), 2) == amount
    assert share(amount, D(0), D(0), 2) == 0
