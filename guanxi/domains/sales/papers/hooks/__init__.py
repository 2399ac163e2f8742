"""What happens when papers are written: importing the package registers it."""

from guanxi.domains.sales.papers.hooks import contract, quote

__all__ = ["contract", "quote"]
