"""What happens when leads, deals and activities are written: importing the package registers it."""

from guanxi.domains.sales.hooks import activities, lead, opportunity, opportunity_items

__all__ = ["activities", "lead", "opportunity", "opportunity_items"]
