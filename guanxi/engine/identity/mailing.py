"""Handing a mail to the worker, inside the transaction that it belongs to.

*How it works*: the mail is sealed and put into a job; the worker opens and sends it (tasks.py). A
rollback takes the job with it, and the time that sending takes tells nobody whether an address has
an account.

*Rules*: mails carry links that open accounts, so a job never holds one in clear text; nothing goes to
placeholder addresses.
"""

import base64
import json
import uuid

from procrastinate.contrib.django import app

from guanxi.engine.identity.mails import MAX_ATTACHED, WrittenMail
from guanxi.engine.identity.rules import shown_email
from guanxi.engine.identity.sealing import seal

DELIVER_MAIL = "identity.deliver_mail"


def enqueue(
    mail: WrittenMail, to: str, *, workspace_id: uuid.UUID | None = None, reply_to: str | None = None
) -> None:
    """Send `mail` to `to` once the running transaction has committed.

    `reply_to` makes it somebody's own mail: answers go to them, and it is not marked as one of a machine's.
    Raises ValueError for attachments over MAX_ATTACHED bytes.
    """
    if not shown_email(to):
        return
    if sum(len(each.content) for each in mail.attachments) > MAX_ATTACHED:
        raise ValueError("too much is attached for the queue")
    told: dict[str, object] = {"to": to, "subject": mail.subject, "body": mail.body}
    if reply_to:
        told["reply_to"] = reply_to
    if mail.attachments:
        told["attachments"] = [
            [each.name, each.content_type, base64.b64encode(each.content).decode()]
            for each in mail.attachments
        ]
    sealed = seal(json.dumps(told))
    job = app.configure_task(name=DELIVER_MAIL)
    job.defer(workspace_id=str(workspace_id) if workspace_id else None, sealed=sealed)
