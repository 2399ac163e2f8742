"""Why a lead is with whom it is: what is told on its page."""

import uuid
from typing import Any

from guanxi.domains.sales.assignment import why
from guanxi.domains.sales.assignment.models import Assignment
from guanxi.domains.sales.assignment.settings import AREA
from guanxi.engine.identity.facade import people
from guanxi.engine.records.query.read import get_record
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

MAX_TOLD = 20


def assignments_of(ctx: Ctx, lead_id: uuid.UUID) -> dict[str, Any]:
    """`{"current", "history"}` of a lead the actor sees, newest first; raises NotFound.

    `current` is the last one if the lead still is with them; null where somebody gave it on by hand. Who was
    passed over is told by name to who looks after the rules, as numbers to others.
    """
    record = get_record(ctx, "lead", lead_id, fields=["owner"])
    rows = Assignment.objects.filter(workspace_id=ctx.workspace.id, lead_id=lead_id).order_by("-id")
    found = list(rows[:MAX_TOLD])
    named = ctx.actor.may(AREA)
    ids = {row.person_id for row in found if row.person_id}
    ids |= {uuid.UUID(i) for row in found for each in row.facts.get("passed", {}).values() for i in each}
    names = people(ctx, ids)
    history = [_json(ctx, row, names, named=named) for row in found]
    owner = record["owner"]["id"] if record.get("owner") else None
    last = found[0] if found else None
    still = last is not None and (str(last.person_id) if last.person_id else None) == owner
    return {"current": history[0] if still else None, "history": history}


def _json(ctx: Ctx, row: Assignment, names: dict[uuid.UUID, str], *, named: bool) -> dict[str, Any]:
    to = {"id": row.person_id, "name": names.get(row.person_id, "")} if row.person_id else None
    return {
        "how": row.how, "to": to, "queue_id": row.queue_id, "why": Text.of(row.why).in_(ctx.locale),
        "passed": why.passed_in_words(row.facts, names, ctx.locale, named=named), "at": row.at,
        "accept_by": row.accept_by, "accepted_at": row.accepted_at,
    }  # fmt: skip
