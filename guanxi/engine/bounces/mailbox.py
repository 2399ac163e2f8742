"""Reading the mailbox that undelivered mail comes back to.

*How it works*: nothing in it changes: how far it was read is remembered by its UIDs. A mailbox that is new (or was
made anew: another UIDVALIDITY) is read from the last days on. Of each message only the beginning is fetched;
delivery reports put what counts there.

*Rules*: one look takes a bounded number of messages, and remembers each.

*See*: imap.py, taking.py, docs/adr/0077-bounced-mail.md.
"""

import imaplib
from datetime import timedelta

from django.utils import timezone

from guanxi.engine.bounces.imap import Mailbox, opened, text_of
from guanxi.engine.bounces.models import MailboxState
from guanxi.engine.bounces.rules import REPORT_DAYS
from guanxi.engine.bounces.taking import Outcome, take

AT_ONCE = 200
FIRST_BYTES = 256 * 1024


def read_mailbox(url: str) -> dict[Outcome, int]:
    """Take what has come since the last look; gives how many of what. Raises MailboxProblem."""
    box = Mailbox.of(url)
    done: dict[Outcome, int] = {}
    with opened(box) as (client, validity):
        state = MailboxState.objects.filter(mailbox=box.key, validity=validity).first()
        for uid in _news(client, state.last_uid if state else None):
            outcome = take(_beginning(client, uid))
            done[outcome] = done.get(outcome, 0) + 1
            _remember(box, validity, uid)
    return done


def _news(client: imaplib.IMAP4, last: int | None) -> list[int]:
    """The next UIDs after the last one, oldest first; from the last days in a mailbox that is new."""
    if last is None:
        since = timezone.now() - timedelta(days=REPORT_DAYS)
        _, found = client.uid("SEARCH", "SINCE", imaplib.Time2Internaldate(since)[1:12].strip())
    else:
        _, found = client.uid("SEARCH", "UID", f"{last + 1}:*")  # gives the newest even where it is no news
    uids = (int(each) for each in text_of(found).split())
    return sorted(uid for uid in uids if last is None or uid > last)[:AT_ONCE]


def _beginning(client: imaplib.IMAP4, uid: int) -> bytes:
    _, found = client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{FIRST_BYTES}>)")
    return next((bytes(part[1]) for part in found or [] if isinstance(part, tuple)), b"")


def _remember(box: Mailbox, validity: int, uid: int) -> None:
    MailboxState.objects.update_or_create(
        mailbox=box.key, defaults={"validity": validity, "last_uid": uid, "read_at": timezone.now()}
    )
