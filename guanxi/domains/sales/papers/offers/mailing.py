"""Mailing a quote: a link to its page, in words that the sender can change, to people the firm knows at the customer.

*How it works*: `draft` proposes recipients, subject and text; `send` makes one new link (links.py), puts its address
where the text says `{link}` (or at its end), and hands a mail for each recipient to the worker, sealed. Answers go to
the sender. The link keeps whom it was mailed to and counts how often it was opened.

*Rules*: only addresses that stand with the quote's customer or its contacts, as the sender sees them: nobody mails
strangers in the firm's name. A quote that is not out, and one that the sender may not change, is not mailed.

*See*: identity/mailing.py, the one way mail leaves.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.customers.facade import addressees
from guanxi.domains.sales.papers.models import OfferLink
from guanxi.domains.sales.papers.offers import links
from guanxi.engine.identity.facade import address_of, people
from guanxi.engine.identity.mailing import enqueue
from guanxi.engine.identity.mails import WrittenMail
from guanxi.engine.records.query.read import get_record
from guanxi.engine.schema.field_types.email import checked_email
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.text import Text

QUOTE = "quote"
LOCALES = ("zh-CN", "en")
PLACE = "{link}"
MAX_TO, MAX_SUBJECT, MAX_BODY = 10, 200, 5000
SUBJECT = Text("报价单 {number}：{name}", "Quote {number}: {name}")
BODY = Text(
    "{who}，您好：\n\n「{name}」的报价已经准备好，请打开下面的链接查看，也可以下载 PDF、在线确认：\n\n{link}\n{until}\n"
    "有任何问题，直接回复这封邮件即可。\n\n{me}\n{firm}",
    "Dear {who},\n\nOur quote “{name}” is ready. Open this link to read it, download it as PDF or accept it:\n\n"
    "{link}\n{until}\nSimply answer this mail if you have any questions.\n\n{me}\n{firm}",
)
UNTIL = Text("\n有效期至 {day}。\n", "\nIt is valid until {day}.\n")
ANYBODY = Text("尊敬的客户", "customer")
NOBODY = Text("请选择收件人，最多 {max} 位。", "Choose whom it goes to, at most {max}.")
STRANGER = Text(
    "只能发给这个客户和它的联系人登记的邮箱。",
    "It can go to addresses of the customer and its contacts only.",
)
NO_TEXT = Text("请填写，最多 {max} 个字符。", "Please fill this in, with at most {max} characters.")


def draft(ctx: Ctx, quote_id: uuid.UUID, locale: str) -> dict[str, Any]:
    """`{"to": [{"name", "email", "chosen"}], "subject", "body", "reply_to"}`; raises NotFound."""
    quote = get_record(ctx, QUOTE, quote_id)
    spoken = locale if locale in LOCALES else ctx.locale
    known = _known(ctx, quote)
    first = next((each for each in known if each["chosen"]), None)
    me = ctx.actor.user_id
    ends = quote.get("valid_until")
    values = {
        "number": quote.get("number") or "", "name": quote["title"], "link": PLACE, "firm": ctx.workspace.name,
        "who": (first and first["name"]) or ANYBODY.in_(spoken), "me": people(ctx, [me]).get(me, "") if me else "",
        "until": UNTIL.in_(spoken, day=ends) if ends else "",
    }  # fmt: skip
    return {"to": known, "subject": " ".join(SUBJECT.in_(spoken, **values).split()), "body": BODY.in_(spoken, **values),
            "reply_to": address_of(ctx, me) if me else None}  # fmt: skip


def send(ctx: Ctx, quote_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Mail the quote; the link as the API shows it. Raises NotFound, Forbidden, Conflict, Invalid."""
    quote = get_record(ctx, QUOTE, quote_id)
    to, subject, body = _read(given, {each["email"] for each in _known(ctx, quote)})
    made = links.create(ctx, quote_id)
    url = str(made.pop("url"))
    text = body.replace(PLACE, url) if PLACE in body else f"{body.rstrip()}\n\n{url}\n"
    answers = address_of(ctx, ctx.actor.user_id) if ctx.actor.user_id else None
    for address in to:
        enqueue(WrittenMail(subject, text), address, workspace_id=ctx.workspace.id, reply_to=answers)
    OfferLink.objects.filter(workspace_id=ctx.workspace.id, id=made["id"]).update(mailed_to=to)
    record(ctx, "paper.mailed", object_key=QUOTE, record_id=quote_id, link=made["id"], count=len(to))
    return made | {"mailed_to": to}


def _read(given: Mapping[str, Any], known: set[str]) -> tuple[list[str], str, str]:
    """The mail that is wanted, checked as a whole."""
    errors = []
    to, subject, body = given.get("to"), given.get("subject"), given.get("body")
    named = to if isinstance(to, list) and all(isinstance(each, str) for each in to) else []
    if not 1 <= len(named) <= MAX_TO:
        errors.append(FieldError("to", "required", NOBODY, {"max": MAX_TO}))
    addresses = [(n, checked_email(each)) for n, each in enumerate(named[:MAX_TO])]
    errors += [FieldError(f"to.{n}", "not_known", STRANGER) for n, each in addresses if each not in known]
    for key, text, most in (("subject", subject, MAX_SUBJECT), ("body", body, MAX_BODY)):
        if not isinstance(text, str) or not text.strip() or len(text) > most or "\x00" in text:
            errors.append(FieldError(key, "required", NO_TEXT, {"max": most}))
    if errors:
        raise Invalid(errors=errors)
    return list(dict.fromkeys(str(each) for _, each in addresses)), " ".join(str(subject).split()), str(body)


def _known(ctx: Ctx, quote: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who can be written to, as the API shows it."""
    found = addressees(ctx, quote.get("customer"), quote.get("contact"))
    return [{"name": each.name, "email": each.email, "chosen": each.chosen} for each in found]
