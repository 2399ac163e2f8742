"""The Django app of `engine.privacy`."""

from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the models of `engine.privacy` and its kinds of audit entry."""

    name = "guanxi.engine.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("fields", "ledger", "retiring", "usages"):
            import_module(f"{self.name}.{part}")
