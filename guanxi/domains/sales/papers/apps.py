"""The Django app of `domains.sales.papers`."""

from importlib import import_module

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Registers the tables of quotes; declares their objects, hooks and actions."""

    name = "guanxi.domains.sales.papers"
    label = "sales_papers"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("objects", "hooks", "actions", "renewing", "erasing", "reports", "views"):
            import_module(f"{self.name}.{part}")
