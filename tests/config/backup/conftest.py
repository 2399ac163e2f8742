"""Firms for the tests of backups."""

from tests.firms import firm, make_firm, other_firm

__all__ = ["firm", "make_firm", "other_firm"]
