"""The Django app of `domains.customers`."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the models of `domains.customers`."""

    name = "guanxi.domains.customers"
    label = "customers"
