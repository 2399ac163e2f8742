"""Reading the answer of a calendar (iTIP REPLY and COUNTER, RFC 5546 3.2.3 and 3.2.7) out of a mail. Plain Python.

*Rules*: the mail comes from anybody; what cannot be read is no answer. A few properties count, all else is left.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from guanxi.domains.sales.follow_up.invitations.moments import Moments

ANSWERS = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}
REPLY, COUNTER = "REPLY", "COUNTER"
_LINE = re.compile(
    r"^(?P<name>[A-Za-z-]+)(?P<parameters>(?:;(?:[^\":;]|\"[^\"]*\")*)*):(?P<value>.*)$", re.DOTALL
)
_PARTSTAT = re.compile(r";PARTSTAT=\"?([A-Za-z-]+)\"?(?=;|$)", re.IGNORECASE)
_MOST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers to the invitation `uid`, in its `sequence`, at a moment; and the time they propose."""

    uid: str
    answer: str
    sequence: int
    at: datetime | None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(slots=True)
class _Read:
    """What was read of a calendar: the properties of its first event, and where its times are told."""

    found: dict[str, str] = field(default_factory=dict)
    answer: str = ""
    moments: Moments = field(default_factory=Moments)


def read_reply(raw: bytes) -> Reply | None:
    """The answer in a message, or None when it is something else or cannot be read."""
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        parts = (p for p in message.walk() if p.get_content_type() in ("text/calendar", "application/ics"))
        return next((found for part in parts if (found := _reply(_text(part)))), None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        return None  # the parser of the standard library gives up on some malformed messages in these ways


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > _MOST:
        return ""
    return content.decode(part.get_content_charset() or "utf-8", "replace")


def _reply(text: str) -> Reply | None:
    """The first event of a calendar whose method is REPLY, or COUNTER with a time."""
    read = _read(re.sub(r"\r?\n[ \t]", "", text))
    found, method = read.found, read.found.get("METHOD", "").upper()
    if method not in (REPLY, COUNTER) or not found.get("UID"):
        return None
    start, end = read.moments.span() if method == COUNTER else (None, None)
    if start is None and not read.answer:
        return None
    number = found.get("SEQUENCE", "0")
    return Reply(
        found["UID"], read.answer, int(number) if number.isdecimal() else 0, _stamp(found.get("DTSTAMP", "")),
        start, end,
    )  # fmt: skip


def _read(unfolded: str) -> _Read:
    read, inside = _Read(), list[str]()
    for line in unfolded.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        name, value = match["name"].upper(), match["value"].strip()
        if name == "BEGIN":
            inside.append(value.upper())
        elif name == "END":
            if inside and inside.pop() == "VEVENT":
                break
        elif inside[-1:] == ["VEVENT"] and name == "ATTENDEE":
            said = _PARTSTAT.search(match["parameters"])
            read.answer = read.answer or ANSWERS.get(said[1].upper() if said else "", "")
        elif inside in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            read.found.setdefault(name, value)
            read.moments.take(name, match["parameters"], value)
        elif "VTIMEZONE" in inside:
            read.moments.zone(name, value)
    return read


def _stamp(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
