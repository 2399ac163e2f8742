"""Firms for the tests of this folder."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.firms import Door, Firm, deliver, firm, fresh_limits, make_firm, other_firm

__all__ = ["deliver", "door", "fields_of", "firm", "fresh_limits", "make_firm", "other_firm"]

Fields = Callable[[str], dict[str, Any]]


@pytest.fixture
def door(firm: Firm) -> Door:
    """An administrator's, with an object `thing`."""
    found = firm.door()
    made = found.post("/meta/objects", {"key": "thing", "label": "Thing"})
    assert made.status_code == 201, made.data
    return found


@pytest.fixture
def fields_of(door: Door) -> Fields:
    """The fields of an object by key, as the designer sees them."""

    def read(key: str) -> dict[str, Any]:
        return {f["key"]: f for f in door.get(f"/meta/objects/{key}/design").data["fields"]}

    return read
