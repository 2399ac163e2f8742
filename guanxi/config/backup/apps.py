"""The Django app of `config.backup`."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Registers the table of runs."""

    name = "guanxi.config.backup"
    label = "backup"
