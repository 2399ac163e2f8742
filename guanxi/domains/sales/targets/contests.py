"""Competitions: who reaches the most of something from one day to another; the best three get a badge.

*How it works*: the standing is computed by the program for everybody who takes part, as the records are. The day after
the last one the sweep that also tells of targets writes the winners down for good and tells them.

*Rules*: who sets one up sees the records that it is decided by. Taking part means standing on the board: rank and,
where the reader sees all records of a colleague, the figure. Whoever opted out of names stands without one, and a badge
of theirs is shown to themselves alone. Who does not see the measured amounts sees no competition. Equal figures share a
rank, and nobody wins with nothing.
"""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.targets.commissions import UNKNOWN_PLAN, at_version, checked_people, included
from guanxi.domains.sales.targets.figures import circle_of, measure_of, open_to, read_between, sees_figures
from guanxi.domains.sales.targets.firm import AREA, Firm, load_firm
from guanxi.domains.sales.targets.models import Contest, TargetShy
from guanxi.domains.sales.targets.plans import NOT_ALL, TOO_MANY, find_plan, names, plan_json, require
from guanxi.domains.sales.targets.rules import NOUGHT, ranked
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import Conflict, Forbidden, NotFound, invalid
from guanxi.kit.text import Text

MAX_CONTESTS = 200
SHOWN = 12
KIND = "target.won"
BADGES = 3
WON = Text(
    "恭喜！你在「{contest}」里得了第 {rank} 名",
    "Congratulations! You came in at number {rank} in “{contest}”",
)
BAD_DAYS = Text("结束日期不能早于开始日期。", "It cannot end before it begins.")
TOO_LONG = Text("最长一年。", "A year at most.")
OVER = Text("比赛已经结束，名次不再改变。", "It is over, and its winners stay.")
_FIELDS = ("name", "plan_id", "first", "last", "prize", "people")


def contests(ctx: Ctx) -> dict[str, Any]:
    """The newest competitions that the actor takes part in or sets up, with their standing."""
    firm = load_firm(ctx)
    manages = ctx.actor.manages(AREA)
    rows = Contest.objects.filter(workspace_id=ctx.workspace.id).select_related("plan")
    shy = set(TargetShy.objects.filter(workspace_id=ctx.workspace.id).values_list("user_id", flat=True))
    found = []
    for row in rows.order_by("-last", "-id")[:SHOWN]:
        people = included(firm, row.people)
        if (manages or ctx.actor.user_id in people) and open_to(ctx, row.plan):
            found.append(contest_json(row) | {"rows": _rows(ctx, firm, row, people, shy)})
    return {"data": found, "may": manages}


def _rows(
    ctx: Ctx, firm: Firm, row: Contest, people: set[uuid.UUID], shy: set[uuid.UUID]
) -> list[dict[str, Any]]:
    if row.closed_at is None:
        standing = _standing(system_ctx(ctx.workspace), firm, row, people)
    else:
        standing = [(w["rank"], uuid.UUID(w["id"]), Decimal(w["actual"])) for w in row.winners]
    measure = measure_of(row.plan)
    circle = circle_of(ctx, measure) if measure else frozenset()
    me = ctx.actor.user_id
    found = []
    for rank, user, actual in standing[:100]:
        named = user == me or user not in shy
        seen = named and (circle is None or user in circle)
        found.append({
            "rank": rank, "id": user if named else None, "me": user == me,
            "name": firm.people[user].name if named and user in firm.people else None,
            "actual": actual if seen else None,
        })  # fmt: skip
    return found


def _standing(
    ctx: Ctx, firm: Firm, row: Contest, people: set[uuid.UUID]
) -> list[tuple[int, uuid.UUID, Decimal]]:
    """(rank, person, figure) of everybody who takes part, the best first."""
    measure = open_to(ctx, row.plan)
    if measure is None:
        return []
    reached = read_between(ctx, row.plan, measure, row.first, row.last)
    active = [user for user in people if firm.people[user].active]
    return ranked([(user, reached.get(user, NOUGHT)) for user in active])


def contest_json(row: Contest) -> dict[str, Any]:
    """A competition in the API."""
    return {
        "id": row.id,
        **_told(row),
        "plan": plan_json(row.plan),
        "closed_at": row.closed_at,
        "version": row.version,
    }


def save_contest(ctx: Ctx, contest_id: uuid.UUID | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Make or change a competition that is not over; raises Forbidden, NotFound, Invalid, StaleVersion, Conflict."""
    require(ctx)
    before: dict[str, Any] = {}
    if contest_id is None:
        if Contest.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_CONTESTS:
            raise invalid("name", "too_many", TOO_MANY, max=MAX_CONTESTS)
        row = Contest(workspace_id=ctx.workspace.id, created_at=ctx.now)
    else:
        row = _find(ctx, contest_id)
        at_version(row.version, given)
        if row.closed_at is not None:
            raise Conflict(OVER, code="over")
        before = _told(row)
        row.version += 1
    for name in _FIELDS:
        if given.get(name) is not None:
            setattr(row, name, given[name])
    row.name = names(row.name)
    try:
        row.plan = find_plan(ctx, row.plan_id)
    except NotFound:
        raise invalid("plan_id", "unknown_plan", UNKNOWN_PLAN) from None
    measure = open_to(ctx, row.plan)
    if measure is None:
        raise invalid("plan_id", "unknown_plan", UNKNOWN_PLAN)
    if row.last < row.first:
        raise invalid("last", "bad_days", BAD_DAYS)
    if (row.last - row.first).days > 366:
        raise invalid("last", "too_long", TOO_LONG)
    row.people = checked_people(ctx, row.people)
    if not sees_figures(ctx, measure, included(load_firm(ctx), row.people)):
        raise Forbidden(NOT_ALL, code="not_all")
    row.save()
    _changed(ctx, row, before, _told(row))
    return contest_json(row)


def delete_contest(ctx: Ctx, contest_id: uuid.UUID) -> None:
    """Delete a competition; badges of it are gone with it."""
    require(ctx)
    row = _find(ctx, contest_id)
    _changed(ctx, row, _told(row), {})
    row.delete()


def close_due(ctx: Ctx) -> int:
    """Write down the winners of what is over in one workspace, and tell them; gives how many were told."""
    due = Contest.objects.select_for_update(of=("self",)).select_related("plan").filter(
        workspace_id=ctx.workspace.id, closed_at__isnull=True, last__lt=ctx.today.date()
    )  # fmt: skip
    told = 0
    for row in due.order_by("id")[:SHOWN]:
        firm = load_firm(ctx)
        standing = _standing(ctx, firm, row, included(firm, row.people))
        won = [(rank, user, actual) for rank, user, actual in standing if rank <= BADGES and actual > 0]
        row.winners = [{"rank": rank, "id": str(user), "actual": str(actual)} for rank, user, actual in won]
        row.closed_at = ctx.now
        row.save(update_fields=["winners", "closed_at"])
        told += notify_each(ctx, KIND, [
            Notice(user, WON, url="/performance", data={"contest": Text.of(row.name).as_dict(), "rank": rank})
            for rank, user, _ in won
        ])  # fmt: skip
    return told


def _find(ctx: Ctx, contest_id: uuid.UUID) -> Contest:
    rows = Contest.objects.select_for_update(of=("self",)).select_related("plan")
    row = rows.filter(workspace_id=ctx.workspace.id, id=contest_id).first()
    if row is None:
        raise NotFound
    return row


def _told(row: Contest) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}


def _changed(ctx: Ctx, row: Contest, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    record_change(ctx, "settings.changed", before, after, record_id=row.id, area="targets", what="contest")
