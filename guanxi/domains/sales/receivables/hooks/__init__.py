"""What happens when instalments, payments and their allocations are written: importing the package registers it."""

from guanxi.domains.sales.receivables.hooks import allocation, invoice, payment, payment_plan

__all__ = ["allocation", "invoice", "payment", "payment_plan"]
