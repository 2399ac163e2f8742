"""Evening out open leads among people: a preview of the fewest moves, and carrying out what was chosen of it.

*Rules*: only leads move that nobody has begun to work on (new, never contacted), the newest first. Who is away
neither gives nor gets. A move is made only if the lead still is with whom the preview said. Whoever evens out does so
among the leads that they see: by the others the figures would tell of work that is kept from them.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.assignment import why
from guanxi.domains.sales.assignment.deciding import LEAD, Decision, as_program
from guanxi.domains.sales.assignment.giving import keep_reasons, locked, tell
from guanxi.domains.sales.assignment.models import AssignmentPerson
from guanxi.domains.sales.assignment.reading import open_leads, people_of, seen_leads
from guanxi.domains.sales.assignment.rules import Person, even_loads, moves_between
from guanxi.domains.sales.assignment.settings import note_rebalanced, require
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, invalid
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

MAX_MOVES = 2000
ACTION = "rebalance"
NOT_SEEN = Text(
    "均分要按负责人、状态和最近联系时间来算，而你看不到线索的这些内容。请看得到的人来做。",
    "Evening out counts leads by owner, status and last contact, which you do not see. Ask somebody who does.",
)
NOT_AMONG = Text("这位同事不在所选的人里。", "They are not among the chosen people.")


def preview(ctx: Ctx, targets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`{"people": [{user, open, after, weight}], "moves": [{lead, title, from, to}], "away": [user], "whole"}`.

    Of the leads that the actor sees (`whole`: of all). Raises Forbidden for who may not count them.
    """
    require(ctx)
    seen = _sight(ctx)
    names, (weights,) = people_of(ctx, [targets])
    away = _away(ctx, list(weights))
    weights = {person: weight for person, weight in weights.items() if person not in away}
    loads = dict.fromkeys(weights, 0) | open_leads(ctx, list(weights), seen)
    wanted = even_loads(loads, weights) if weights else {}
    moves = moves_between(loads, wanted, _movable(ctx, list(weights), seen))[:MAX_MOVES]
    after = dict(loads)
    for _, giver, taker in moves:
        after[giver] -= 1
        after[taker] += 1
    titles = {
        r["id"]: r["title"] for r in get_records(ctx, LEAD, [lead for lead, _, _ in moves], fields=["id"])
    }
    return {
        "people": [
            {"user": {"id": p, "name": names[p]}, "open": loads[p], "after": after[p], "weight": weights[p]}
            for p in sorted(weights, key=lambda p: (-loads[p], names[p]))
        ],
        "moves": [
            {"lead": lead, "title": titles.get(str(lead)), "from": giver, "to": taker}
            for lead, giver, taker in moves
        ],
        "away": [{"id": p, "name": names[p]} for p in sorted(away, key=str)],
        "whole": rights.sees_everything(ctx, get_object(ctx, LEAD)),
    }


def carry_out_moves(
    ctx: Ctx, targets: Sequence[Mapping[str, Any]], moves: Sequence[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]
) -> dict[str, Any]:
    """Make the moves (lead, from, to) that still fit; `{"moved", "left"}`. Undone among one's changes.

    A lead that the actor does not see is left. Raises Forbidden for who may not count them.
    """
    require(ctx)
    seen = _seen_of(ctx, [lead for lead, _, _ in moves])
    names, (weights,) = people_of(ctx, [targets])
    for n, (_, giver, taker) in enumerate(moves):
        if giver not in weights or taker not in weights:
            raise invalid(f"moves.{n}.to", "unknown_target", NOT_AMONG)
    own = as_program(ctx)
    wanted = {lead: (giver, taker) for lead, giver, taker in moves}
    fitting = [
        lead
        for lead in locked(own, [lead for lead in wanted if lead in seen])
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


def _sight(ctx: Ctx) -> Sql:
    seen = seen_leads(ctx)
    if seen is None:
        raise Forbidden(NOT_SEEN, code="not_seen")
    return seen.wrapped()


def _seen_of(ctx: Ctx, leads: list[uuid.UUID]) -> set[uuid.UUID]:
    given = (ctx.workspace.id, leads)
    statement = Sql(
        "SELECT l.id FROM lead l WHERE l.workspace_id = %s AND l.id = ANY(%s::uuid[]) AND ", given
    )
    return {row[0] for row in select_rows(statement + _sight(ctx))}


def _movable(ctx: Ctx, people: list[uuid.UUID], seen: Sql) -> dict[uuid.UUID, list[uuid.UUID]]:
    statement = Sql(
        "SELECT l.owner_id, l.id FROM lead l WHERE l.workspace_id = %s AND l.deleted_at IS NULL"
        " AND l.owner_id = ANY(%s::uuid[]) AND l.status = 'new' AND l.last_contact_at IS NULL AND ",
        (ctx.workspace.id, people),
    )
    bound = Sql(" ORDER BY l.created_at DESC, l.id DESC LIMIT %s", (MAX_MOVES * 10,))
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for owner, lead in select_rows(statement + seen + bound):
        found[owner].append(lead)
    return found


def _away(ctx: Ctx, people: list[uuid.UUID]) -> set[uuid.UUID]:
    rows = AssignmentPerson.objects.filter(workspace_id=ctx.workspace.id, user_id__in=people)
    absent = rows.values_list("user_id", "away_from", "away_until")
    return {p for p, begin, end in absent if Person(p, away_from=begin, away_until=end).is_away(ctx.now)}
