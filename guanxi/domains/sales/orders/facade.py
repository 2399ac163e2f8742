"""What other topics use of orders: the seam that holds them.

`before_confirm.append(check)`: `check(ctx, order) -> list[Reason]` is asked whenever an order is to be confirmed.
"""

from guanxi.domains.sales.orders.confirming import Check, before_confirm

__all__ = ["Check", "before_confirm"]
