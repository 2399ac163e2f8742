"""What happens when prices are written: importing the package registers it."""

from guanxi.domains.sales.pricing.hooks import naming

__all__ = ["naming"]
