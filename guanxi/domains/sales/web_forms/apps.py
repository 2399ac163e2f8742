"""The Django app of `domains.sales.web_forms`."""

from importlib import import_module

from django.apps import AppConfig


class WebFormsConfig(AppConfig):
    """Registers the models of `domains.sales.web_forms`, its chore and where it holds texts."""

    name = "guanxi.domains.sales.web_forms"
    label = "sales_web_forms"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("chores", "usages", "erasing"):
            import_module(f"{self.name}.{part}")
