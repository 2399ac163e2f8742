"""The Django app of `engine.finder`."""

from importlib import import_module

from django.apps import AppConfig


class FinderConfig(AppConfig):
    """Registers the models of `engine.finder`."""

    name = "guanxi.engine.finder"
    label = "finder"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("change_source", "erasing"):
            import_module(f"{self.name}.{part}")
