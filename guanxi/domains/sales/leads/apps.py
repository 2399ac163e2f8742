"""The Django app of `domains.sales.leads`."""

from importlib import import_module

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Registers what happens to leads from coming in to being closed; they themselves are `domains.sales`'s."""

    name = "guanxi.domains.sales.leads"
    label = "sales_leads"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("clock", "actions", "views"):
            import_module(f"{self.name}.{part}")
