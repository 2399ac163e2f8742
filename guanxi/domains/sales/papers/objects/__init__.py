"""The objects of papers: importing the package declares them, one file each."""

from guanxi.domains.sales.papers.objects import clause, contract, quote

__all__ = ["clause", "contract", "quote"]
