"""Firms and doors for the tests of this folder."""

import pytest

from tests.firms import Door, Firm, firm, fresh_limits, make_firm, other_firm

__all__ = ["firm", "fresh_limits", "make_firm", "other_firm"]


@pytest.fixture
def boss(firm: Firm) -> Door:
    """The administrator's browser."""
    return firm.door()
