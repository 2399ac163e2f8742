"""The Django app of `domains.sales.targets`."""

from importlib import import_module

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Registers the models of `domains.sales.targets`, what can be a target, and what a leaver leaves."""

    name = "guanxi.domains.sales.targets"
    label = "sales_targets"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("measured", "usages", "erasing"):
            import_module(f"{self.name}.{part}")
