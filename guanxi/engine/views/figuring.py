"""What makes a view a report: its figures, its picture, how many rows, and what they stand beside.

*How it works*: figures go through the parser and the compiler of queries, under the actor's rights. `compare` puts
something beside every figure: `{"how": "previous" | "year", "date", "period"}` the days before those of the period, or
the same days a year before; `{"how": "target", "value"}` a number to reach, with or without days.

*Rules*: as of every definition (definitions.py): it holds no values of records, and grants nothing.
"""

from typing import Any

from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.groups import check_measure
from guanxi.engine.records.query.spec import Measure, parse_query
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.periods import COMPARED, span_of
from guanxi.kit.relative_dates import today
from guanxi.kit.text import Text

CHARTS = ("table", "bar", "line", "pie", "funnel", "number", "gauge")
SHOWN_AS = ("value", "share", "running", "growth")
TARGET = "target"
MAX_MEASURES = 5
MAX_TOP = 100
MAX_NAME = 80
_MOST_TARGET = 1e15

BAD_VALUE = Text("这个值不对。", "This value is not valid.")
_NO_DATE = Text("「{field}」不是日期。", "“{field}” is no date.")
_NO_PERIOD = Text("没有这样的期间。", "There is no such period.")
_NO_TARGET = Text("目标要大于零。", "A target is more than nothing.")


def check_measures(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    """The numbers of a report: what the query door takes, and `show`, how they are shown.

    A ratio is `{"op": "ratio", "of", "over", "percent"?}`, and may have a `name`.
    """
    items = given or []
    if not isinstance(items, list) or len(items) > MAX_MEASURES:
        raise invalid("measures", "wrong_type", BAD_VALUE)
    query = parse_query(obj.key, {"measures": [_numbered(item, i) for i, item in enumerate(items)]})
    compiler = Compiler(ctx, obj)
    found = []
    for i, (measure, item) in enumerate(zip(query.measures, items, strict=False)):
        check_measure(compiler, measure, i)
        show, name = item.get("show", "value"), item.get("name")
        is_ratio = measure.of is not None
        said = {key for key, value in item.items() if value not in (None, False)}  # as it was given back
        strange = said - {
            "op",
            "field",
            "show",
            "filter",
            "name",
            *(("of", "over", "percent") if is_ratio else ()),
        }
        named = name is None or all(
            _is_name(each) for each in (name.values() if isinstance(name, dict) else [name])
        )
        named = named and (not isinstance(name, dict) or (bool(name) and set(name) <= {"zh-CN", "en"}))
        if show not in SHOWN_AS or strange or not named or not isinstance(item.get("percent", False), bool):
            raise invalid(f"measures.{i}", "wrong_type", BAD_VALUE)
        found.append(
            _kept(measure)
            | {"show": show}
            | ({"name": name} if name else {})
            | ({"percent": True} if item.get("percent") else {})
        )
    return found


def _is_name(given: Any) -> bool:
    return isinstance(given, str) and 0 < len(given.strip()) <= MAX_NAME


def _numbered(item: Any, index: int) -> Any:
    """A measure under a name of its own: two of a report may count the same under different conditions."""
    return {**item, "as": f"m{index}"} if isinstance(item, dict) else item


def _kept(measure: Measure) -> dict[str, Any]:
    """A measure as a definition has it."""
    if measure.of is not None and measure.over is not None:
        return {"op": measure.op, "of": _kept(measure.of), "over": _kept(measure.over)}
    narrowed = {"filter": measure.filter} if measure.filter else {}
    return {"op": measure.op} | ({"field": measure.path} if measure.path else {}) | narrowed


def check_chart(given: Any) -> str | None:
    """The picture of a report."""
    if given is not None and given not in CHARTS:
        raise invalid("chart", "wrong_type", BAD_VALUE)
    return str(given) if given else None


def check_top(given: Any) -> int | None:
    """How many of its rows are shown."""
    if given is not None and (
        isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MAX_TOP
    ):
        raise invalid("top", "out_of_range", BAD_VALUE)
    return given


def check_compare(ctx: Ctx, obj: ObjectDef, given: Any) -> dict[str, Any] | None:
    """What the figures stand beside, in its stored form; raises Invalid."""
    if given is None:
        return None
    if not isinstance(given, dict) or given.get("how") not in (*COMPARED, TARGET):
        raise invalid("compare", "wrong_type", BAD_VALUE)
    how, date, period = given["how"], given.get("date"), given.get("period")
    known = {"how", "date", "period"} | ({"value"} if how == TARGET else set())
    if any(value is not None for key, value in given.items() if key not in known):
        raise invalid("compare", "wrong_type", BAD_VALUE)
    found: dict[str, Any] = {"how": how}
    if how == TARGET:
        value = given.get("value")
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= _MOST_TARGET:
            raise invalid("compare.value", "out_of_range", _NO_TARGET)
        found["value"] = value
        if date is None and period is None:
            return found
    if not isinstance(date, str):
        raise invalid("compare.date", "wrong_type", BAD_VALUE)
    if "day" not in Compiler(ctx, obj).resolve(date, "compare.date").field.type.buckets:
        raise invalid("compare.date", "not_a_date", _NO_DATE, field=date[:100])
    try:
        span_of(period, today(ctx.now, ctx.workspace.zone))
    except ValueError as error:
        raise invalid("compare.period", "unknown_period", _NO_PERIOD) from error
    return found | {"date": date, "period": period}
