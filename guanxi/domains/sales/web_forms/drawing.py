"""Lotteries: who has entered, the draw, and its log.

*How it works*: an entry is an answer with a number (lottery.py). Entering and drawing both lock the form's row, so nobody
enters while it is drawn. The draw keeps what it was made from in a row of its own that is never changed: it can
be checked after leads were erased, too, since numbers are no data of people.

*Rules*: drawn once, by who holds the area `sales`, and where a closing time is set not before it. What prizes there are
and when it closes stay as they are from the first entry on (settings.py).
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.web_forms import lottery
from guanxi.domains.sales.web_forms.lottery import Prize, Win
from guanxi.domains.sales.web_forms.models import FormAnswer, FormDraw, WebForm
from guanxi.engine.identity.facade import people
from guanxi.engine.records.query.read import get_records
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.normalise import normalise_email, normalise_phone
from guanxi.kit.text import Text

LOTTERY = "lottery"
CONTACTS = {"mobile": normalise_phone, "phone": normalise_phone, "email": normalise_email}
"""By what an entry is told from others, the first that the form requires."""
MAX_ENTRIES = 100_000
OVER = Text("活动已结束。", "This is over.")
FULL = Text("参加的人已满。", "No more entries are taken.")
NOT_YET = Text("要到截止时间以后才能开奖。", "It cannot be drawn before it closes.")
NOBODY = Text("还没有人参加。", "Nobody has entered yet.")
DRAWN = Text("已经开过奖了。", "It was drawn already.")
LEAD = "lead"


def key_field(fields: list[dict[str, Any]]) -> str | None:
    """The field that makes entries one each."""
    required = {row["key"] for row in fields if row["required"]}
    return next((key for key in CONTACTS if key in required), None)


def enter(ctx: Ctx, form: WebForm, values: Mapping[str, Any], secret: bytes) -> tuple[str, bool]:
    """The number of an entry, and whether it is new; raises Conflict once it is over."""
    held = WebForm.objects.select_for_update().get(id=form.id)
    if is_over(ctx, held):
        raise Conflict(OVER, code="over")
    key = key_field(held.fields) or ""
    contact = CONTACTS[key](str(values.get(key) or "")) if key else None
    number = lottery.number_of(secret, form.id, contact or str(uuid.uuid4()))
    entries = FormAnswer.objects.filter(form=form, number__isnull=False)
    if entries.filter(number=number).exists():
        return number, False
    if entries.count() >= MAX_ENTRIES:
        raise Conflict(FULL, code="full")
    return number, True


def is_over(ctx: Ctx, form: WebForm) -> bool:
    """True once nobody can enter any more."""
    closed = form.closes_at is not None and ctx.now >= form.closes_at
    return closed or FormDraw.objects.filter(form=form).exists()


def shown(ctx: Ctx, form: WebForm) -> dict[str, Any] | None:
    """What visitors see of a lottery; None for other forms."""
    if form.kind != LOTTERY:
        return None
    row = FormDraw.objects.filter(form=form).first()
    return {
        "prizes": form.prizes, "closes_at": form.closes_at, "over": is_over(ctx, form),
        "commitment": lottery.commitment(form.seed),
        "drawn": None if row is None else {
            "at": row.at, "seed": row.seed, "digest": row.digest, "entries": len(row.numbers), "wins": row.wins,
        },
    }  # fmt: skip


def draw(ctx: Ctx, form: WebForm) -> dict[str, Any]:
    """Draw a lottery whose row is locked; its log. Raises NotFound, Conflict, Invalid."""
    if form.kind != LOTTERY:
        raise NotFound
    if FormDraw.objects.filter(form=form).exists():
        raise Conflict(DRAWN, code="drawn")
    if form.closes_at is not None and ctx.now < form.closes_at:
        raise invalid("closes_at", "not_yet", NOT_YET)
    entries = FormAnswer.objects.filter(form=form, number__isnull=False)
    numbers = sorted(number for number in entries.values_list("number", flat=True) if number)
    if not numbers:
        raise invalid("entries", "nobody", NOBODY)
    wins = lottery.draw(form.seed, numbers, _prizes(form.prizes))
    FormDraw.objects.create(
        workspace_id=ctx.workspace.id, form=form, at=ctx.now, by=ctx.actor.user_id, seed=form.seed,
        digest=lottery.digest(numbers), numbers=numbers, prizes=form.prizes,
        wins=[{"prize": win.prize, "number": win.number} for win in wins],
    )  # fmt: skip
    record(ctx, "form.drawn", record_id=form.id, name=form.name, entries=len(numbers), seed=form.seed,
           digest=lottery.digest(numbers), wins=[win.number for win in wins])  # fmt: skip
    return log(ctx, form)


def log(ctx: Ctx, form: WebForm) -> dict[str, Any]:
    """How a lottery stands: its commitment, its entries, and once drawn everything to draw it again."""
    if form.kind != LOTTERY:
        raise NotFound
    row = FormDraw.objects.filter(form=form).first()
    entries = FormAnswer.objects.filter(form=form, number__isnull=False)
    return {
        "commitment": lottery.commitment(form.seed), "prizes": form.prizes, "closes_at": form.closes_at,
        "entries": entries.count(), "may_draw": row is None and (form.closes_at is None or ctx.now >= form.closes_at),
        "drawn": None if row is None else _drawn(ctx, form, row),
    }  # fmt: skip


def _drawn(ctx: Ctx, form: WebForm, row: FormDraw) -> dict[str, Any]:
    won = {win["number"] for win in row.wins}
    found = FormAnswer.objects.filter(form=form, number__in=won)
    leads = dict(found.values_list("number", "lead_id"))
    seen = {r["id"]: r["title"] for r in get_records(ctx, LEAD, sorted(set(leads.values())), fields=[])}
    again = lottery.draw(row.seed, row.numbers, _prizes(row.prizes))
    same = again == [Win(win["prize"], win["number"]) for win in row.wins]
    return {
        "at": row.at, "by": people(ctx, [row.by]).get(row.by, "") if row.by else "", "seed": row.seed,
        "digest": row.digest, "numbers": row.numbers,
        "holds": same and row.digest == lottery.digest(row.numbers) and row.seed == form.seed,
        "wins": [
            {**win, "lead": _titled(seen, leads.get(win["number"]))} for win in row.wins
        ],
    }  # fmt: skip


def _titled(seen: Mapping[str, str], lead: uuid.UUID | None) -> dict[str, str] | None:
    return {"id": str(lead), "title": seen[str(lead)]} if str(lead) in seen else None


def _prizes(rows: list[dict[str, Any]]) -> list[Prize]:
    return [Prize(row["name"], int(row["count"])) for row in rows]
