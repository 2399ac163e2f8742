"""The Django app of `engine.identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the models of `engine.identity`."""

    name = "guanxi.engine.identity"
    label = "identity"
