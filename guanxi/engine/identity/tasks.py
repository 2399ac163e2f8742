"""The jobs of accounts: sending their mails."""

import json

from django.core.mail import EmailMessage
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.identity.mailing import DELIVER_MAIL
from guanxi.engine.identity.sealing import unseal


@app.task(name=DELIVER_MAIL, retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def deliver_mail(*, workspace_id: str | None, sealed: str) -> None:
    """Send one sealed mail; a mail server that is away is tried again for about an hour and a half."""
    mail = json.loads(unseal(sealed))
    EmailMessage(subject=mail["subject"], body=mail["body"], to=[mail["to"]]).send()
