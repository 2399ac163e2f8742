"""What moved a figure between two periods: which segments, of which dimension, by how much.

*How it works*: the figure is counted by one dimension after another: those of the report, then the object's options,
people, linked records and regions, and the options and regions of the records it links to. Each dimension is one
statement: now and before stand side by side as measures with conditions. A segment's contribution is what the whole
would have moved by it alone; those of a dimension add up to the change exactly:

* counts and sums: what it has now less what it had;
* averages and ratios (A ÷ B): (A − R·B) ÷ ΣB now less the same before, with R the old whole: a segment moves the whole
  by being better or worse than it, and by weighing more or less.

A dimension explains the more, the further its strongest segments are from moving in step with the whole, and the fewer
segments it has: where every region grew by a tenth, regions explain nothing. One that tells the same apart as a stronger
one (the contacts of customers with one contact each) is left out.

*Rules*: figures come from the query door alone, under the rights of whoever asks; a dimension that they do not see is
none. No figure says why: this says where. Medians, extremes and different values do not add up, and are refused.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query import fetch_groups, parse_query
from guanxi.engine.reports.comparing import Days, all_of, days_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.text import Text

MOST_DIMENSIONS = 16
MOST_SHOWN = 5
MOST_SEGMENTS = 1000
BUDGET = 8.0
"""Seconds after which no further dimension is begun."""
_REGION = "province"
_ADDED_UP = ("count", "sum")
_NO_DAYS = Text("先选和哪段时间对比。", "Choose a period to compare with first.")
_NO_PARTS = Text(
    "这个指标不能拆成各部分之和；数量、合计、平均和比率可以。",
    "This figure does not add up from parts; counts, sums, averages and ratios do.",
)


@dataclass(frozen=True, slots=True)
class _Sums:
    """A figure's two parts, now and before; `over` is 1 for a figure that is no quotient."""

    of: float
    over: float
    was_of: float
    was_over: float

    @property
    def now(self) -> float | None:
        """The figure itself."""
        return self.of / self.over if self.over else None

    @property
    def before(self) -> float | None:
        """What it was."""
        return self.was_of / self.was_over if self.was_over else None


def explain(
    ctx: Ctx, obj: ObjectDef, report: Mapping[str, Any], *, measure: int = 0, q: str = ""
) -> dict[str, Any]:
    """The change of a report's figure, by the dimensions that explain most of it; raises Invalid."""
    days = days_of(ctx, report.get("compare"))
    if days is None or days.filter_before is None:
        raise invalid("definition.compare", "required", _NO_DAYS)
    if not 0 <= measure < len(report["measures"]):
        raise invalid("measure", "out_of_range", _NO_PARTS)
    asked = report["measures"][measure]
    parts = _parts(asked)
    until = time.monotonic() + BUDGET
    found: list[dict[str, Any]] = []
    whole = _count(ctx, obj, report["filter"], q, None, parts, days)[1]
    for group in _dimensions(ctx, obj, report["groups"]):
        if len(found) == MOST_DIMENSIONS or time.monotonic() > until:
            break
        rows, total, is_whole = _count(ctx, obj, report["filter"], q, group, parts, days)
        if is_whole and len(rows) > 1:
            found.append(_explained(group, rows, total))
    return {
        "measure": asked,
        "now": whole.now,
        "before": whole.before,
        "filter": all_of([report["filter"], days.filter]),
        "filter_before": all_of([report["filter"], days.filter_before]),
        "period": [days.span.start, days.span.end],
        "period_before": [days.before.start, days.before.end] if days.before else None,
        "dimensions": _strongest(found),
    }


