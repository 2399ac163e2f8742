"""What other domains may use of customers: the choices they share, and keeping contact dates."""

from guanxi.domains.customers.contacting import Contacted, mark_contacted
from guanxi.domains.customers.options import INDUSTRIES, SOURCES, TIERS

__all__ = ["INDUSTRIES", "SOURCES", "TIERS", "Contacted", "mark_contacted"]
