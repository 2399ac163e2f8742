"""The Django app of `engine.duplicates`."""

from importlib import import_module

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    """Registers the models of `engine.duplicates`."""

    name = "guanxi.engine.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.leaving")
        import_module(f"{self.name}.erasing")
