"""The Django app of `domains.templates`."""

from importlib import import_module

from django.apps import AppConfig


class TemplatesConfig(AppConfig):
    """Registers the industry templates that ship with Guanxi."""

    name = "guanxi.domains.templates"
    label = "industry_templates"

    def ready(self) -> None:
        """The registry is there: fill it, in the order in which they are offered."""
        for part in ("b2b", "retail", "education", "manufacturing", "real_estate"):
            import_module(f"{self.name}.{part}")
