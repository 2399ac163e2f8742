"""The objects of receivables: importing the package declares them, one file each."""

from guanxi.domains.sales.receivables.objects import invoice, payment, payment_plan

__all__ = ["invoice", "payment", "payment_plan"]
