"""The objects of this domain: importing the package declares them, one file each."""

from guanxi.domains.sales.objects import call, event, lead, note, opportunity, product, task

__all__ = ["call", "event", "lead", "note", "opportunity", "product", "task"]
