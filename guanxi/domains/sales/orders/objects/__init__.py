"""The standard objects of orders: importing the package declares them."""

from guanxi.domains.sales.orders.objects import sales_order

__all__ = ["sales_order"]
