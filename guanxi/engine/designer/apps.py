"""The Django app of `engine.designer`."""

from importlib import import_module

from django.apps import AppConfig


class DesignerConfig(AppConfig):
    """Registers the models of `engine.designer`, its kinds of tasks, its jobs and its chore."""

    name = "guanxi.engine.designer"
    label = "designer"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("uniqueness", "replacing", "converting", "purging", "sealing", "tasks", "erasing"):
            import_module(f"{self.name}.{part}")
