"""Measuring an object: one pass over its records, whatever their number.

*How it works*: a subquery holds one row of booleans a record (checks.py); the statement around it counts them
with `FILTER`, at once for everything, by owner and by source (`GROUPING SETS`). The formulas of rules.py make
scores of the counts.

*Rules*: what the actor of `ctx` sees is measured, and nothing else; two statements an object.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.quality.checks import Inspection, inspect, shared_keys
from guanxi.engine.quality.rules import DIMENSIONS, completeness, overall, share
from guanxi.engine.quality.settings import Settings
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, join, sql

MAX_GROUPS = 200
_ALL, _SOURCES, _OWNERS = 3, 2, 1  # what GROUPING(owner, source) says: a bit for each that is not grouped by


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted over some records; `by` is the owner or the source (None: nobody, or all)."""

    by: Any
    records: int
    empty: Mapping[str, int]
    present: Mapping[str, int]
    unsound: Mapping[str, int]
    broken: Mapping[str, int]
    overdue: Mapping[str, int]
    broken_any: int
    shared: int
    stale: int
    fresh: float


@dataclass(frozen=True, slots=True)
class Measured:
    """An object's counts in all, by owner and by source."""

    total: Counts
    owners: tuple[Counts, ...]
    sources: tuple[Counts, ...]
    checked: frozenset[str]
    """The dimensions that something is known about: those with rules, keys, values."""


def measure(ctx: Ctx, obj: ObjectDef, settings: Settings) -> Measured:
    """The records of `obj` that the actor sees, counted."""
    found = inspect(ctx, obj, settings)
    flags, counted = _columns(found)
    inner = Sql("SELECT r.owner_id AS owner, ") + (found.source or Sql("NULL::text")) + " AS source, "
    inner += join(flags) + " " + found.compiler.base()
    statement = (
        Sql("WITH ") + shared_keys(ctx, found) + "g AS NOT MATERIALIZED (" + inner + ") "
        + "SELECT GROUPING(g.owner, g.source), g.owner, g.source, count(*), " + counted
        + f" FROM g GROUP BY GROUPING SETS ((), (g.owner), (g.source)) ORDER BY 1 DESC, 4 DESC LIMIT {5 * MAX_GROUPS}"
    )  # fmt: skip
    rows = select_rows(statement)
    by: dict[int, list[Counts]] = {_ALL: [], _OWNERS: [], _SOURCES: []}
    for grouping, owner, source, *values in rows:
        by[grouping].append(_counts(found, source if grouping == _SOURCES else owner, values))
    known = {"completeness", "timeliness"}
    known |= {"validity"} if found.unsound else set()
    known |= {"consistency"} if found.broken else set()
    known |= {"uniqueness"} if found.keys else set()
    sources = tuple(by[_SOURCES][:MAX_GROUPS]) if found.source else ()
    return Measured(by[_ALL][0], tuple(by[_OWNERS][:MAX_GROUPS]), sources, frozenset(known))


def scores_of(counts: Counts, settings: Settings, checked: frozenset[str]) -> dict[str, float | None]:
    """The five scores of some records; None for what nothing is known about."""
    n = counts.records
    filled = {key: n - empty for key, empty in counts.empty.items()}
    present = sum(counts.present.values())
    found = {
        "completeness": completeness(filled, settings.fields, n),
        "validity": share(present - sum(counts.unsound.values()), present),
        "consistency": share(n - counts.broken_any, n),
        "uniqueness": share(n - counts.shared, n),
        "timeliness": share(counts.fresh, n),
    }
    return {key: found[key] if key in checked else None for key in DIMENSIONS}


def summary(counts: Counts, settings: Settings, checked: frozenset[str]) -> dict[str, Any]:
    """`{"records", "scores", "overall"}` of some records."""
    scores = scores_of(counts, settings, checked)
    return {"records": counts.records, "scores": scores, "overall": overall(scores, settings.weights)}


