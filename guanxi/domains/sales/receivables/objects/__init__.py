"""The objects of receivables: importing the package declares them, one file each."""

from guanxi.domains.sales.receivables.objects import payment, payment_plan

__all__ = ["payment", "payment_plan"]
