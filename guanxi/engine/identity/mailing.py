"""Handing a mail to the worker, inside the transaction that it belongs to.

*How it works*: the mail is sealed and put into a job; the worker opens and sends it (tasks.py). A
rollback takes the job with it, and the time that sending takes tells nobody whether an address has
an account.

*Rules*: mails carry links that open accounts, so a job never holds one in clear text; nothing goes to
placeholder addresses.
"""

import json
import uuid

from procrastinate.contrib.django import app

from guanxi.engine.identity.mails import WrittenMail
from guanxi.engine.identity.rules import shown_email
from guanxi.engine.identity.sealing import seal

DELIVER_MAIL = "identity.deliver_mail"


def enqueue(
    mail: WrittenMail, to: str, *, workspace_id: uuid.UUID | None = None, reply_to: str | None = None
) -> None:
    """Send `mail` to `to` once the running transaction has committed.

    `reply_to` makes it somebody's own mail: answers go to them, and it is not marked as one of a machine's.
    """
    if not shown_email(to):
        return
    told = {"to": to, "subject": mail.subject, "body": mail.body}
    sealed = seal(json.dumps(told | ({"reply_to": reply_to} if reply_to else {})))
    job = app.configure_task(name=DELIVER_MAIL)
    job.defer(workspace_id=str(workspace_id) if workspace_id else None, sealed=sealed)
