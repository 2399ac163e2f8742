"""iCalendar (RFC 5545) as text: events, folded and escaped as calendars want them. Plain Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_OCTETS = 75
PRODUCT = "-//Guanxi//Calendar//ZH"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a calendar; `busy` says whether its time is taken."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    changed: datetime
    description: str = ""
    place: str = ""
    url: str = ""
    busy: bool = True


def calendar(name: str, zone: str, entries: Iterable[Entry], now: datetime) -> str:
    """A calendar called `name`; times are UTC, `zone` tells in which they are best shown."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
             f"X-WR-CALNAME:{text(name)}", f"X-WR-TIMEZONE:{zone}", "REFRESH-INTERVAL;VALUE=DURATION:PT30M",
             "X-PUBLISHED-TTL:PT30M"]  # fmt: skip
    for entry in entries:
        lines += _event(entry, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def text(value: str) -> str:
    """A value of type TEXT: control characters go, what means something to the format is escaped."""
    kept = "".join(c for c in value.replace("\r\n", "\n") if c == "\n" or (c >= " " and c != "\x7f"))
    return kept.translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, never within a character; those after the first begin with a space."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    yield piece


def _event(entry: Entry, now: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_utc(now)}",
        f"LAST-MODIFIED:{_utc(entry.changed)}",
        f"DTSTART:{_utc(entry.start)}",
        f"DTEND:{_utc(max(entry.start, entry.end))}",
        f"SUMMARY:{text(entry.summary)}",
    ]
    for name, value in (
        ("DESCRIPTION", text(entry.description)),
        ("LOCATION", text(entry.place)),
        ("URL", entry.url),
    ):
        if value:
            lines.append(f"{name}:{value}")
    return [*lines, f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}", "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
