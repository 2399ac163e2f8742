"""The desk as leads are shared out over it: rules, people, queues and work, read once for a whole set of leads.

*How it works*: `load_desk` locks the desk's row, so that turns and limits hold whoever else is at it, and reads
everything in a constant number of statements. Teams stand for the active people in them and below.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.domains.sales.assignment.models import (
    AssignmentDesk,
    AssignmentPerson,
    AssignmentQueue,
    AssignmentRule,
)
from guanxi.domains.sales.assignment.rules import OPEN, Method, Person, Terms, Turns, Work
from guanxi.engine.access import rights
from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx, Role, Via
from guanxi.kit.ids import parse_id
from guanxi.kit.sql import TRUE, Sql
from guanxi.kit.working_hours import WorkingHours, read_hours

_COUNTED_BY = {"owner", "status", "last_contact_at"}
DEFAULT_DOORS = (Via.PUBLIC.value, Via.IMPORT.value)


@dataclass(slots=True)
class Rule:
    """A rule with what it means for people: `terms` over those its targets stand for."""

    row: AssignmentRule
    terms: Terms
    turns: Turns
    used: bool = False


@dataclass(slots=True)
class Desk:
    """All that deciding needs."""

    row: AssignmentDesk
    hours: WorkingHours
    rules: list[Rule]
    people: dict[uuid.UUID, Person]
    queues: dict[uuid.UUID, Any]
    work: Work = field(default_factory=Work)
    admin: uuid.UUID | None = None

    def name(self, person: uuid.UUID | None) -> str:
        """What somebody is called."""
        found = self.people.get(person) if person else None
        return found.name if found else ""


def desk_of(ctx: Ctx, *, lock: bool = False) -> AssignmentDesk:
    """The desk's row; one that is not stored yet where nobody has set it up."""
    rows = AssignmentDesk.objects.filter(workspace_id=ctx.workspace.id)
    found = (rows.select_for_update() if lock else rows).first()
    return found or AssignmentDesk(workspace_id=ctx.workspace.id, doors=list(DEFAULT_DOORS))


def hours_of(ctx: Ctx, kept: Any) -> WorkingHours:
    """Hours as stored, or the usual ones."""
    return read_hours(kept, ctx.workspace.zone) if kept else WorkingHours(ctx.workspace.zone)


def load_desk(
    ctx: Ctx, *, rules: Iterable[AssignmentRule] | None = None, door: str | None = None
) -> Desk | None:
    """The desk, held until the transaction ends; None when it is off, or not asked at this `door`.

    With `rules` (drafts of a simulation) nothing is held, and it does not matter whether it is on.
    """
    row = desk_of(ctx, lock=rules is None)
    if rules is None and (not row.enabled or (door is not None and door not in row.doors)):
        return None
    if rules is None:
        rules = AssignmentRule.objects.filter(workspace_id=ctx.workspace.id, enabled=True)
        rules = rules.order_by("position", "id")
    found = list(rules)
    queues = dict(AssignmentQueue.objects.filter(workspace_id=ctx.workspace.id).values_list("id", "name"))
    members, weights = people_of(ctx, [rule.targets for rule in found])
    admin = (
        Membership.objects.filter(workspace_id=ctx.workspace.id, role=Role.ADMIN, status="active")
        .order_by("created_at", "id").values_list("user_id", "name").first()
    )  # fmt: skip
    if admin is not None:
        members.setdefault(*admin)
    fallback = row.fallback_user
    if fallback is not None and fallback not in members:
        named = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=fallback, status="active")
        members |= dict(named.values_list("user_id", "name"))
    people = _people(ctx, row, members)
    desk = Desk(row, hours_of(ctx, row.hours), [], people, queues, admin=admin[0] if admin else None)
    desk.rules = [
        Rule(rule, _terms(rule, given), Turns.of(rule.turns))
        for rule, given in zip(found, weights, strict=True)
    ]
    desk.work = _work(ctx, desk)
    return desk


def _terms(rule: AssignmentRule, weights: Mapping[uuid.UUID, int]) -> Terms:
    return Terms(
        Method(rule.method), weights, past_owner=rule.past_owner, territory=rule.territory,
        by_skill=bool(rule.skill_field), in_hours=rule.in_hours,
    )  # fmt: skip


