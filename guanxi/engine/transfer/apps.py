"""The Django app of `engine.transfer`."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """Registers the models of `engine.transfer`."""

    name = "guanxi.engine.transfer"
    label = "transfer"
