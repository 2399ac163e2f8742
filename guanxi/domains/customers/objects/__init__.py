"""The objects of this domain: importing the package declares them, one file each."""

from guanxi.domains.customers.objects import contact, customer

__all__ = ["contact", "customer"]
