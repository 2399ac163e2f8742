"""The standard objects of orders: importing the package declares them, one file each."""

from guanxi.domains.sales.orders.objects import delivery, sales_order, sales_return

__all__ = ["delivery", "sales_order", "sales_return"]
