"""What people do with instalments, payments, invoices and credit: importing the package registers it."""

from guanxi.domains.sales.receivables.actions import credit, invoices, payments, plans

__all__ = ["credit", "invoices", "payments", "plans"]
