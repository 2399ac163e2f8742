"""The Django app of `engine.quality`."""

from importlib import import_module

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Registers the models of `engine.quality`, its chore, its job and the repairs."""

    name = "guanxi.engine.quality"
    label = "quality"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("snapshots", "tasks"):
            import_module(f"{self.name}.{part}")
