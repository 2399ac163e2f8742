"""What people do with instalments and payments: importing the package registers it."""

from guanxi.domains.sales.receivables.actions import payments, plans

__all__ = ["payments", "plans"]
