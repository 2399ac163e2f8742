"""One line an event in the server's log, in UTC, with nothing in it that could pass for another line.

*Rules*: what people send (an address, a header) may hold line breaks and control characters; they are written as
escapes, so that nobody writes lines of their own into the log. Tracebacks follow indented, without what the
database tells of a row it refuses: that holds the row's values.
"""

import logging
import re
import time

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")

_ROW = re.compile(r"(DETAIL|CONTEXT|QUERY|LINE \d+):")
_GOES_ON = re.compile(r"(HINT:|Traceback \(|The above exception|During handling of)")


def escaped(text: str) -> str:
    """The text with its control characters written as escapes."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class LineFormatter(logging.Formatter):
    """`2026-11-22T06:00:00.123Z ERROR guanxi.part: message`."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name of the base class
        """The line itself."""
        record.message = escaped(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name of the base class
        """The traceback, each line indented."""
        text = super().formatException(ei)  # type: ignore[arg-type]
        return "\n".join("    " + escaped(line) for line in _without_rows(text.splitlines()))


def _without_rows(lines: list[str]) -> list[str]:
    """The lines but for details of the database (values and statements), whose lines may be many."""
    kept, telling = [], False
    for line in lines:
        telling = (telling or bool(_ROW.match(line))) and not _GOES_ON.match(line)
        if not telling:
            kept.append(line)
    return kept
