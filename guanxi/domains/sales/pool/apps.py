"""The Django app of `domains.sales.pool`."""

from importlib import import_module

from django.apps import AppConfig


class PoolConfig(AppConfig):
    """Registers the models of public pools, their way to records, hooks, actions, chore and job."""

    name = "guanxi.domains.sales.pool"
    label = "sales_pool"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("sight", "hooks", "actions", "tasks", "usages", "erasing"):
            import_module(f"{self.name}.{part}")
