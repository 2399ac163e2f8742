"""The Django app of `domains.customers`."""

from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the models of `domains.customers`; declares its objects, hooks and actions."""

    name = "guanxi.domains.customers"
    label = "customers"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("objects", "hooks", "actions", "reports"):
            import_module(f"{self.name}.{part}")
