"""The Django app of `engine.finder`."""

from django.apps import AppConfig


class FinderConfig(AppConfig):
    """Registers the models of `engine.finder`."""

    name = "guanxi.engine.finder"
    label = "finder"
