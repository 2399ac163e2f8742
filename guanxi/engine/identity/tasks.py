"""The jobs of accounts: sending their mails, and clearing away what has expired."""

import base64
import json
import uuid

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guanxi.engine.identity.mailing import DELIVER_MAIL
from guanxi.engine.identity.sealing import unseal
from guanxi.engine.identity.tracking import make_message_id


@app.task(name=DELIVER_MAIL, retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def deliver_mail(*, workspace_id: str | None, sealed: str) -> None:
    """Send one sealed mail; a mail server that is away is tried again for about an hour and a half."""
    mail = json.loads(unseal(sealed))
    answers = [mail["reply_to"]] if mail.get("reply_to") else None
    headers = {} if answers else {"Auto-Submitted": "auto-generated"}
    if workspace_id:
        headers["Message-ID"] = make_message_id(uuid.UUID(workspace_id), mail["to"])
    message = EmailMultiAlternatives(
        subject=mail["subject"], body=mail["body"], to=[mail["to"]], reply_to=answers, headers=headers
    )
    for name, content_type, encoded in mail.get("attachments", ()):
        content = base64.b64decode(encoded)
        if content_type.startswith("text/calendar"):
            message.attach_alternative(content.decode(), content_type)
        message.attach(name, content, content_type.partition(";")[0])
    message.send()


@app.periodic(cron="17 3 * * *")
@app.task(name="identity.forget_expired_sessions", queueing_lock="identity.forget_expired_sessions")
def forget_expired_sessions(timestamp: int) -> None:
    """Every night: delete sessions that have run out, and the entries that listed them."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