def as_detail(found: Measured, settings: Settings) -> dict[str, Any]:
    """What a snapshot keeps: scores and counts, without a value of any record."""
    total = found.total
    keys = dict.fromkeys([*total.empty, *total.present, *total.overdue])
    groups = {
        name: [
            {"by": None if c.by is None else str(c.by)} | summary(c, settings, found.checked) for c in part
        ]
        for name, part in (("owners", found.owners), ("sources", found.sources))
    }
    return summary(total, settings, found.checked) | {
        "fields": {
            key: {"empty": total.empty.get(key), "present": total.present.get(key),
                  "unsound": total.unsound.get(key), "overdue": total.overdue.get(key)}
            for key in keys
        },
        "rules": dict(total.broken),
        "broken": total.broken_any,
        "shared": total.shared,
        "stale": total.stale,
        **groups,
    }  # fmt: skip


def _columns(found: Inspection) -> tuple[list[Sql], Sql]:
    """The booleans of a row as columns, and how each is counted."""
    checks = [*found.empty.values(), *found.present.values(), *found.unsound.values(), *found.broken.values(),
              *found.overdue.values()]  # fmt: skip
    checks += [found.any_broken, found.shared, found.stale]
    flags = [check + f" AS c{i}" for i, check in enumerate(checks)]
    counted = [Sql(f"count(*) FILTER (WHERE g.c{i})") for i in range(len(checks))]
    return [*flags, found.fresh + " AS fresh"], join([*counted, Sql("coalesce(sum(g.fresh), 0)::float8")])


def _counts(found: Inspection, by: Any, values: list[Any]) -> Counts:
    records, *rest = values
    at = iter(rest)
    parts = (found.empty, found.present, found.unsound, found.broken, found.overdue)
    empty, present, unsound, broken, overdue = ({key: next(at) for key in part} for part in parts)
    broken_any, shared, stale, fresh = at
    return Counts(
        by, records, empty, present, unsound, broken, overdue, broken_any, shared, stale, float(fresh)
    )


def lacking(ctx: Ctx, obj: ObjectDef, settings: Settings, limit: int) -> list[dict[str, Any]]:
    """The records the actor sees that lack most, with what they lack, the worst first."""
    found = inspect(ctx, obj, settings)
    flags, _ = _columns(found)
    columns = join([Sql("r.id AS id, r.title AS title, r.owner_id AS owner"), *flags])
    penalty = _penalty(found)
    statement = (
        Sql("WITH ") + shared_keys(ctx, found) + "g AS NOT MATERIALIZED (SELECT " + columns + " "
        + found.compiler.base() + ") SELECT * FROM (SELECT g.*, " + penalty + " AS penalty FROM g) w"
        + sql(" WHERE penalty > 0 ORDER BY penalty DESC, id LIMIT {}", limit)
    )  # fmt: skip
    shown = []
    for record_id, title, owner, *values in select_rows(statement):
        at = iter(values)
        parts = (found.empty, found.present, found.unsound, found.broken, found.overdue)
        empty, _, unsound, broken, overdue = ([key for key in part if next(at)] for part in parts)
        next(at)
        lacks = {
            "empty": empty,
            "unsound": unsound,
            "broken": broken,
            "overdue": overdue,
            "shared": next(at),
            "stale": next(at),
        }
        shown.append({"id": str(record_id), "title": title, "owner": owner, "lacks": lacks})
    return shown


def _penalty(found: Inspection) -> Sql:
    """By how much a record pulls the mean down, from the columns of `_columns`."""
    weights, fields = found.settings.weights, found.settings.fields
    total = sum(fields.values()) or 1
    parts = [
        f"c{i}::int * {weights['completeness'] * fields[key] / total:.6f}"
        for i, key in enumerate(found.empty)
    ]
    first = len(found.empty) + len(found.present)
    wrong = [f"c{first + i}" for i in range(len(found.unsound))]
    last = first + len(found.unsound) + len(found.broken) + len(found.overdue)
    if wrong:
        parts.append(f"({' OR '.join(wrong)})::int * {int(weights['validity'])}")
    parts.append(f"c{last}::int * {int(weights['consistency'])}")
    parts.append(f"c{last + 1}::int * {int(weights['uniqueness'])}")
    parts.append(f"(1 - fresh) * {int(weights['timeliness'])}")
    return Sql("round((" + " + ".join(parts) + ")::numeric, 4)")
