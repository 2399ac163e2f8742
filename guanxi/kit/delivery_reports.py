"""Reports that a mail could not be delivered (RFC 3464), and what their status means (RFC 3463).

*How it works*: `read_report` looks for a part `message/delivery-status` and for the Message-ID of the mail that it is
about, which stands in the headers sent back with it. A report cut off after that is read as well.

*Rules*: the report comes from anybody, so nothing in it is believed but the numbers, and a message that cannot be
read is none. Who asks decides whether the mail was theirs. Only what was given up counts: of a delay nobody knows
how it ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser, Parser
from email.policy import compat32

from guanxi.kit.text import Text

_STATUS = re.compile(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"^\s*smtp\s*;\s*([45])\d\d\b", re.IGNORECASE)
_ID = re.compile(r"<[^<>\s]{1,500}>")
_MOST_IDS = 20
# What was wrong with this mail or with who sent it: protocol, content, policy, size. The address may be right.
_OF_THE_MAIL = re.compile(r"^5\.([567]\.\d+|2\.3|3\.4)$")

_REASONS = (
    ("1.2", Text("对方的邮件域名不存在", "there is no such mail domain")),
    ("1.8", Text("发件人地址不被接受", "the sender was not accepted")),
    ("1", Text("没有这个邮箱", "there is no such mailbox")),
    ("2.1", Text("对方邮箱已停用", "the mailbox is disabled")),
    ("2.2", Text("对方邮箱已满", "the mailbox is full")),
    ("2", Text("对方邮箱不收这封邮件", "the mailbox did not take it")),
    ("3", Text("对方的邮件系统出错", "the other mail system failed")),
    ("4", Text("连不上对方的邮件服务器", "the other mail server was not reached")),
    ("7", Text("对方拒收", "it was refused")),
)
_OTHER = Text("邮件被退回", "the mail came back")


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A mail that was given up: by its Message-ID (`about`: those that it may be), with the status."""

    about: tuple[str, ...]
    status: str

    @property
    def is_final(self) -> bool:
        """Whether the address leads nowhere by this alone."""
        return self.status.startswith("5") and not _OF_THE_MAIL.match(self.status)


def read_report(raw: bytes) -> DeliveryReport | None:
    """The report in a message, or None when it is something else or cannot be read."""
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        status = next(_failures(message), None)
        about = tuple(dict.fromkeys(_about(message)))[:_MOST_IDS]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # the parser of the standard library gives up on some malformed messages in these ways
    return DeliveryReport(about, status) if status and about else None


def reason_of(status: str) -> Text:
    """What a status like 5.1.1 says about the address."""
    rest = status.partition(".")[2]
    return next((text for start, text in _REASONS if f"{rest}.".startswith(f"{start}.")), _OTHER)


def _failures(message: Message) -> Iterator[str]:
    """The status of each recipient whom the mail did not reach."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        groups = part.get_payload()
        for group in groups if isinstance(groups, list) else []:
            if isinstance(group, Message) and str(group.get("Action", "")).strip().casefold() == "failed":
                yield _status(group)


def _status(group: Message) -> str:
    """The most precise status there is: servers say x.0.0 and put what they mean into the diagnosis."""
    said = _STATUS.search(str(group.get("Status", "")))
    diagnosis = str(group.get("Diagnostic-Code", ""))
    if said and said[0][1:] != ".0.0":
        return said[0]
    if closer := _STATUS.search(diagnosis):
        return closer[0]
    if said:
        return said[0]
    reply = _REPLY.match(diagnosis)
    return f"{reply[1]}.0.0" if reply else "4.0.0"


def _about(message: Message) -> Iterator[str]:
    """The Message-IDs of the mail that came back."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global"):
            inner = part.get_payload()
            for original in inner if isinstance(inner, list) else []:
                yield from _ids(original)
        elif kind in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            text = part.get_payload()
            if isinstance(text, str):
                yield from _ids(Parser(policy=compat32).parsestr(text, headersonly=True))
    yield from _ids(message, "In-Reply-To", "References")


def _ids(message: object, *names: str) -> Iterator[str]:
    if isinstance(message, Message):
        for name in names or ("Message-ID",):
            yield from _ID.findall(str(message.get(name, "")))
