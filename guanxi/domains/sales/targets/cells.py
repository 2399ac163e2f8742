"""The numbers that people are given: read by plan and stretch of time, and what they add up to bottom-up.

*How it works*: one statement reads the cells of a plan in a stretch; periods of a larger unit are sums of them. A
team's own number stands; where it has none, what its people and the teams below add up to stands for it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guanxi.domains.sales.targets.firm import Firm, Group, Subject
from guanxi.domains.sales.targets.models import Target
from guanxi.domains.sales.targets.rules import Period
from guanxi.engine.tenancy.context import Ctx

Cells = Mapping[tuple[Subject, date], Decimal]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a subject aims at: `typed` for itself, `below` what its people and teams add up to."""

    typed: Decimal | None
    below: Decimal | None

    @property
    def target(self) -> Decimal | None:
        """What counts."""
        return self.below if self.typed is None else self.typed

    @property
    def difference(self) -> Decimal | None:
        """How much more the parts have than the whole (less: negative)."""
        return None if self.typed is None or self.below is None else self.below - self.typed


def read_cells(ctx: Ctx, plan_ids: Iterable[uuid.UUID], first: date, end: date) -> dict[uuid.UUID, Cells]:
    """The cells of plans whose periods begin in [first, end), by plan."""
    ids = list(plan_ids)
    found: dict[uuid.UUID, dict[tuple[Subject, date], Decimal]] = {plan: {} for plan in ids}
    rows = Target.objects.filter(
        workspace_id=ctx.workspace.id, plan_id__in=ids, start__gte=first, start__lt=end
    )
    for plan, kind, subject, start, amount in rows.values_list(
        "plan_id", "kind", "subject_id", "start", "amount"
    ):
        found[plan][(kind, subject), start] = amount
    return dict(found)


def summed(cells: Cells, period: Period) -> dict[Subject, Decimal]:
    """By subject, what its cells in a period come to."""
    found: dict[Subject, Decimal] = {}
    for (subject, start), amount in cells.items():
        if period.start <= start < period.end:
            found[subject] = found.get(subject, Decimal()) + amount
    return found


def aims_of(firm: Firm, typed: Mapping[Subject, Decimal]) -> dict[Subject, Aim]:
    """What everybody aims at, from the people up to the firm."""
    found: dict[Subject, Aim] = {("user", user): Aim(typed.get(("user", user)), None) for user in firm.people}

    def add(parts: Iterable[Subject]) -> Decimal | None:
        known = [aim for part in parts if (aim := found[part].target) is not None]
        return sum(known, Decimal()) if known else None

    for group in upwards(firm):
        subject: Subject = ("team", group.id)
        parts: list[Subject] = [("user", person.id) for person in group.people]
        parts += [("team", below.id) for below in group.below if ("team", below.id) in found]
        found[subject] = Aim(typed.get(subject), add(parts))
    tops: list[Subject] = [("team", group.id) for group in firm.tops]
    tops += [("user", person.id) for person in firm.loose]
    found[firm.subject] = Aim(typed.get(firm.subject), add(tops))
    return found


def upwards(firm: Firm) -> list[Group]:
    """All teams, those below before those above."""
    found: list[Group] = []
    waiting = list(firm.tops)
    while waiting:
        group = waiting.pop()
        found.append(group)
        waiting += group.below
    return found[::-1]
