"""What other domains may use of customers: the choices they share."""

from guanxi.domains.customers.options import INDUSTRIES, SOURCES, TIERS

__all__ = ["INDUSTRIES", "SOURCES", "TIERS"]
