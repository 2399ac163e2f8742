"""The Django app of `domains.sales.receivables`."""

from importlib import import_module

from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    """Registers the tables of instalments, payments and invoices; declares their objects, hooks and actions."""

    name = "guanxi.domains.sales.receivables"
    label = "sales_receivables"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("objects", "hooks", "actions", "overdue", "measured", "reports"):
            import_module(f"{self.name}.{part}")
