"""The Django app of `engine.dashboards`."""

from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Registers the table of dashboards, and what dashboards use."""

    name = "guanxi.engine.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("usages", "leaving", "erasing"):
            import_module(f"{self.name}.{part}")
