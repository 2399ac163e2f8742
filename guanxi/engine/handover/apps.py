"""The Django app of `engine.handover`."""

from importlib import import_module

from django.apps import AppConfig


class HandOverConfig(AppConfig):
    """Registers the model of `engine.handover`, and hand-overs among people's changes."""

    name = "guanxi.engine.handover"
    label = "handover"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.undoing")
        import_module(f"{self.name}.erasing")
