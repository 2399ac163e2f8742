"""What orders, invoices and others use of papers: states as data, their shared fields, copies of their lines.

*See*: states.py, approving.py, agreed.py, copying.py, paper_fields.py.
"""

from guanxi.domains.sales.papers.agreed import not_agreed
from guanxi.domains.sales.papers.approving import has_items, lines_of, price_rule
from guanxi.domains.sales.papers.copying import make_paper
from guanxi.domains.sales.papers.paper_fields import MONEY, money_fields, party_fields, status_field
from guanxi.domains.sales.papers.states import Machine, Move, check_state, locked_row, may_decide

__all__ = [
    "MONEY",
    "Machine",
    "Move",
    "check_state",
    "has_items",
    "lines_of",
    "locked_row",
    "make_paper",
    "may_decide",
    "money_fields",
    "not_agreed",
    "party_fields",
    "price_rule",
    "status_field",
]
