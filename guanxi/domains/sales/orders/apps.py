"""The Django app of `domains.sales.orders`."""

from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Registers the tables of orders; declares their objects, hooks and actions."""

    name = "guanxi.domains.sales.orders"
    label = "sales_orders"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("objects", "hooks", "actions", "erasing"):
            import_module(f"{self.name}.{part}")
