"""Looking into the mailbox of undelivered mail."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from guanxi.engine.bounces.imap import MailboxProblem
from guanxi.engine.bounces.mailbox import read_mailbox

logger = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="bounces.look", queue="maintenance", lock="bounces.look", queueing_lock="bounces.look")
def look(timestamp: int) -> None:
    """Every five minutes, where the operator has named a mailbox."""
    if not settings.GUANXI_BOUNCE_MAILBOX:
        return
    try:
        read_mailbox(settings.GUANXI_BOUNCE_MAILBOX)
    except MailboxProblem as problem:
        logger.warning("The mailbox of undelivered mail cannot be read: %s", problem)
