"""The Django app of `engine.audit`."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the models of `engine.audit`, its recorder, its jobs and chores."""

    name = "guanxi.engine.audit"
    label = "audit"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("recorder", "tasks", "watching"):
            import_module(f"{self.name}.{part}")
