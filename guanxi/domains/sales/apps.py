"""The Django app of `domains.sales`."""

from importlib import import_module

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Registers the models of `domains.sales`; declares its objects, hooks, actions and first pipeline."""

    name = "guanxi.domains.sales"
    label = "sales"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("objects", "hooks", "actions", "pipelines", "watch_tasks", "reports", "dashboards"):
            import_module(f"{self.name}.{part}")
