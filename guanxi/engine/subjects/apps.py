"""The Django app of `engine.subjects`."""

from importlib import import_module

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """Registers the models of `engine.subjects`, its holds, jobs, chores and erasers."""

    name = "guanxi.engine.subjects"
    label = "subjects"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("consents", "holds", "keeping", "places", "outside", "tasks", "watching"):
            import_module(f"{self.name}.{part}")