def _strongest(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The dimensions that explain most, each telling other segments apart."""
    shown: dict[tuple[float, ...], dict[str, Any]] = {}
    for each in sorted(found, key=lambda each: -each["score"]):
        if each["score"] > 0:
            shown.setdefault(tuple(round(part["contribution"], 4) for part in each["segments"]), each)
    return list(shown.values())[:MOST_SHOWN]


def _parts(measure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the figure adds up from: one measure, or the two that it is a quotient of."""
    if measure["op"] == "ratio":
        parts = [measure["of"], measure["over"]]
    elif measure["op"] == "avg":
        own = {key: measure.get(key) for key in ("field", "filter")}
        parts = [{"op": "sum", **own}, {"op": "count", **own}]
    else:
        parts = [dict(measure)]
    if any(part["op"] not in _ADDED_UP for part in parts):
        raise invalid("measure", "not_additive", _NO_PARTS)
    return [{key: part[key] for key in ("op", "field", "filter") if part.get(key)} for part in parts]


def _dimensions(ctx: Ctx, obj: ObjectDef, own: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The report's own, then what the object and the records it links to can be told apart by; each once."""
    seen: set[str] = set()
    periods = ("day", "week", "month", "quarter", "year")
    for each in own:
        if each.get("bucket") not in periods:
            seen.add(each["field"])
            yield {key: each[key] for key in ("field", "bucket", "edges") if each.get(key)}
    fields = list(rights.readable(ctx, obj).values())
    for field in fields:
        if field.key not in seen and (group := _segmented(field, "")):
            yield group
    for field in fields:
        if not field.type.is_record_link or field.type.storage != "value" or not field.target:
            continue
        try:
            linked = rights.get_object(ctx, field.target)
        except NotFound:
            continue
        for inner in rights.readable(ctx, linked).values():
            path = f"{field.key}.{inner.key}"
            if (
                path not in seen
                and not inner.type.references
                and (group := _segmented(inner, f"{field.key}."))
            ):
                yield group


def _segmented(field: FieldDef, prefix: str) -> dict[str, Any] | None:
    """The dimension that a field makes; None for one that tells no segments apart."""
    path = prefix + field.key
    if field.hidden or field.key in ("created_by", "updated_by"):
        return None
    if _REGION in field.type.buckets:
        return {"field": path, "bucket": _REGION}
    if not field.type.groupable or field.type.storage != "value":
        return None
    is_kind = field.type.has_options or field.type.references in ("record", "user", "team")
    return {"field": path} if is_kind or field.type.type == "boolean" else None


def _count(
    ctx: Ctx, obj: ObjectDef, tree: Any, q: str, group: dict[str, Any] | None, parts: Sequence[Mapping[str, Any]],
    days: Days,
) -> tuple[list[tuple[dict[str, Any], _Sums]], _Sums, bool]:  # fmt: skip
    """By segment and over everything, and whether these are all the segments."""
    measures = [
        {**part, "filter": all_of([part.get("filter"), when]), "as": f"{name}{i}"}
        for name, when in (("m", days.filter), ("b", days.filter_before))
        for i, part in enumerate(parts)
    ]
    either = {"or": [days.filter, days.filter_before]}
    given = {
        "filter": all_of([tree, either]), "q": q, "group": [group] if group else [], "measures": measures,
        "limit": MOST_SEGMENTS, "totals": bool(group),
    }  # fmt: skip
    found = fetch_groups(ctx, parse_query(obj.key, given))
    total = found["totals"][0] if group else found["data"][0]
    rows = [(row, _sums(row["values"], len(parts))) for row in found["data"]] if group else []
    return rows, _sums(total["values"], len(parts)), found["page"]["next"] is None


def _sums(values: Mapping[str, Any], parts: int) -> _Sums:
    def read(name: str, of: int) -> float:
        return float(values[f"{name}{of}"] or 0) if of < parts else 1.0

    return _Sums(read("m", 0), read("m", 1), read("b", 0), read("b", 1))


def _explained(
    group: dict[str, Any], rows: Sequence[tuple[dict[str, Any], _Sums]], total: _Sums
) -> dict[str, Any]:
    is_quotient = total.over != 1.0 or total.was_over != 1.0 or any(s.over != 1.0 for _, s in rows)
    change = (total.now or 0) - (total.before or 0)
    moved = [
        (row, sums, _contribution(sums, total) if is_quotient else sums.of - sums.was_of)
        for row, sums in rows
    ]
    weights = [sums.was_over if is_quotient else abs(sums.was_of) for _, sums in rows]
    everything = sum(weights)
    apart = [
        abs(by - change * (weight / everything if everything else 1 / len(rows)))
        for (_, _, by), weight in zip(moved, weights, strict=True)
    ]
    strongest = sorted(moved, key=lambda each: -abs(each[2]))[:MOST_SHOWN]
    path = group["field"]
    return {
        "group": group,
        "score": round(sum(sorted(apart, reverse=True)[:MOST_SHOWN]) / log2(1 + len(rows)), 6),
        "segments": [
            {
                "key": row["keys"][path],
                "label": row["labels"][path],
                "now": sums.now,
                "before": sums.before,
                "contribution": by,
                "share": by / change if change else None,
            }
            for row, sums, by in strongest
            if by
        ],
        "others": max(0, sum(1 for each in moved if each[2]) - MOST_SHOWN),
    }


def _contribution(segment: _Sums, total: _Sums) -> float:
    """By how much the quotient of everything moved because of the segment."""
    whole = total.before or 0
    now = (segment.of - whole * segment.over) / total.over if total.over else 0.0
    was = (segment.was_of - whole * segment.was_over) / total.was_over if total.was_over else 0.0
    return now - was
