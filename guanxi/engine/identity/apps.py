"""The Django app of `engine.identity`."""

from importlib import import_module

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the models of `engine.identity`."""

    name = "guanxi.engine.identity"
    label = "identity"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.leaving")
        import_module(f"{self.name}.erasing")
        import_module(f"{self.name}.exact_passwords")
