"""Firms and doors for the tests of this folder."""

from tests.firms import firm, fresh_limits, make_firm, other_firm

__all__ = ["firm", "fresh_limits", "make_firm", "other_firm"]
