"""The Django app of `engine.notifications`."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Registers the models of `engine.notifications`, its hook on records and its chore."""

    name = "guanxi.engine.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("actions", "assignments", "watches", "erasing"):
            import_module(f"{self.name}.{part}")
