"""The Django app of `engine.changes`."""

from importlib import import_module

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Registers the models of `engine.changes` and its chore."""

    name = "guanxi.engine.changes"
    label = "changes"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("jobs", "erasing"):
            import_module(f"{self.name}.{part}")
