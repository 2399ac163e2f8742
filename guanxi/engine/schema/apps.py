"""The Django app of `engine.schema`."""

from django.apps import AppConfig


class SchemaConfig(AppConfig):
    """Registers the models of `engine.schema`."""

    name = "guanxi.engine.schema"
    label = "schema"
