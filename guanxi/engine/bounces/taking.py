"""Taking a delivery report: is it about a mail of ours, has it been counted, does the address lead nowhere?

*How it works*: the Message-ID that the report brings back is a sealed token (identity/tracking.py) with workspace
and address. The address that the report itself names is not looked at. Addresses are marked beside the records that
hold them (records/marks.py), in that workspace alone.

What is no report goes to who else reads the mailbox (incoming.py).

*Rules*: without the token nothing happens; the same mail counts once; texts of the report are kept nowhere.

*See*: rules.py, docs/adr/0077-bounced-mail.md.
"""

import hashlib
import hmac
import logging
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from guanxi.engine.bounces.incoming import incoming_registry
from guanxi.engine.bounces.models import MailBounce
from guanxi.engine.bounces.rules import REPORT_DAYS, SOFT_WITHIN, leads_nowhere
from guanxi.engine.identity.tracking import Sent, read_message_id
from guanxi.engine.records.marks import mark_address
from guanxi.engine.schema.field_types.email import EmailFieldType, checked_email
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import Workspace, load_system_ctx
from guanxi.kit.delivery_reports import read_report

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a message."""

    NO_REPORT = "no_report"
    FOR_OTHERS = "for_others"
    NOT_OURS = "not_ours"
    KNOWN = "known"
    COUNTED = "counted"
    MARKED = "marked"


def take(raw: bytes) -> Outcome:
    """Take one message out of the mailbox; a session of its own."""
    report = read_report(raw)
    if report is None:
        taken = any(reader.take(raw) for reader in incoming_registry)
        return Outcome.FOR_OTHERS if taken else Outcome.NO_REPORT
    known = ((each, read_message_id(each, days=REPORT_DAYS)) for each in report.about)
    mail, sent = next(((each, found) for each, found in known if found), ("", None))
    if sent is None:
        return Outcome.NOT_OURS
    with session(sent.workspace_id):
        if not Workspace.objects.filter(id=sent.workspace_id).exists():
            return Outcome.NOT_OURS
        return _count(load_system_ctx(sent.workspace_id), mail, sent, report.status, report.is_final)


def _count(ctx: Ctx, mail: str, sent: Sent, status: str, is_final: bool) -> Outcome:
    address = checked_email(sent.address) or sent.address
    row = MailBounce(
        workspace_id=ctx.workspace.id, mail=_digest(mail), address=_digest(address), status=status, at=ctx.now
    )
    if MailBounce.objects.filter(workspace_id=ctx.workspace.id, mail=row.mail).exists():
        return Outcome.KNOWN
    MailBounce.objects.bulk_create([row], ignore_conflicts=True)
    lately = MailBounce.objects.filter(
        workspace_id=ctx.workspace.id, address=row.address, at__gt=ctx.now - SOFT_WITHIN
    )
    if not leads_nowhere(is_final, lately.count()):
        return Outcome.COUNTED
    marked = mark_address(ctx, EmailFieldType, address, status)
    logger.info("Mail of workspace %s came back (%s): %s values marked", ctx.workspace.id, status, marked)
    return Outcome.MARKED


def _digest(text: str) -> str:
    """What is kept of a text: with the secret key, so that nobody can try out addresses on it."""
    return hmac.new(b"bounces:" + settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def forget_old(ctx: Ctx) -> None:
    """Remove what no longer counts, nor could be reported again (an hourly chore)."""
    kept = max(SOFT_WITHIN.days, REPORT_DAYS)
    MailBounce.objects.filter(
        workspace_id=ctx.workspace.id, at__lt=timezone.now() - timedelta(days=kept)
    ).delete()


chore_registry.register(Chore("bounces.forget_old", forget_old))
