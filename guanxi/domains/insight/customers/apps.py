"""The Django app of `domains.insight.customers`."""

from importlib import import_module

from django.apps import AppConfig


class CustomerInsightConfig(AppConfig):
    """Registers the models of `domains.insight.customers`, the fields it gives customers, and how people are erased."""

    name = "guanxi.domains.insight.customers"
    label = "insight_customers"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("fields", "erasing"):
            import_module(f"{self.name}.{part}")
        import_module("guanxi.domains.insight.lake.erasing")
