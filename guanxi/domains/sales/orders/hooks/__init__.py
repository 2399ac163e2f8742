"""What happens when orders are written: importing the package registers it."""

from guanxi.domains.sales.orders.hooks import sales_order

__all__ = ["sales_order"]
