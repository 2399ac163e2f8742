"""The figures of a dashboard: every widget's, in one answer, under the rights of whoever looks.

*How it works*: each widget's report gets the conditions of the filter bar added that its object has a field for: the
period on the widget's `date`, person and team on the object's `owner`. What was applied and what could not be is said
beside the figures, with the filter that finds exactly the records that were counted. All widgets are asked in one
transaction, each behind a savepoint: what goes wrong with one is told in its place and spoils no other.

*Rules*: figures come from the query door alone. A statement has the time of a request's statements; once the widgets
together have used BUDGET, those left say so and can be asked for by themselves. Nothing is kept: `as_of` is the moment
the answer was counted.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from django.db import OperationalError, transaction

from guanxi.engine.access import rights
from guanxi.engine.dashboards.definitions import check_filters, check_widget, is_date, report_parts
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.reports.comparing import all_of, in_days
from guanxi.engine.reports.figures import count_report
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.definitions import shown_definition
from guanxi.engine.views.facade import ViewRow, find_reports
from guanxi.kit.errors import Invalid, NotFound, Problem, TooHeavy
from guanxi.kit.periods import Span, span_of
from guanxi.kit.relative_dates import today
from guanxi.kit.text import Text

BUDGET = 10.0
"""Seconds after which no further widget is begun."""
HIDDEN = Text("你看不到这里的数据，或者报表已经不在了。", "You cannot see this data, or the report is gone.")
HALF = Text("这里用到你看不到或已经没有的字段。", "This needs fields that you do not see or that are gone.")
LATER = Text("其他部件用时太长，这里还没有算。", "Other widgets took too long; this one was not counted yet.")

Filters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A widget ready to be counted."""

    object: ObjectDef
    name: Any
    report: dict[str, Any]
    date: str | None
    span: Span | None
    period: Any
    applied: list[str]
    skipped: list[str]


def fetch_figures(ctx: Ctx, widgets: Sequence[Mapping[str, Any]], filters: Filters) -> dict[str, Any]:
    """`{"as_of", "data": […]}`, an entry for each widget in their order; raises Invalid for a filter that is none."""
    bar = check_filters(ctx, filters, "filters")
    reports = find_reports(ctx, [(w["object"], w["view"]) for w in widgets if w.get("view")])
    until = time.monotonic() + BUDGET
    data = [_figures(ctx, widget, bar, reports, until) for widget in widgets]
    return {"as_of": ctx.now, "data": data}


