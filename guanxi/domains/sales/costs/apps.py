"""The Django app of `domains.sales.costs`."""

from importlib import import_module

from django.apps import AppConfig


class CostsConfig(AppConfig):
    """Registers the table of expenses; declares their object, hooks and moves."""

    name = "guanxi.domains.sales.costs"
    label = "sales_costs"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("expense", "hooks", "moves", "reports"):
            import_module(f"{self.name}.{part}")
