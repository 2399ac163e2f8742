"""The figures of a report: by its rows and columns, with their totals, beside what they were before.

*How it works*: the query door counts groups and totals. With `compare` it is asked twice: for the days of the period and
for those before; rows are put together by their keys, so that a customer who bought nothing this year stands there with
what they bought in the last one. The measures are m0, m1 … and, of the days before, b0, b1 … With the figures come the
filters that find exactly the records behind them.

*Rules*: figures come from the query door alone, under the rights of whoever looks.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records.query import fetch_groups, parse_query
from guanxi.engine.reports.comparing import Days, Shift, all_of, days_of, shifters
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.periods import Span

MOST_ROWS = 1000
_ADDED_UP = ("count", "sum", "distinct")


def count_report(ctx: Ctx, obj: ObjectDef, report: Mapping[str, Any], *, q: str = "") -> dict[str, Any]:
    """The figures of a report's definition (checked), in the shape of schemas.ReportFigures."""
    days = days_of(ctx, report.get("compare"))
    now = all_of([report["filter"], days.filter]) if days else report["filter"]
    found = count_groups(ctx, obj, {**report, "filter": now}, q=q)
    shown = found | {"filter": now, "period": _ends(days.span) if days else None, "before": None}
    if days is None or days.before is None:
        return shown
    earlier = all_of([report["filter"], days.filter_before])
    was = count_groups(ctx, obj, {**report, "filter": earlier}, q=q)
    return shown | {
        **_beside(found, was, report, days),
        "before": {"filter": earlier, "period": _ends(days.before)},
    }


def count_groups(ctx: Ctx, obj: ObjectDef, report: Mapping[str, Any], *, q: str = "") -> dict[str, Any]:
    """`{"data", "totals", "whole"}` of a report without what it is compared with."""
    groups = [{key: g[key] for key in ("field", "bucket", "edges") if g.get(key)} for g in report["groups"]]
    measures = [
        {key: m[key] for key in ("op", "field", "filter", "of", "over") if m.get(key)} | {"as": f"m{i}"}
        for i, m in enumerate(report["measures"])
    ]
    given = {
        "filter": report["filter"], "q": q, "group": groups, "measures": measures, "limit": MOST_ROWS,
        "totals": bool(groups),
    }  # fmt: skip
    found = fetch_groups(ctx, parse_query(obj.key, given))
    return {
        "data": found["data"],
        "totals": found["totals"] if groups else found["data"],
        "whole": found["page"]["next"] is None,
    }


def _beside(
    found: Mapping[str, Any], was: Mapping[str, Any], report: Mapping[str, Any], days: Days
) -> dict[str, Any]:
    moved = shifters(report["groups"], days)
    nothing = [0 if m["op"] in _ADDED_UP else None for m in report["measures"]]
    return {
        "data": _together(found["data"], was["data"], moved, nothing),
        "totals": _together(found["totals"], was["totals"], moved, nothing),
        "whole": found["whole"] and was["whole"],
    }


def _together(
    rows: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]], moved: Mapping[str, Shift], nothing: list[Any]
) -> list[dict[str, Any]]:  # fmt: skip
    """The rows of both, by their keys; `was` are the keys that a row had before, where these are others."""
    found = {_place(row["keys"]): {**row, "values": row["values"] | _named("b", nothing)} for row in rows}
    for row in before:
        keys = {path: moved[path](key) if path in moved else key for path, key in row["keys"].items()}
        if any(keys[path] is None and row["keys"][path] is not None for path in moved if path in keys):
            continue
        labels = {path: keys[path] if path in moved else label for path, label in row["labels"].items()}
        here = found.setdefault(
            _place(keys), {"keys": keys, "labels": labels, "values": _named("m", nothing)}
        )
        here["values"] = here["values"] | {f"b{name[1:]}": value for name, value in row["values"].items()}
        if moved:
            here["was"] = row["keys"]
    return list(found.values())


def _place(keys: Mapping[str, Any]) -> str:
    return json.dumps(keys, sort_keys=True)


def _named(letter: str, values: Sequence[Any]) -> dict[str, Any]:
    return {f"{letter}{i}": value for i, value in enumerate(values)}


def _ends(span: Span) -> list[Any]:
    """First day, and the day after the last."""
    return [span.start, span.end]
