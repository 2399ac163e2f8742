"""How fast deals go through their stages, and how far they come: over the deals that somebody sees.

*How it works*: the stays that ended in the period are joined with the deals that the read door shows the actor, by the
filter that is asked for; so rights and hidden fields hold here as in any list. Where deals stand now, and for how long,
their own rows say. Two statements.

*Rules*: a stay counts in the period it ended in. An average of nothing is null, not 0.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from guanxi.domains.sales.pipeline.gates import places_of
from guanxi.domains.sales.pipeline.rules import Place
from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, sql

DAY = 86_400
KINDS = ("forward", "back", "won", "lost")


def velocity(ctx: Ctx, tree: Any, days: int) -> dict[str, Any]:
    """By stage, in order: how many went on (forward, back, won, lost) and after how long; how many stand there now.

    Raises NotFound for who has no deals to see, Invalid for the filter.
    """
    obj = rights.get_object(ctx, "opportunity")
    compiler = Compiler(ctx, obj)
    compiler.resolve("stage", "stage")
    where = compiler.where(tree)
    since = ctx.now - timedelta(days=days)
    left = select_rows(
        Sql("SELECT s.stage, s.next_stage, count(*), sum(extract(epoch FROM s.left_at - s.entered_at)) FROM stage_stay s"
            " WHERE ")
        + sql("s.workspace_id = {} AND s.left_at >= {} AND s.deal_id IN (SELECT r.id ", ctx.workspace.id, since)
        + compiler.base(where=where) + Sql(") GROUP BY 1, 2")
    )  # fmt: skip
    standing = select_rows(
        sql("SELECT r.stage, count(*), avg(extract(epoch FROM {}::timestamptz - r.stage_entered_at)) ", ctx.now)
        + compiler.base(where=where) + Sql(" AND r.status = 'open' GROUP BY 1")
    )  # fmt: skip
    return {"since": since, "stages": _told(places_of(obj), left, {row[0]: row[1:] for row in standing})}


def _told(
    places: Mapping[str, Place], left: Sequence[tuple[Any, ...]], standing: Mapping[str, tuple[Any, ...]]
) -> list[dict[str, Any]]:
    order = {key: n for n, key in enumerate(places)}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(KINDS, 0))
    seconds: dict[str, float] = defaultdict(float)
    for stage, following, count, spent in left:
        if stage in places:
            counts[stage][_kind(order, places, stage, following)] += count
            seconds[stage] += float(spent or 0)
    found = []
    for key, place in places.items():
        if place.kind != "open":
            continue
        ended = sum(counts[key].values())
        now, age = standing.get(key, (0, None))
        found.append(
            {"stage": key, "pipeline": place.pipeline, **counts[key], "left": ended,
             "days": _days(seconds[key] / ended) if ended else None, "standing": now, "age": _days(age)}
        )  # fmt: skip
    return found


def _kind(order: Mapping[str, int], places: Mapping[str, Place], stage: str, following: str) -> str:
    """Where a deal went: a stage that is gone since counts as forward."""
    there = places.get(following)
    if there is not None and there.kind in ("won", "lost"):
        return there.kind
    return "back" if there is not None and order[following] < order[stage] else "forward"


def _days(seconds: Any) -> float | None:
    return None if seconds is None else round(max(0.0, float(seconds)) / DAY, 1)
