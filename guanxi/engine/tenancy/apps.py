"""The Django app of `engine.tenancy`."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Registers the models of `engine.tenancy`."""

    name = "guanxi.engine.tenancy"
    label = "tenancy"
