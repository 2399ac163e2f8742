"""The Django app of `engine.tenancy`."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from guanxi.engine.tenancy.moments import read_moments_quickly


class TenancyConfig(AppConfig):
    """Registers the models of `engine.tenancy`."""

    name = "guanxi.engine.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Have connections read moments the quick way."""
        connection_created.connect(read_moments_quickly, dispatch_uid="moments")
