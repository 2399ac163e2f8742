"""What people do with papers: importing the package registers it."""

from guanxi.domains.sales.papers.actions import (
    clauses,
    contract_making,
    contract_moves,
    quote_making,
    quote_moves,
)

__all__ = ["clauses", "contract_making", "contract_moves", "quote_making", "quote_moves"]