def people_of(
    ctx: Ctx, targets: Iterable[Iterable[Mapping[str, Any]]]
) -> tuple[dict[uuid.UUID, str], list[dict[uuid.UUID, int]]]:
    """(names of all, weights by person for each list of targets); who is named twice has the greater weight."""
    lists = [list(each) for each in targets]
    users = {i for each in lists for t in each if t["kind"] == "user" and (i := parse_id(t["id"]))}
    teams = {i for each in lists for t in each if t["kind"] == "team" and (i := parse_id(t["id"]))}
    below = _below(ctx, teams) if teams else {}
    of_firm = Membership.objects.filter(workspace_id=ctx.workspace.id, status="active")
    rows = list(of_firm.filter(user_id__in=users).values_list("user_id", "name", "team_id"))
    reached = {team for found in below.values() for team in found}
    if reached:
        rows += of_firm.filter(team_id__in=reached).values_list("user_id", "name", "team_id")
    names = {user: name for user, name, _ in rows}
    by_team: dict[uuid.UUID | None, set[uuid.UUID]] = defaultdict(set)
    for user, _, team in rows:
        by_team[team].add(user)
    found = []
    for each in lists:
        weights: dict[uuid.UUID, int] = {}
        for target in each:
            target_id, weight = uuid.UUID(str(target["id"])), int(target.get("weight") or 1)
            if target["kind"] == "user":
                chosen = {target_id} if target_id in names else set()
            else:
                chosen = {user for team in below.get(target_id, ()) for user in by_team[team]}
            for user in sorted(chosen):
                weights[user] = max(weight, weights.get(user, 0))
        found.append(weights)
    return names, found


def _below(ctx: Ctx, teams: Collection[uuid.UUID]) -> dict[uuid.UUID | None, set[uuid.UUID]]:
    """Each team with all teams below it."""
    children: dict[uuid.UUID | None, list[uuid.UUID]] = defaultdict(list)
    for team, parent in Team.objects.filter(workspace_id=ctx.workspace.id).values_list("id", "parent_id"):
        children[parent].append(team)
    found: dict[uuid.UUID | None, set[uuid.UUID]] = {}
    for team in teams:
        seen, waiting = {team}, [team]
        while waiting:
            for child in children[waiting.pop()]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        found[team] = seen
    return found


def _people(ctx: Ctx, desk: AssignmentDesk, names: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, Person]:
    rows = AssignmentPerson.objects.filter(workspace_id=ctx.workspace.id, user_id__in=names)
    kept = {row.user_id: row for row in rows}
    usual = hours_of(ctx, desk.hours)
    found = {}
    for user, name in names.items():
        row = kept.get(user)
        found[user] = Person(user, name, hours=usual) if row is None else Person(
            user, name, row.max_open, row.per_day, tuple(row.regions), frozenset(row.skills),
            hours_of(ctx, row.hours) if row.hours else usual, row.away_from, row.away_until,
        )  # fmt: skip
    return found


def _work(ctx: Ctx, desk: Desk) -> Work:
    """Open leads and today's, counted only where something asks for them."""
    people = list(desk.people.values())
    work = Work()
    if any(p.max_open is not None for p in people) or any(
        r.terms.method is Method.FEWEST for r in desk.rules
    ):
        work.open = open_leads(ctx, [p.id for p in people])
    if any(p.per_day is not None for p in people):
        statement = Sql(
            "SELECT person_id, count(*) FROM assignment WHERE workspace_id = %s AND at >= %s"
            " AND person_id = ANY(%s::uuid[]) AND how <> 'rebalanced' GROUP BY 1",
            (ctx.workspace.id, ctx.midnight, [p.id for p in people]),
        )
        work.today = {row[0]: row[1] for row in select_rows(statement)}
    return work


WAITING = (
    " FROM assignment_queued q JOIN lead l ON l.id = q.lead_id AND l.workspace_id = q.workspace_id"
    " WHERE q.workspace_id = %s AND l.deleted_at IS NULL AND l.owner_id IS NULL AND l.status = ANY(%s)"
)
"""What waits in queues: who was given an owner by hand, closed or deleted meanwhile waits no more."""


def waiting_in(ctx: Ctx) -> dict[uuid.UUID, int]:
    """By queue, how many leads wait in it."""
    statement = Sql(f"SELECT q.queue_id, count(*){WAITING} GROUP BY 1", (ctx.workspace.id, list(OPEN)))
    return {row[0]: row[1] for row in select_rows(statement)}


def open_leads(ctx: Ctx, people: Collection[uuid.UUID], within: Sql = TRUE) -> dict[uuid.UUID, int]:
    """By person, how many open leads they have (nobody who has none); `within` narrows the rows `l`."""
    statement = Sql(
        "SELECT l.owner_id, count(*) FROM lead l WHERE l.workspace_id = %s AND l.deleted_at IS NULL"
        " AND l.owner_id = ANY(%s::uuid[]) AND l.status = ANY(%s) AND ",
        (ctx.workspace.id, list(people), list(OPEN)),
    )
    return {row[0]: row[1] for row in select_rows(statement + within.wrapped() + " GROUP BY 1")}


def seen_leads(ctx: Ctx) -> Sql | None:
    """The predicate over `l` of the leads that the actor may count by owner and state; None where there are none."""
    obj = get_object(ctx, "lead")
    readable = rights.readable(ctx, obj)
    if not rights.can(ctx, obj, "read") or not readable.keys() >= _COUNTED_BY:
        return None
    return rights.visible(ctx, get_schema(ctx), obj, "l")
