"""The Django app of `engine.schema`."""

from importlib import import_module

from django.apps import AppConfig


class SchemaConfig(AppConfig):
    """Registers the models of `engine.schema`; declares people and teams as objects, and what uses what."""

    name = "guanxi.engine.schema"
    label = "schema"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("people", "own_usages", "ruling_usages"):
            import_module(f"{self.name}.{part}")
