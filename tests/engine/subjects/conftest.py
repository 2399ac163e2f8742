"""Firms and doors for the tests of this folder."""

from tests.firms import deliver, firm, fresh_limits, make_firm, other_firm

__all__ = ["deliver", "firm", "fresh_limits", "make_firm", "other_firm"]
