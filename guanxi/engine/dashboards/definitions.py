"""What a dashboard may say: its widgets, where they stand, and how its filter bar starts.

*How it works*: a widget shows one report: a saved or ready-made one by its id (`view`), or a definition of its own
(`definition`: filter, groups, measures, chart, top, compare as in a view of the kind `report`). A `figure` shows the report's
first measure over everything and, with `compare`, what it was before. `date` is the field that the period of the
filter bar (or the widget's own `period`) goes by; without it no period applies. Definitions go through the same
checks as those of views, under the rights of whoever saves.

*Rules*: a widget that its editor left as it is is not checked again: who may not see an object still keeps what others
put there. What a shared dashboard shows must be shared itself. At most MAX_WIDGETS, in a grid of COLUMNS.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.definitions import check_definition
from guanxi.engine.views.facade import find_reports
from guanxi.kit.errors import FieldError, Invalid, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.periods import span_of
from guanxi.kit.relative_dates import today
from guanxi.kit.text import Text

MAX_WIDGETS = 12
COLUMNS = 12
REPORT_PARTS = ("filter", "groups", "measures", "chart", "top", "compare")
TEAMS = ("my_team", "my_teams")

_TOO_MANY = Text("一个仪表盘最多 {max} 个部件。", "A dashboard has at most {max} widgets.")
_TWICE = Text("部件的 id 重复了。", "Two widgets have the same id.")
_ONE_OF = Text(
    "选一张报表，或者自己定义，二者取一。", "Choose a report or define one of its own: one of the two."
)
_NO_REPORT = Text(
    "没有这张报表，或者没有共享给你。", "There is no such report, or it is not shared with you."
)
_NOT_SHARED = Text(
    "这张报表是个人的，别人打不开；请先共享它。",
    "This report is personal: others cannot open it. Share it first.",
)
_NO_DATE = Text("「{field}」不是日期。", "“{field}” is no date.")
_NO_FIGURE = Text("请选一个指标。", "Choose a figure.")
_NO_PERIOD = Text("没有这样的期间。", "There is no such period.")
_NO_PERSON = Text("这里需要成员 id 或 me。", "A member's id or me is needed here.")
_NO_TEAM = Text("这里需要部门 id、my_team 或 my_teams。", "A team's id, my_team or my_teams is needed here.")


def check_dashboard(
    ctx: Ctx, given: Mapping[str, Any], *, shared: bool, kept: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The definition in its stored form; raises Invalid naming what is wrong.

    `kept` is the definition as it is stored now: its widgets may stay as they are.
    """
    widgets = list(given.get("widgets") or ())
    if len(widgets) > MAX_WIDGETS:
        raise invalid("definition.widgets", "too_many", _TOO_MANY, max=MAX_WIDGETS)
    ids = [widget["id"] for widget in widgets]
    if len(set(ids)) != len(ids):
        raise invalid("definition.widgets", "duplicate", _TWICE)
    before = {widget["id"]: _content(widget) for widget in (kept or {}).get("widgets") or ()}
    found = []
    for i, widget in enumerate(widgets):
        if before.get(widget["id"]) == _content(widget):
            found.append(widget)
            continue
        try:
            found.append(check_widget(ctx, widget, shared=shared))
        except Invalid as problem:
            errors = problem.errors or [FieldError("", problem.code, problem.text, problem.values)]
            raise Invalid(errors=[error.at(f"definition.widgets.{i}") for error in errors]) from problem
    return {"widgets": found, "filters": check_filters(ctx, given.get("filters") or {}, "definition.filters")}


def check_filters(ctx: Ctx, given: Mapping[str, Any], at: str) -> dict[str, Any]:
    """The filter bar: `period`, `owner` and `team`, each None where it is open; raises Invalid below `at`."""
    period, owner, team = (given.get(name) or None for name in ("period", "owner", "team"))
    _check_period(ctx, period, f"{at}.period")
    if owner is not None and owner != "me" and parse_id(owner) is None:
        raise invalid(f"{at}.owner", "wrong_type", _NO_PERSON)
    if team is not None and team not in TEAMS and parse_id(team) is None:
        raise invalid(f"{at}.team", "wrong_type", _NO_TEAM)
    return {"period": period, "owner": owner, "team": team}


def report_parts(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a view's definition that a report is made of."""
    return {part: definition.get(part) for part in REPORT_PARTS}


def is_date(obj: ObjectDef, compiler: Compiler, path: str) -> bool:
    """Whether a period can be of the field; raises Invalid for one that is not there."""
    return "day" in compiler.resolve(path, "date").field.type.buckets


def check_widget(ctx: Ctx, widget: Mapping[str, Any], *, shared: bool) -> dict[str, Any]:
    """A widget in its stored form; raises Invalid."""
    try:
        obj = rights.get_object(ctx, widget["object"])
    except NotFound as problem:
        raise invalid("object", problem.code, problem.text, **problem.values) from problem
    view, definition = widget.get("view"), widget.get("definition")
    if (view is None) == (definition is None):
        raise invalid("view", "one_of", _ONE_OF)
    if view is not None:
        report = find_reports(ctx, [(obj.key, view)]).get((obj.key, view))
        if report is None:
            raise invalid("view", "unknown_report", _NO_REPORT)
        if shared and report.scope == "personal" and not report.by_link:
            raise invalid("view", "not_shared", _NOT_SHARED)
        measures = report.definition["measures"]
    else:
        definition = report_parts(check_definition(ctx, obj, "report", definition))
        measures = definition["measures"]
    if not measures:
        raise invalid("definition.measures" if view is None else "view", "required", _NO_FIGURE)
    date = widget.get("date")
    if date is not None and not is_date(obj, Compiler(ctx, obj), date):
        raise invalid("date", "not_a_date", _NO_DATE, field=date[:100])
    _check_period(ctx, widget.get("period"), "period")
    return {**widget, "object": obj.key, "definition": definition}


def _check_period(ctx: Ctx, period: Any, at: str) -> None:
    if period is None:
        return
    try:
        span_of(period, today(ctx.now, ctx.workspace.zone))
    except ValueError as error:
        raise invalid(at, "unknown_period", _NO_PERIOD) from error


def _content(widget: Mapping[str, Any]) -> dict[str, Any]:
    """A widget without its place."""
    return {key: value for key, value in widget.items() if key not in ("x", "y", "w", "h")}
