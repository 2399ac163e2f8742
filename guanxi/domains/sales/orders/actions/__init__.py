"""What people do with orders: importing the package registers it."""

from guanxi.domains.sales.orders.actions import making, order_moves

__all__ = ["making", "order_moves"]
