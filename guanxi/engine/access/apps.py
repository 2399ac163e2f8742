"""The Django app of `engine.access`."""

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers what identity cannot know: what roles give."""

    name = "guanxi.engine.access"
    label = "access"

    def ready(self) -> None:
        """Complete every standing with what the person's roles give."""
        import_module(f"{self.name}.granting")
        import_module(f"{self.name}.leaving")
        import_module(f"{self.name}.usages")
