"""The firm as targets see it: people in a tree of teams; who may see whose figures, and who sets whose targets.

*How it works*: two statements read all people and teams. Figures of a person are seen by whoever sees every record
that person owns (`rights.circle` of the measured object); those of a team by whoever sees all of its people; those of
the firm by whoever sees everything. So a figure never stands for part of what it says.

*Rules*: targets are set by who holds the area `sales`; who leads a team sets those of its people and of the teams
below it, never that team's own.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.tenancy.context import Ctx, Role

AREA = "sales"
Subject = tuple[str, uuid.UUID]
"""("user" | "team" | "firm", id)"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the firm; `team` may be None."""

    id: uuid.UUID
    name: str
    team: uuid.UUID | None
    manager: uuid.UUID | None
    active: bool


@dataclass(slots=True)
class Group:
    """A team: who is directly in it, and the teams directly below."""

    id: uuid.UUID
    name: str
    parent: uuid.UUID | None
    manager: uuid.UUID | None
    people: list[Person] = field(default_factory=list)
    below: list["Group"] = field(default_factory=list)


@dataclass(slots=True)
class Firm:
    """All people by id (in the order of their names), all teams by id, and what hangs on nothing."""

    id: uuid.UUID
    people: dict[uuid.UUID, Person]
    teams: dict[uuid.UUID, Group]
    tops: list[Group]
    loose: list[Person]

    @property
    def subject(self) -> Subject:
        """The firm as somebody who has targets."""
        return ("firm", self.id)

    def within(self, team: uuid.UUID) -> Iterator[Group]:
        """A team and all teams below it."""
        waiting = [self.teams[team]] if team in self.teams else []
        seen: set[uuid.UUID] = set()
        while waiting:
            group = waiting.pop()
            if group.id not in seen:
                seen.add(group.id)
                yield group
                waiting += group.below

    def members(self, subject: Subject) -> list[Person]:
        """Everybody whose figures make up those of a subject; people who have left count, too."""
        kind, subject_id = subject
        if kind == "user":
            return [self.people[subject_id]] if subject_id in self.people else []
        if kind == "team":
            return [person for group in self.within(subject_id) for person in group.people]
        return list(self.people.values())

    def knows(self, subject: Subject) -> bool:
        """True for somebody who is there."""
        kind, subject_id = subject
        if kind == "user":
            return subject_id in self.people
        return subject_id in self.teams if kind == "team" else subject_id == self.id

    def manager_of(self, subject: Subject) -> uuid.UUID | None:
        """Who answers for a subject: a person's manager, or the head of their team or of the one above."""
        kind, subject_id = subject
        if kind == "user":
            person = self.people.get(subject_id)
            if person is None:
                return None
            if person.manager is not None:
                return person.manager
            return self._head(person.team, besides=subject_id)
        return self._head(subject_id) if kind == "team" else None

    def _head(self, team: uuid.UUID | None, besides: uuid.UUID | None = None) -> uuid.UUID | None:
        seen: set[uuid.UUID] = set()
        while team is not None and team in self.teams and team not in seen:
            seen.add(team)
            group = self.teams[team]
            if group.manager is not None and group.manager != besides:
                return group.manager
            team = group.parent
        return None


def load_firm(ctx: Ctx) -> Firm:
    """Everybody and every team, in two statements."""
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id).order_by("sort_key", "id")
    people = {
        user: Person(user, name, team, manager, status == "active")
        for user, name, team, manager, status in rows.values_list(
            "user_id", "name", "team_id", "manager_id", "status"
        )
    }
    teams = Team.objects.filter(workspace_id=ctx.workspace.id).order_by("name", "id")
    groups = {
        team: Group(team, name, parent, manager)
        for team, name, parent, manager in teams.values_list("id", "name", "parent_id", "manager_id")
    }
    firm = Firm(ctx.workspace.id, people, groups, [], [])
    for group in groups.values():
        (groups[group.parent].below if group.parent in groups else firm.tops).append(group)
    for person in people.values():
        (groups[person.team].people if person.team in groups else firm.loose).append(person)
    return firm


def settable(ctx: Ctx, firm: Firm) -> set[Subject] | None:
    """Whose targets the actor may set; None for everybody's."""
    actor = ctx.actor
    if actor.manages(AREA):
        return None
    if not actor.can_write or actor.user_id is None:
        return set()
    led = {group.id for group in firm.teams.values() if group.manager == actor.user_id}
    if actor.role is Role.MANAGER and actor.team_id is not None:
        led.add(actor.team_id)
    found: set[Subject] = set()
    for team in led:
        for group in firm.within(team):
            found |= {("user", person.id) for person in group.people}
            found |= {("team", below.id) for below in group.below}
    return found


def seen_subjects(firm: Firm, circle: Collection[uuid.UUID] | None) -> set[Subject]:
    """Whose figures may be shown to somebody who sees the records of these people (None: all records)."""
    found: set[Subject] = {("user", user) for user in firm.people if circle is None or user in circle}
    if circle is None:
        return found | {("team", team) for team in firm.teams} | {firm.subject}
    for team in firm.teams:
        members = [person.id for person in firm.members(("team", team))]
        if members and all(user in circle for user in members):
            found.add(("team", team))
    return found


def all_subjects(firm: Firm) -> Iterable[Subject]:
    """The firm, every team, every person."""
    yield firm.subject
    yield from (("team", team) for team in firm.teams)
    yield from (("user", user) for user in firm.people)
