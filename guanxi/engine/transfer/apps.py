"""The Django app of `engine.transfer`."""

from importlib import import_module

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """Registers the models of `engine.transfer`, and imports among people's changes."""

    name = "guanxi.engine.transfer"
    label = "transfer"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.change_source")
        import_module(f"{self.name}.leaving")
        import_module(f"{self.name}.erasing")
