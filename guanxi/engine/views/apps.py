"""The Django app of `engine.views`."""

from django.apps import AppConfig


class ViewsConfig(AppConfig):
    """Registers the models of `engine.views`."""

    name = "guanxi.engine.views"
    label = "views"
