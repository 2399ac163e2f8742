"""The Django app of `engine.views`."""

from importlib import import_module

from django.apps import AppConfig


class ViewsConfig(AppConfig):
    """Registers the models of `engine.views`, and what its views use."""

    name = "guanxi.engine.views"
    label = "views"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        import_module(f"{self.name}.usages")
        import_module(f"{self.name}.leaving")
        import_module(f"{self.name}.erasing")
