"""The Django app of `domains.sales.assignment`."""

from importlib import import_module

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """Registers the models of `domains.sales.assignment`, its hooks, actions and what a leaver leaves."""

    name = "guanxi.domains.sales.assignment"
    label = "sales_assignment"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("hooks", "actions", "leaving", "usages", "erasing"):
            import_module(f"{self.name}.{part}")
