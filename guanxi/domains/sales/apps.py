"""The Django app of `domains.sales`."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Registers the models of `domains.sales`."""

    name = "guanxi.domains.sales"
    label = "sales"
