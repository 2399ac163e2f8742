"""The Django app of `config.backup`."""

from importlib import import_module

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Registers the table of runs, and what is done after a restore."""

    name = "guanxi.config.backup"
    label = "backup"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.erasures")
