"""The Django app of `domains.sales.pricing`."""

from importlib import import_module

from django.apps import AppConfig


class PricingConfig(AppConfig):
    """Registers price books, bands and rates; declares their objects and hooks."""

    name = "guanxi.domains.sales.pricing"
    label = "sales_pricing"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("objects", "hooks"):
            import_module(f"{self.name}.{part}")
