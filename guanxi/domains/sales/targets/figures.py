"""What was reached: measured through the query door, under the rights of whoever asks.

*How it works*: one grouped query a source gives the figures of everybody in every period at once, by owner and by
month, quarter or year. What it costs does not depend on how many people and periods there are.

*Rules*: a plan is `open_to` somebody who sees the measured object, its amount, date and owner as they are, and every
field of the plan's filter; for anybody else it does not exist. Amounts are in the workspace's currency.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.targets.measures import Source, TargetMeasure, target_measures
from guanxi.domains.sales.targets.models import TargetPlan
from guanxi.domains.sales.targets.rules import NOUGHT, Period
from guanxi.engine.access import rights
from guanxi.engine.records.query import Grouping, Measure, RecordQuery, fetch_groups
from guanxi.engine.records.query.conditions import condition
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid

MOST_ROWS = 100_000
"""More than 1,000 people have in five years of months; a firm that has more is cut off, not slowed down."""
Figures = Mapping[tuple[uuid.UUID, date], Decimal]
"""By owner and first day of the period; nothing there is nought."""


def measure_of(plan: TargetPlan) -> TargetMeasure | None:
    """The declared measure of a plan; None where it is no longer declared."""
    return target_measures.find(plan.measure)


def open_to(ctx: Ctx, plan: TargetPlan) -> TargetMeasure | None:
    """The measure of a plan that the actor may have figures of; None for any other."""
    measure = measure_of(plan)
    if measure is None or not is_readable(ctx, measure):
        return None
    return measure if not plan.filter or fits(ctx, measure, plan.filter) else None


def is_readable(ctx: Ctx, measure: TargetMeasure) -> bool:
    """True when the actor sees every field that a measure is made of, of every source."""
    for source in measure.sources:
        obj = object_of(ctx, source)
        if obj is None:
            return False
        seen = rights.readable(ctx, obj)
        if not {source.date, source.owner, *([source.amount] if source.amount else [])} <= seen.keys():
            return False
    return True


def fits(ctx: Ctx, measure: TargetMeasure, tree: Any) -> bool:
    """True when the actor may filter the measure's records by `tree`."""
    try:
        check_filter(ctx, measure, tree)
    except Invalid:
        return False
    return True


def check_filter(ctx: Ctx, measure: TargetMeasure, tree: Any) -> None:
    """Raise Invalid where `tree` is no filter of the measure's records."""
    for source in measure.sources:
        obj = object_of(ctx, source)
        if obj is not None:
            condition(ctx, obj, "r", tree)


def object_of(ctx: Ctx, source: Source) -> ObjectDef | None:
    """The measured object as far as the actor sees it."""
    obj = get_schema(ctx).find(source.object)
    return obj if obj is not None and rights.can(ctx, obj, "read") else None


def circle_of(ctx: Ctx, measure: TargetMeasure) -> frozenset[uuid.UUID] | None:
    """The people all of whose records of the measure the actor sees; None for everybody."""
    found: frozenset[uuid.UUID] | None = None
    for source in measure.sources:
        obj = object_of(ctx, source)
        if obj is None:
            return frozenset()
        reach = (
            None if rights.sees_everything(ctx, obj) else rights.circle(ctx, rights.scope(ctx, obj, "see"))
        )
        if reach is not None:
            found = reach if found is None else found & reach
    return found


def sees_figures(ctx: Ctx, measure: TargetMeasure, people: Collection[uuid.UUID] | None = None) -> bool:
    """True when the actor sees all records of the measure (of these `people`): who may publish how far they are."""
    circle = circle_of(ctx, measure)
    return circle is None or (people is not None and circle >= set(people))


def read_figures(ctx: Ctx, plan: TargetPlan, measure: TargetMeasure, first: Period, last: Period) -> Figures:
    """What everybody (whom the actor sees) has reached from one period to another of the same unit."""
    found: dict[tuple[uuid.UUID, date], Decimal] = defaultdict(lambda: NOUGHT)
    for source in measure.sources:
        query = RecordQuery(
            object=source.object,
            filter=tree_of(plan, source, first.start, last.last),
            group=(Grouping(source.owner), Grouping(source.date, first.unit)),
            measures=(_measured(source),),
            limit=MOST_ROWS,
        )
        for row in fetch_groups(ctx, query, most=MOST_ROWS)["data"]:
            owner, start = row["keys"][source.owner], row["keys"][source.date]
            if owner and start:
                found[uuid.UUID(owner), date.fromisoformat(start)] += Decimal(row["values"]["value"] or 0)
    return dict(found)


def read_between(
    ctx: Ctx, plan: TargetPlan, measure: TargetMeasure, first: date, last: date
) -> dict[uuid.UUID, Decimal]:
    """What everybody (whom the actor sees) has reached from one day to another, both included."""
    found: dict[uuid.UUID, Decimal] = defaultdict(lambda: NOUGHT)
    for source in measure.sources:
        query = RecordQuery(
            object=source.object,
            filter=tree_of(plan, source, first, last),
            group=(Grouping(source.owner),),
            measures=(_measured(source),),
            limit=MOST_ROWS,
        )
        for row in fetch_groups(ctx, query, most=MOST_ROWS)["data"]:
            if owner := row["keys"][source.owner]:
                found[uuid.UUID(owner)] += Decimal(row["values"]["value"] or 0)
    return dict(found)


def _measured(source: Source) -> Measure:
    return Measure("sum", source.amount, "value") if source.amount else Measure("count", None, "value")


def tree_of(plan: TargetPlan, source: Source, first: date, last: date, whose: Any = None) -> dict[str, Any]:
    """The filter of the records that count from one day to another (both included): what a list is opened with."""
    parts = [
        {"field": source.date, "op": "between", "value": [first.isoformat(), last.isoformat()]},
        source.filter,
        plan.filter,
        whose,
    ]
    return {"and": [part for part in parts if part]}
