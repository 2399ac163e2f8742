"""Evening out open leads among people: a preview of the fewest moves, and carrying out what was chosen of it.

*Rules*: only leads move that nobody has begun to work on (new, never contacted), the newest first. Who is away
neither gives nor gets. A move is made only if the lead still is with whom the preview said.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.assignment import why
from guanxi.domains.sales.assignment.deciding import LEAD, Decision, as_program
from guanxi.domains.sales.assignment.giving import keep_reasons, locked, tell
from guanxi.domains.sales.assignment.models import AssignmentPerson
from guanxi.domains.sales.assignment.reading import open_leads, people_of
from guanxi.domains.sales.assignment.rules import Person, even_loads, moves_between
from guanxi.domains.sales.assignment.settings import note_rebalanced, require
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

MAX_MOVES = 2000
ACTION = "rebalance"
NOT_AMONG = Text("这位同事不在所选的人里。", "They are not among the chosen people.")


def preview(ctx: Ctx, targets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`{"people": [{user, open, after, weight}], "moves": [{lead, title, from, to}], "away": [user]}`."""
    require(ctx)
    names, (weights,) = people_of(ctx, [targets])
    away = _away(ctx, list(weights))
    weights = {person: weight for person, weight in weights.items() if person not in away}
    loads = dict.fromkeys(weights, 0) | open_leads(ctx, list(weights))
    wanted = even_loads(loads, weights) if weights else {}
    moves = moves_between(loads, wanted, _movable(ctx, list(weights)))[:MAX_MOVES]
    after = dict(loads)
    for _, giver, taker in moves:
        after[giver] -= 1
        after[taker] += 1
    seen = {
        r["id"]: r["title"] for r in get_records(ctx, LEAD, [lead for lead, _, _ in moves], fields=["id"])
    }
    return {
        "people": [
            {"user": {"id": p, "name": names[p]}, "open": loads[p], "after": after[p], "weight": weights[p]}
            for p in sorted(weights, key=lambda p: (-loads[p], names[p]))
        ],
        "moves": [
            {"lead": lead, "title": seen.get(str(lead)), "from": giver, "to": taker}
            for lead, giver, taker in moves
        ],
        "away": [{"id": p, "name": names[p]} for p in sorted(away, key=str)],
    }


def carry_out_moves(
    ctx: Ctx, targets: Sequence[Mapping[str, Any]], moves: Sequence[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]
) -> dict[str, Any]:
    """Make the moves (lead, from, to) that still fit; `{"moved", "left"}`. Undone among one's changes."""
    require(ctx)
    names, (weights,) = people_of(ctx, [targets])
    for n, (_, giver, taker) in enumerate(moves):
        if giver not in weights or taker not in weights:
            raise invalid(f"moves.{n}.to", "unknown_target", NOT_AMONG)
    own = as_program(ctx)
    wanted = {lead: (giver, taker) for lead, giver, taker in moves}
    fitting = [
        lead
        for lead in locked(own, list(wanted))
        if lead.value("owner") == wanted[lead.id][0] and _is_untouched(lead)
    ]
    changes = [Change("update", c.id, {"owner": wanted[c.id][1]}, index=n) for n, c in enumerate(fitting)]
    if changes:
        bulk_write(ctx, LEAD, changes, partial=False, trusted=True, action=ACTION)
        decisions = {
            c.id: Decision("rebalanced", why.filled(why.REBALANCED, actor=ctx.actor.name,
                                                    former=names[wanted[c.id][0]], person=names[wanted[c.id][1]]),
                           person=wanted[c.id][1])
            for c in fitting
        }  # fmt: skip
        keep_reasons(own, decisions)
        tell(own, decisions, {c.id: str(c.value("name") or "") for c in fitting})
        note_rebalanced(ctx, len(fitting))
    return {"moved": len(fitting), "left": len(wanted) - len(fitting)}


def _is_untouched(lead: Change) -> bool:
    return lead.value("status") == "new" and lead.value("last_contact_at") is None


def _movable(ctx: Ctx, people: list[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    statement = Sql(
        "SELECT owner_id, id FROM lead WHERE workspace_id = %s AND deleted_at IS NULL AND owner_id = ANY(%s::uuid[])"
        " AND status = 'new' AND last_contact_at IS NULL ORDER BY created_at DESC, id DESC LIMIT %s",
        (ctx.workspace.id, people, MAX_MOVES * 10),
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for owner, lead in select_rows(statement):
        found[owner].append(lead)
    return found


def _away(ctx: Ctx, people: list[uuid.UUID]) -> set[uuid.UUID]:
    rows = AssignmentPerson.objects.filter(workspace_id=ctx.workspace.id, user_id__in=people)
    absent = rows.values_list("user_id", "away_from", "away_until")
    return {p for p, begin, end in absent if Person(p, away_from=begin, away_until=end).is_away(ctx.now)}
