"""The Django app of `engine.records`."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the models of `engine.records`."""

    name = "guanxi.engine.records"
    label = "records"
