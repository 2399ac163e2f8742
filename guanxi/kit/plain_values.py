"""Plain values out of texts that anybody may have written: whole numbers, moments.

*Rules*: None for whatever the rest of the program could not work with; `str.isdigit` is true of “²”, and
a moment of the year 1 with an offset has no place in any calendar.
"""

from datetime import UTC, datetime


def whole_number(text: object, *, digits: int = 9) -> int | None:
    """The number that at most `digits` ASCII digits spell, or None."""
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > digits:
        return None
    return int(text)


def moment(text: object) -> datetime | None:
    """The moment in an ISO text with an offset, in UTC, or None."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
