"""A firm with goods on its shelf, for the tests of papers."""

from typing import Any

import pytest

from tests.domains.conftest import deliver, firm, fresh_limits, make_firm, office, other_firm
from tests.firms import Door, Firm

__all__ = ["boss", "deliver", "firm", "fresh_limits", "made", "make_firm", "office", "other_firm"]


@pytest.fixture
def boss(firm: Firm) -> Door:
    """The administrator's browser."""
    return firm.door()


def made(door: Door, object_key: str, **values: Any) -> dict[str, Any]:
    """A record that the door makes."""
    answer = door.post(f"/{object_key}", values)
    assert answer.status_code == 201, answer.data
    found: dict[str, Any] = answer.data
    return found