def preview_figures(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a definition that is not saved: a widget that could not be saved says why in its place."""
    fit: dict[str, Any] = {}
    unfit: dict[str, Any] = {}
    for widget in given["widgets"]:
        try:
            fit[widget["id"]] = check_widget(ctx, widget, shared=False)
        except Invalid as problem:
            unfit[widget["id"]] = _failed(ctx, widget, problem)
    found = fetch_figures(ctx, list(fit.values()), given["filters"])
    counted = {entry["id"]: entry for entry in found["data"]} | unfit
    return found | {"data": [counted[widget["id"]] for widget in given["widgets"]]}


def _figures(
    ctx: Ctx, widget: Mapping[str, Any], bar: Filters, reports: dict[tuple[str, str], ViewRow], until: float
) -> dict[str, Any]:
    try:
        if time.monotonic() > until:
            raise Problem(LATER, code="not_counted", status=422)
        with transaction.atomic():
            return {"id": widget["id"], **_counted(ctx, widget, bar, reports), "error": None}
    except Problem as problem:
        return _failed(ctx, widget, problem)
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        return _failed(ctx, widget, TooHeavy())


def _failed(ctx: Ctx, widget: Mapping[str, Any], problem: Problem) -> dict[str, Any]:
    first = problem.errors[0] if problem.errors else None
    said = first.text.in_(ctx.locale, **first.values) if first else problem.message(ctx.locale)
    return {"id": widget["id"], "error": {"code": first.code if first else problem.code, "message": said}}


def _counted(
    ctx: Ctx, widget: Mapping[str, Any], bar: Filters, reports: dict[tuple[str, str], ViewRow]
) -> dict[str, Any]:
    asked = _asked(ctx, widget, bar, reports)
    is_figure = widget["kind"] == "figure"
    report = asked.report
    groups = [] if is_figure else report["groups"]
    measures = report["measures"][:1] if is_figure else report["measures"]
    compare = _comparison(widget, asked)
    # A comparison says itself which days are counted.
    whole = asked.report["filter"] if compare and compare.get("date") else _with_span(asked)
    shown = {**report, "groups": groups, "measures": measures, "filter": whole, "compare": compare}
    found = count_report(ctx, asked.object, shown)
    before = found["before"]
    was = found["totals"][0]["values"].get("b0") if is_figure and before else None
    return {
        "object": asked.object.key,
        "name": asked.name,
        "definition": {**shown, "filter": found["filter"]},
        "date": asked.date,
        "applied": asked.applied,
        "skipped": asked.skipped,
        "period": _days(asked.span),
        "figures": found,
        "before": before and {**before, "value": was},
    }


def _comparison(widget: Mapping[str, Any], asked: _Asked) -> dict[str, Any] | None:
    """What the figures stand beside: what the widget says, else the report's own, over the days that hold here."""
    own = asked.report.get("compare")
    how = widget.get("compare") or (own or {}).get("how")
    if asked.span is None or how is None:
        return own
    return {**(own or {}), "how": how, "date": asked.date, "period": asked.period}


def _asked(
    ctx: Ctx, widget: Mapping[str, Any], bar: Filters, reports: dict[tuple[str, str], ViewRow]
) -> _Asked:
    try:
        obj = rights.get_object(ctx, widget["object"])
    except NotFound as problem:
        raise Problem(HIDDEN, code="not_visible", status=404) from problem
    name, report = _report(ctx, obj, widget, reports)
    compiler = Compiler(ctx, obj)
    applied: list[str] = []
    skipped: list[str] = []
    field = widget.get("date")
    path = field if field and is_date(obj, compiler, field) else None
    period = bar["period"] or widget.get("period")
    if bar["period"]:
        (applied if path else skipped).append("period")
    has_owner = not obj.shared and "owner" in rights.readable(ctx, obj)
    conditions = []
    for part, op in (("owner", "is"), ("team", "within")):
        if bar[part]:
            (applied if has_owner else skipped).append(part)
            conditions += [{"field": "owner", "op": op, "value": bar[part]}] if has_owner else []
    span = span_of(period, _today(ctx)) if period and path else None
    narrowed = {**report, "filter": all_of([report["filter"], *conditions])}
    return _Asked(obj, name, narrowed, path, span, period if span else None, applied, skipped)


def _report(
    ctx: Ctx, obj: ObjectDef, widget: Mapping[str, Any], reports: dict[tuple[str, str], ViewRow]
) -> tuple[Any, dict[str, Any]]:
    """What the widget is called and its report, as the viewer may see it; raises Problem where they may not."""
    if widget.get("view"):
        row = reports.get((obj.key, widget["view"]))
        if row is None:
            raise Problem(HIDDEN, code="not_visible", status=404)
        name, shown, whole = row.name, row.definition, row.definition
        is_broken = row.broken
    else:
        name, whole = None, widget["definition"]
        shown, is_broken = shown_definition(ctx, obj, "report", whole)
    parts = report_parts(shown)
    lists = ("groups", "measures")
    if (
        is_broken
        or any(len(parts[part]) != len(whole[part] or ()) for part in lists)
        or not parts["measures"]
    ):
        raise Problem(HALF, code="not_visible", status=404)
    return widget.get("name") or name, parts


def _with_span(asked: _Asked) -> Any:
    if asked.span is None or asked.date is None:
        return asked.report["filter"]
    return all_of([asked.report["filter"], in_days(asked.date, asked.period, asked.span)])


def _days(span: Span | None) -> list[date] | None:
    return [span.start, span.end] if span else None


def _today(ctx: Ctx) -> date:
    return today(ctx.now, ctx.workspace.zone)
