"""The Django app of `engine.records`."""

from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the models of `engine.records`, the actions every object has, files, its jobs and chores."""

    name = "guanxi.engine.records"
    label = "records"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        parts = (
            "builtin_actions",
            "confirming",
            "expiring",
            "files",
            "marks",
            "query.conditions",
            "rotating",
            "rollups.declaring",
            "store.change_sets",
            "store.erasing",
            "store.purging",
            "tasks",
            "watching",
        )
        for part in parts:
            import_module(f"{self.name}.{part}")
