"""What happens when prices are written: importing the package registers it."""

from guanxi.domains.sales.pricing.hooks import in_use, naming

__all__ = ["in_use", "naming"]
