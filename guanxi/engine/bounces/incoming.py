"""The seam through which others read what comes into the sender's mailbox and is no report of undelivered mail.

*Rules*: mail comes from anybody: a reader believes nothing but a secret of its own that comes back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from guanxi.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class IncomingReader:
    """`take` gets a message (its beginning, where it is long), opens its own session, and says whether it was its own."""

    key: str
    take: Callable[[bytes], bool]


incoming_registry: Registry[IncomingReader] = Registry("reader of incoming mail", lambda reader: reader.key)
