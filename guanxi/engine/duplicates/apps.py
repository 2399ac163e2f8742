"""The Django app of `engine.duplicates`."""

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    """Registers the models of `engine.duplicates`."""

    name = "guanxi.engine.duplicates"
    label = "duplicates"
