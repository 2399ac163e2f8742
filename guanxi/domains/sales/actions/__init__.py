"""The verbs of sales: importing the package registers them."""

from guanxi.domains.sales.actions import convert_lead, tasks

__all__ = ["convert_lead", "tasks"]
