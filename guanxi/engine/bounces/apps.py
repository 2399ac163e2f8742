"""The Django app of `engine.bounces`."""

from importlib import import_module

from django.apps import AppConfig


class BouncesConfig(AppConfig):
    """Registers the models of `engine.bounces` and its chore."""

    name = "guanxi.engine.bounces"
    label = "bounces"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.taking")
