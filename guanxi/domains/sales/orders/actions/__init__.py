"""What people do with orders, deliveries and returns: importing the package registers it."""

from guanxi.domains.sales.orders.actions import making, movement_moves, moving, order_moves

__all__ = ["making", "movement_moves", "moving", "order_moves"]
