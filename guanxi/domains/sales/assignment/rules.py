"""Who gets a lead: plain Python over people, their work and a rule.

*How it works*: of a rule's people, those who cannot take the lead are passed over, each with the reason (away,
out of hours, full, day's share done, other skill). Of the others the nearest territory counts. Who served the
same person before is preferred where the rule says so; else turns are taken (by weight), or whoever has the
least open work gets it.

Turns (`Turns.take`): among people of weights w with the sum W, the n-th lead (from 1) of somebody is due by the
turn ceil(n·W/w) and not before floor((n-1)·W/w); of those who are due, the earliest deadline comes first. That is
the schedule of pfair tasks (Baruah, Cohen, Plaxton, Varvel, "Proportionate progress", Algorithmica 15, 1996):
after t turns nobody is a whole lead away from t·w/W. A different set of people has turns of its own; ties go to
whoever has waited longest, over all sets.

*Rules*: no clock, no chance, no database: the same input gives the same answer, which is what is told to people.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from guanxi.kit.working_hours import WorkingHours

MAX_ROUNDS = 60
OPEN = ("new", "contacted", "qualified")
"""The statuses of leads somebody has to work on."""


class Method(StrEnum):
    """How a rule chooses among those who can take a lead."""

    TURNS = "turns"
    FEWEST = "fewest"
    QUEUE = "queue"


class Passed(StrEnum):
    """Why somebody was passed over."""

    AWAY = "away"
    OFF_HOURS = "off_hours"
    FULL = "full"
    QUOTA = "quota"
    REGION = "region"
    SKILL = "skill"
    TRIED = "tried"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody leads go to: limits (None: none), territory (region codes), skills, hours, absence."""

    id: uuid.UUID
    name: str = ""
    max_open: int | None = None
    per_day: int | None = None
    regions: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    hours: WorkingHours | None = None
    away_from: datetime | None = None
    away_until: datetime | None = None

    def is_away(self, at: datetime) -> bool:
        """True when they are absent at that moment."""
        if self.away_from is None and self.away_until is None:
            return False
        begun = self.away_from is None or at >= self.away_from
        return begun and (self.away_until is None or at < self.away_until)


