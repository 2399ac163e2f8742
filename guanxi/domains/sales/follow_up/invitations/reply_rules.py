"""Reading the answer of a calendar (iTIP REPLY, RFC 5546 3.2.3) out of a mail. Plain Python.

*Rules*: the mail comes from anybody; what cannot be read is no answer. Three properties count, all else is left.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

ANSWERS = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}
_LINE = re.compile(
    r"^(?P<name>[A-Za-z-]+)(?P<parameters>(?:;(?:[^\":;]|\"[^\"]*\")*)*):(?P<value>.*)$", re.DOTALL
)
_PARTSTAT = re.compile(r";PARTSTAT=\"?([A-Za-z-]+)\"?(?=;|$)", re.IGNORECASE)
_MOST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers to the invitation `uid`, in its `sequence`, at a moment."""

    uid: str
    answer: str
    sequence: int
    at: datetime | None


def read_reply(raw: bytes) -> Reply | None:
    """The answer in a message, or None when it is something else or cannot be read."""
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        parts = (p for p in message.walk() if p.get_content_type() in ("text/calendar", "application/ics"))
        return next((found for part in parts if (found := _reply(_text(part)))), None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # the parser of the standard library gives up on some malformed messages in these ways


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > _MOST:
        return ""
    return content.decode(part.get_content_charset() or "utf-8", "replace")


def _reply(text: str) -> Reply | None:
    """The first event of a calendar whose method is REPLY."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    found: dict[str, str] = {}
    answer, inside = "", []
    for line in unfolded.splitlines():
        read = _LINE.match(line)
        if read is None:
            continue
        name, value = read["name"].upper(), read["value"].strip()
        if name == "BEGIN":
            inside.append(value.upper())
        elif name == "END":
            if inside and inside.pop() == "VEVENT":
                break
        elif inside[-1:] == ["VEVENT"] and name == "ATTENDEE":
            said = _PARTSTAT.search(read["parameters"])
            answer = answer or ANSWERS.get(said[1].upper() if said else "", "")
        elif inside in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            found.setdefault(name, value)
    if found.get("METHOD", "").upper() != "REPLY" or not answer or not found.get("UID"):
        return None
    number = found.get("SEQUENCE", "0")
    return Reply(
        found["UID"], answer, int(number) if number.isdecimal() else 0, _moment(found.get("DTSTAMP", ""))
    )


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
