"""What happens when instalments, payments and their allocations are written: importing the package registers it."""

from guanxi.domains.sales.receivables.hooks import allocation, payment, payment_plan

__all__ = ["allocation", "payment", "payment_plan"]
