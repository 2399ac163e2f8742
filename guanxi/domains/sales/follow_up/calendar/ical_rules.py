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
    head = [f"X-WR-CALNAME:{text(name)}", f"X-WR-TIMEZONE:{zone}", "REFRESH-INTERVAL;VALUE=DURATION:PT30M",
            "X-PUBLISHED-TTL:PT30M"]  # fmt: skip
    return _whole("PUBLISH", head, [line for entry in entries for line in _event(entry, now)])


@dataclass(frozen=True, slots=True)
class Invited:
    """Who asks whom: names as calendars show them, addresses, and how often this was sent before."""

    organizer: str
    organizer_address: str
    guest: str
    guest_address: str
    sequence: int


def invitation(entry: Entry, invited: Invited, now: datetime, *, method: str = "REQUEST") -> str:
    """An event that somebody is asked to, is asked to no more, or whose time stays although they would have another
    (iTIP, RFC 5546 3.2.2, 3.2.5, 3.2.8): one guest a message.
    """
    guest = f"ATTENDEE;CN={quoted(invited.guest)}"
    more = [
        f"SEQUENCE:{invited.sequence}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        f"ORGANIZER;CN={quoted(invited.organizer)}:mailto:{invited.organizer_address}",
        f"{guest};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{invited.guest_address}",
    ]
    lines = _event(entry, now)
    return _whole(method, [], [*lines[:-1], *more, lines[-1]])


def quoted(value: str) -> str:
    """A parameter's value between quotes, which can hold neither quotes nor control characters (RFC 5545 3.2)."""
    return '"' + "".join(c for c in value if c >= " " and c not in '"\x7f') + '"'


def _whole(method: str, head: Iterable[str], body: Iterable[str]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}", *head,
             *body, "END:VCALENDAR"]  # fmt: skip
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
