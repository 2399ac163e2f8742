"""The times of an event as other calendar programs write them (RFC 5545 3.3.5). Plain Python.

*Rules*: UTC, a zone of the IANA database, or a zone of their own that has one offset all year. Times of no zone,
whole days, and zones that cannot be told are no times: nobody is put an hour off by a guess.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=31)
_TZID = re.compile(r";TZID=\"?([^\";:]+)\"?(?=;|$)", re.IGNORECASE)
_OFFSET = re.compile(r"^([+-])(\d{2})(\d{2})(?:\d{2})?$")
_DURATION = re.compile(r"^P(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,5}S)?)?)$")


@dataclass(slots=True)
class Moments:
    """Start, end and zones, as they are read line by line; zones may stand before or after what uses them."""

    said: dict[str, tuple[str, str]] = field(default_factory=dict)
    offsets: dict[str, set[str]] = field(default_factory=dict)
    current: str = ""

    def take(self, name: str, parameters: str, value: str) -> None:
        """Note a property of the event, when it is one of time."""
        if name in ("DTSTART", "DTEND", "DURATION"):
            self.said.setdefault(name, (parameters, value))

    def zone(self, name: str, value: str) -> None:
        """Note what a zone of the calendar itself says."""
        if name == "TZID":
            self.current = value
        elif name == "TZOFFSETTO":
            self.offsets.setdefault(self.current, set()).add(value)

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Start and end; `(None, None)` without a start, or where they make no sense. An end may be missing."""
        start, end = self._moment("DTSTART"), self._moment("DTEND")
        if start is not None and end is None:
            lasts = self._lasts()
            end = start + lasts if lasts else None
        if start is None or (end is not None and not timedelta() < end - start <= LONGEST):
            return None, None
        return start, end

    def _moment(self, name: str) -> datetime | None:
        parameters, value = self.said.get(name, ("", ""))
        try:
            if value.endswith("Z"):
                return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            named = _TZID.search(parameters)
            zone = self._zone(named[1].strip()) if named else None
            if zone is None:
                return None
            return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def _zone(self, key: str) -> tzinfo | None:
        own = {match.groups() for each in self.offsets.get(key, ()) if (match := _OFFSET.match(each))}
        if len(own) == 1:
            ((sign, hours, minutes),) = own
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            return timezone(-offset if sign == "-" else offset)
        try:
            return ZoneInfo(key)
        except (OSError, ValueError, KeyError):
            return None

    def _lasts(self) -> timedelta | None:
        match = _DURATION.match(self.said.get("DURATION", ("", ""))[1])
        if match is None:
            return None
        weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes) or None
