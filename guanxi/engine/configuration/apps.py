"""The Django app of `engine.configuration`."""

from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    """Registers the models of `engine.configuration`."""

    name = "guanxi.engine.configuration"
    label = "configuration"
