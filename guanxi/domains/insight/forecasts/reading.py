"""From the lake to arrays: deals with the stages they stood in, won amounts and payments by month."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from guanxi.domains.insight.lake.reading import Lake
from guanxi.domains.insight.methods.pipelines import NEVER, Deals
from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Ctx

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_STAYS = (
    "SELECT deal_id::text, stage, entered_at::date, left_at::date FROM stage_stay WHERE workspace_id = %s"
)


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts by day and team (a place in the list of teams; -1: none)."""

    day: Ints
    amount: Floats
    team: Ints


@dataclass(frozen=True, slots=True)
class Business:
    """What forecasts are made from. `stages` are the keys of stages by their codes less one."""

    deals: Deals
    team: Ints
    stages: list[str]
    won: Sums
    received: Sums
    teams: list[uuid.UUID]


def read(ctx: Ctx, lake: Lake, today: date) -> Business:
    """Everything up to today."""
    teams, by_person = _teams(ctx)
    rows = lake.deals().filter(lambda t: t.amount.notnull() & t.opened.notnull()).order_by("id").to_pyarrow()
    closed = _days(rows["closed"], NEVER)
    is_open = np.asarray(pc.equal(rows["status"], "open").fill_null(True))
    won = np.asarray(pc.equal(rows["status"], "won").fill_null(False)) & (closed <= _number(today))
    closed = np.where(is_open, NEVER, np.where(closed == NEVER, _days(rows["opened"], 0), closed))
    amount = np.asarray(rows["amount"].combine_chunks(), dtype=np.float64)
    team = _team_of(rows["owner"], by_person)
    stages, stays = _stays(ctx, rows, is_open)
    deals = Deals(_days(rows["opened"], 0), closed, won, amount, stays)
    money = (
        lake.payments().filter(lambda t: t.amount.notnull() & t.day.notnull() & (t.day <= today)).to_pyarrow()
    )
    received = Sums(
        _days(money["day"], 0), np.asarray(money["amount"].combine_chunks(), dtype=np.float64), _team_of(money["owner"], by_person)
    )  # fmt: skip
    return Business(deals, team, stages, Sums(closed[won], amount[won], team[won]), received, teams)


def _teams(ctx: Ctx) -> tuple[list[uuid.UUID], dict[str, int]]:
    """The teams that somebody is in, and everybody's place among them."""
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, team__isnull=False)
    by_person: dict[uuid.UUID, uuid.UUID] = dict(rows.values_list("user_id", "team_id"))
    teams = sorted(set(by_person.values()))
    place = {team: n for n, team in enumerate(teams)}
    return teams, {str(user): place[team] for user, team in by_person.items()}


def _team_of(owners: Any, by_person: dict[str, int]) -> Ints:
    return np.array([by_person.get(owner or "", -1) for owner in owners.to_pylist()], dtype=np.int64)


def _stays(
    ctx: Ctx, rows: pa.Table, is_open: npt.NDArray[np.bool_]
) -> tuple[list[str], tuple[Ints, Ints, Ints, Ints]]:
    """Stages in the order of their keys, and who stood where: the stays of the past, and where open deals stand."""
    place = {one: n for n, one in enumerate(rows["id"].to_pylist())}
    with connection.cursor() as db:
        db.execute(_STAYS, [ctx.workspace.id])
        past = [(place[i], stage, _number(a), _number(b)) for i, stage, a, b in db.fetchall() if i in place]
    since = _days(rows["stage_on"], 0)
    stands = [
        (n, stage, int(since[n]), NEVER)
        for n, stage in enumerate(rows["stage"].to_pylist()) if is_open[n] and stage
    ]  # fmt: skip
    found = past + stands
    stages = sorted({stage for _, stage, _, _ in found})
    code = {stage: n for n, stage in enumerate(stages, 1)}
    columns = [
        [n for n, *_ in found],
        [code[s] for _, s, *_ in found],
        [a for *_, a, _ in found],
        [b for *_, b in found],
    ]
    deal, stage, entered, left = (np.array(column, dtype=np.int64) for column in columns)
    return stages, (deal, stage, entered, left)


def _days(column: Any, missing: int) -> Ints:
    days = np.asarray(
        pc.fill_null(column.cast(pa.date32()).cast(pa.int32()), 0).combine_chunks(), dtype=np.int64
    )
    return np.where(np.asarray(column.combine_chunks().is_null()), missing, days)


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()
