"""What other domains may use of customers: the choices they share, whom to write to, and keeping contact dates."""

from guanxi.domains.customers.addressees import Addressee, addressees
from guanxi.domains.customers.contacting import Contacted, mark_contacted
from guanxi.domains.customers.options import INDUSTRIES, SOURCES, TIERS
from guanxi.domains.customers.pooling import POOL, REASONS, RULED, Pooled, pool_fields

__all__ = [
    "INDUSTRIES",
    "POOL",
    "REASONS",
    "RULED",
    "SOURCES",
    "TIERS",
    "Addressee",
    "Contacted",
    "Pooled",
    "addressees",
    "mark_contacted",
    "pool_fields",
]
