"""What happens when orders, deliveries and returns are written: importing the package registers it."""

from guanxi.domains.sales.orders.hooks import movements, sales_order

__all__ = ["movements", "sales_order"]
