"""Firms and doors for the tests of this folder, and files to import."""

import pytest

from tests.engine.transfer.desk import Desk
from tests.firms import Firm, firm, fresh_limits, make_firm, other_firm

__all__ = ["firm", "fresh_limits", "make_firm", "other_firm"]


@pytest.fixture
def desk(firm: Firm) -> Desk:
    """The administrator of a firm at the import page."""
    return Desk(firm.door())
