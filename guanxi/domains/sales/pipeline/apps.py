"""The Django app of `domains.sales.pipeline`."""

from importlib import import_module

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Registers what stages ask of deals, where deals have stood, and whose revenue they are."""

    name = "guanxi.domains.sales.pipeline"
    label = "sales_pipeline"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in ("splits", "gates", "entering", "stays", "filling"):
            import_module(f"{self.name}.{part}")
