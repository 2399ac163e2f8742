"""The objects of papers: importing the package declares them, one file each."""

from guanxi.domains.sales.papers.objects import contract, quote

__all__ = ["contract", "quote"]
