"""What happens when instalments, payments, their allocations and orders are written: importing the package registers it."""

from guanxi.domains.sales.receivables.hooks import allocation, invoice, order, payment, payment_plan

__all__ = ["allocation", "invoice", "order", "payment", "payment_plan"]