@dataclass(slots=True)
class Work:
    """What people have: open leads, and those given to them today; grows as leads are shared out."""

    open: dict[uuid.UUID, int] = field(default_factory=dict)
    today: dict[uuid.UUID, int] = field(default_factory=dict)

    def add(self, person: uuid.UUID) -> None:
        """One more for somebody."""
        self.open[person] = self.open.get(person, 0) + 1
        self.today[person] = self.today.get(person, 0) + 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A lead to be given to somebody, as far as choosing needs it. `tried` had it and did not take it up."""

    at: datetime
    region: str = ""
    skill: str = ""
    past_owner: uuid.UUID | None = None
    tried: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule asks of its people, besides who they are (`weights`)."""

    method: Method = Method.TURNS
    weights: Mapping[uuid.UUID, int] = field(default_factory=dict)
    past_owner: bool = False
    territory: bool = False
    by_skill: bool = False
    in_hours: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Who it is (None: nobody can), by what, out of how many, and why the others were passed over."""

    person: uuid.UUID | None
    by: str = ""
    among: int = 0
    passed: Mapping[uuid.UUID, Passed] = field(default_factory=dict)
    region: str = ""


@dataclass(slots=True)
class Turns:
    """Whose turn it is: by set of people what they were served in this round, and when each was served last."""

    rounds: dict[str, dict[str, int]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def take(self, weights: Mapping[uuid.UUID, int]) -> uuid.UUID:
        """Whoever is next among these people (positive weights); it is noted."""
        total = sum(weights.values())
        mark = _mark(weights)
        served = self.rounds.pop(mark, {})
        turn = sum(served.values())

        def deadline(person: uuid.UUID) -> tuple[int, int, str]:
            nth = served.get(str(person), 0) + 1
            return -(-nth * total // weights[person]), self.last.get(str(person), 0), str(person)

        due = [p for p, weight in weights.items() if served.get(str(p), 0) * total // weight <= turn]
        chosen = min(due, key=deadline)
        served[str(chosen)] = served.get(str(chosen), 0) + 1
        # A whole round gives everybody exactly their weight: the next begins at nought.
        self.rounds[mark] = {} if turn + 1 == total else served
        self._note(chosen)
        return chosen

    def take_fewest(
        self, people: Iterable[uuid.UUID], work: Work, weights: Mapping[uuid.UUID, int]
    ) -> uuid.UUID:
        """Whoever has the least open work for their weight; then whoever has waited longest."""
        chosen = min(
            people,
            key=lambda p: (work.open.get(p, 0) / weights[p], self.last.get(str(p), 0), str(p)),
        )
        self._note(chosen)
        return chosen

    def _note(self, person: uuid.UUID) -> None:
        self.count += 1
        self.last[str(person)] = self.count
        while len(self.rounds) > MAX_ROUNDS:  # the set that was not asked for longest goes first
            del self.rounds[next(iter(self.rounds))]

    def as_json(self) -> dict[str, Any]:
        """How it is kept."""
        return {"rounds": list(self.rounds.items()), "last": self.last, "count": self.count}

    @classmethod
    def of(cls, kept: Any) -> "Turns":
        """What was kept; a fresh one of nothing."""
        if not isinstance(kept, Mapping) or not kept:
            return cls()
        return cls({mark: dict(served) for mark, served in kept["rounds"]}, dict(kept["last"]), kept["count"])


def _mark(weights: Mapping[uuid.UUID, int]) -> str:
    text = ",".join(f"{person}:{weight}" for person, weight in sorted(weights.items()))
    return sha256(text.encode()).hexdigest()[:16]


def choose(
    terms: Terms, people: Mapping[uuid.UUID, Person], asked: Asked, work: Work, turns: Turns
) -> Choice:
    """Who of `people` gets the lead under `terms`; notes the turn, not the work."""
    passed: dict[uuid.UUID, Passed] = {}
    able: list[uuid.UUID] = []
    for person_id in terms.weights:
        person = people.get(person_id)
        if person is None:
            continue
        why = _why_not(terms, person, asked, work)
        if why is None:
            able.append(person_id)
        else:
            passed[person_id] = why
    if terms.past_owner and asked.past_owner in able:
        turns._note(asked.past_owner)
        return Choice(asked.past_owner, "past_owner", 1, {})
    region = ""
    if terms.territory and asked.region:
        region, near = _nearest({p: people[p].regions for p in able}, asked.region)
        passed |= {p: Passed.REGION for p in able if p not in near}
        able = [p for p in able if p in near]
    if not able:
        return Choice(None, "", 0, passed)
    weights = {p: terms.weights[p] for p in able}
    if terms.method is Method.FEWEST:
        return Choice(turns.take_fewest(able, work, weights), "fewest", len(able), passed, region)
    return Choice(turns.take(weights), "turns", len(able), passed, region)


def _why_not(terms: Terms, person: Person, asked: Asked, work: Work) -> Passed | None:
    if person.id in asked.tried:
        return Passed.TRIED
    if person.is_away(asked.at):
        return Passed.AWAY
    if terms.in_hours and person.hours is not None and not person.hours.is_open(asked.at):
        return Passed.OFF_HOURS
    if person.max_open is not None and work.open.get(person.id, 0) >= person.max_open:
        return Passed.FULL
    if person.per_day is not None and work.today.get(person.id, 0) >= person.per_day:
        return Passed.QUOTA
    if terms.by_skill and asked.skill and asked.skill not in person.skills:
        return Passed.SKILL
    return None


def _nearest(regions: Mapping[uuid.UUID, Sequence[str]], wanted: str) -> tuple[str, set[uuid.UUID]]:
    """The deepest region above (or at) the wanted one that somebody has, and who has it."""
    best: dict[uuid.UUID, str] = {}
    for person, codes in regions.items():
        fitting = [code for code in codes if wanted.startswith(code)]
        if fitting:
            best[person] = max(fitting, key=len)
    deepest = max(best.values(), key=len, default="")
    return deepest, {person for person, code in best.items() if code == deepest}


def even_loads(loads: Mapping[uuid.UUID, int], weights: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    """How many of all open leads each would have, by weight: shares rounded by largest remainder.

    Ties go to whoever has more than the whole share already: no lead moves without need, and what is even stays so.
    """
    total, parts = sum(loads.values()), sum(weights.values())
    exact = {p: divmod(total * w, parts) for p, w in weights.items()}
    found = {p: whole for p, (whole, _) in exact.items()}
    rest = total - sum(found.values())
    by_remainder = sorted(exact, key=lambda p: (-exact[p][1], loads.get(p, 0) <= found[p], str(p)))
    for person in by_remainder[:rest]:
        found[person] += 1
    return found


def moves_between(
    loads: Mapping[uuid.UUID, int],
    wanted: Mapping[uuid.UUID, int],
    movable: Mapping[uuid.UUID, Sequence[uuid.UUID]],
) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """(lead, from, to) that bring loads near what is wanted, as few as can be; leads in the order given."""
    waiting = [p for p in sorted(wanted, key=str) for _ in range(max(wanted[p] - loads.get(p, 0), 0))]
    found: list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]] = []
    for giver in sorted(wanted, key=lambda p: (wanted[p] - loads.get(p, 0), str(p))):
        spare = max(loads.get(giver, 0) - wanted[giver], 0)
        for lead in list(movable.get(giver, ()))[:spare]:
            if not waiting:
                return found
            found.append((lead, giver, waiting.pop(0)))
    return found
