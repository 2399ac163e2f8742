"""What the firm would call its rules about customers and contacts; plain Python.

*See*: hooks.py, where they are applied to records being written.
"""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

_SIZE_FROM = (
    (5000, "5000+"),
    (1000, "1000-4999"),
    (300, "300-999"),
    (100, "100-299"),
    (20, "20-99"),
    (1, "1-19"),
)


def size_of(employees: Decimal | int) -> str | None:
    """The size class of a number of employees; None for none."""
    return next((size for low, size in _SIZE_FROM if employees >= low), None)


def full_name(family: str | None, given: str | None) -> str | None:
    """A name from its parts: 罗建国, but Ada Lovelace; None when there are none."""
    parts = [part for part in (given, family) if part]
    if not parts:
        return None
    if all(is_chinese(part) for part in parts):
        return f"{family or ''}{given or ''}"
    return " ".join(parts)


def is_chinese(text: str) -> bool:
    """True when every letter of the text is a Chinese character."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all("\u3400" <= letter <= "\u9fff" for letter in letters)


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of the moments that are known."""
    known = [moment for moment in moments if moment is not None]
    return max(known) if known else None


def next_contact(
    planned: datetime | None, contacted: datetime | None, agreed: datetime | None, zone: ZoneInfo
) -> datetime | None:
    """When to be in touch again: what was agreed now; else what was planned, unless it is done with.

    A plan is done with once they were contacted on its day (in the firm's zone) or later.
    """
    if agreed is not None or planned is None or contacted is None:
        return agreed or planned
    is_done = planned.astimezone(zone).date() <= contacted.astimezone(zone).date()
    return None if is_done else planned
