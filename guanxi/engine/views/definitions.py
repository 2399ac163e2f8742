"""What a view may say: checked when it is saved, and again, for its reader, when it is shown.

*How it works*: filter, sort and columns go through the same parser and compiler as a query, under the
actor's rights: what is unknown or hidden is refused with its path (`definition.filter.and.0.field`).
A board is grouped by a field with options, a person or a link; a calendar by a date (`end` is where what
lasts longer ends); a summary by an address. `groups` fold a table and are the dimensions of a report, whose
numbers are `measures` and whose picture is `chart` (figuring.py); `colors` mark the records that a
filter holds for, `cover` is a gallery's picture. What a view says of fields that its
reader cannot see, or that are gone, is left out; a filter that cannot be kept whole shows nothing and
marks the view as broken, so that a view never shows more than it meant to.

*Rules*: a definition holds no values of records; it is a query, and grants nothing.
"""

from collections.abc import Callable
from typing import Any

from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.groups import group_key
from guanxi.engine.records.query.read import order_keys
from guanxi.engine.records.query.spec import MAX_FIELDS, MAX_MARKS, parse_query, parse_sort
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.figuring import BAD_VALUE as _BAD_VALUE
from guanxi.engine.views.figuring import check_chart, check_compare, check_measures, check_top
from guanxi.kit.errors import FieldError, Invalid, Problem, invalid
from guanxi.kit.text import Text

KINDS = ("table", "board", "calendar", "gallery", "regions", "report")
DENSITIES = ("compact", "default", "comfortable")
NOTHING: dict[str, Any] = {"or": []}
"""The filter that no record matches."""

MAX_GROUPS = 2
COLORS = ("red", "orange", "gold", "green", "blue", "purple", "gray")
_PARTS = frozenset({
    "filter", "sort", "columns", "group_by", "density", "groups", "colors", "end", "cover", "measures", "chart", "top", "compare",
})  # fmt: skip
_WIDTHS = range(40, 2001)

_UNKNOWN_PART = Text("视图没有这个设置。", "A view has no such setting.")
_TWICE = Text("这一列出现了两次。", "This column stands here twice.")
_NO_COLUMN = Text("「{field}」不能作为列。", "“{field}” cannot be a column.")
_NO_GROUP = Text(
    "看板按选项、人员或关联分列，「{field}」不行。",
    "A board needs options, people or a link; “{field}” is none.",
)
_NO_ADDRESS = Text(
    "地区汇总需要地址字段，「{field}」不是。", "A summary needs an address; “{field}” is none."
)
_NO_PICTURE = Text("封面需要图片字段，「{field}」不是。", "A cover needs a picture; “{field}” is none.")
_NO_DATE = Text("日历需要一个日期字段，「{field}」不是。", "A calendar needs a date; “{field}” is none.")


def check_definition(ctx: Ctx, obj: ObjectDef, kind: str, given: Any) -> dict[str, Any]:
    """The definition in its stored form; raises Invalid naming what is wrong."""
    if not isinstance(given, dict):
        raise invalid("definition", "wrong_type", _BAD_VALUE)
    unknown = sorted(str(key) for key in set(given) - _PARTS)
    if unknown:
        raise invalid(f"definition.{unknown[0][:60]}", "unknown_setting", _UNKNOWN_PART)
    try:
        return {
            "filter": _filter(ctx, obj, given.get("filter")),
            "sort": _sort(ctx, obj, given.get("sort")),
            "columns": _columns(ctx, obj, given.get("columns")),
            "group_by": _group_by(ctx, obj, kind, given.get("group_by")),
            "density": _density(given.get("density")),
            "groups": _groups(ctx, obj, given.get("groups")),
            "colors": _colors(ctx, obj, given.get("colors")),
            "end": _single(ctx, obj, "end", given.get("end"), _is_dated, _NO_DATE),
            "cover": _single(ctx, obj, "cover", given.get("cover"), _is_picture, _NO_PICTURE),
            "measures": check_measures(ctx, obj, given.get("measures")),
            "chart": check_chart(given.get("chart")),
            "top": check_top(given.get("top")),
            "compare": check_compare(ctx, obj, given.get("compare")),
        }
    except Invalid as problem:
        errors = problem.errors or [FieldError("filter", problem.code, problem.text, problem.values)]
        raise Invalid(errors=[error.at("definition") for error in errors]) from problem


def shown_definition(
    ctx: Ctx, obj: ObjectDef, kind: str, stored: dict[str, Any]
) -> tuple[dict[str, Any], bool]:
    """The definition as its reader may see it, and whether its filter had to go."""
    kept: dict[str, Any] = {**dict.fromkeys(_PARTS), **stored}
    columns = [item for item in kept["columns"] or [] if _holds(_columns, ctx, obj, [item])]
    sorts = [item for item in (kept["sort"] or "").split(",") if item and _holds(_sort, ctx, obj, item)]
    groups = [item for item in kept["groups"] or [] if _holds(_groups, ctx, obj, [item])]
    colors = [item for item in kept["colors"] or [] if _holds(_colors, ctx, obj, [item])]
    measures = [item for item in kept["measures"] or [] if _holds(check_measures, ctx, obj, [item])]
    # A comparison narrows to its days: without them it would be another report.
    is_broken = not _holds(_filter, ctx, obj, kept["filter"]) or not _holds(
        check_compare, ctx, obj, kept["compare"]
    )
    try:
        group_by = _group_by(ctx, obj, kind, kept["group_by"])
    except Invalid:
        group_by = _group_by(ctx, obj, kind, None)
    return {
        "filter": NOTHING if is_broken else kept["filter"],
        "sort": ",".join(sorts) or None,
        "columns": columns,
        "group_by": group_by,
        "density": kept["density"],
        "groups": groups,
        "colors": colors,
        "end": _shown_single(ctx, obj, "end", kept["end"], _is_dated),
        "cover": _shown_single(ctx, obj, "cover", kept["cover"], _is_picture),
        "measures": measures,
        "chart": kept["chart"],
        "top": kept["top"],
        "compare": None if is_broken else kept["compare"],
    }, is_broken


def board_field(ctx: Ctx, obj: ObjectDef) -> str | None:
    """The field that boards of `obj` are grouped by unless they say otherwise."""
    compiler = Compiler(ctx, obj)
    return next((key for key in obj.board_fields if _is_groupable(_readable(compiler, key))), None)


def _filter(ctx: Ctx, obj: ObjectDef, given: Any) -> Any:
    query = parse_query(obj.key, {"filter": given})
    Compiler(ctx, obj).where(query.filter)
    return query.filter or None


def _sort(ctx: Ctx, obj: ObjectDef, given: Any) -> str | None:
    if given is not None and not isinstance(given, (str, list)):
        raise invalid("sort", "wrong_type", _BAD_VALUE)
    sorts = parse_sort(given)
    order_keys(Compiler(ctx, obj), sorts)
    return ",".join(f"-{item.path}" if item.descending else item.path for item in sorts) or None


def _columns(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MAX_FIELDS:
        raise invalid("columns", "wrong_type", _BAD_VALUE)
    compiler = Compiler(ctx, obj)
    found: list[dict[str, Any]] = []
    for i, item in enumerate(given):
        column = {"field": item} if isinstance(item, str) else item
        if (
            not isinstance(column, dict)
            or not isinstance(column.get("field"), str)
            or set(column) - {"field", "width"}
        ):
            raise invalid(f"columns.{i}", "wrong_type", _BAD_VALUE)
        path, width = column["field"], column.get("width")
        field = compiler.resolve(path, f"columns.{i}.field").field
        if field.type.storage == "links" and "." in path:
            raise invalid(f"columns.{i}.field", "not_selectable", _NO_COLUMN, field=path[:100])
        if any(other["field"] == path for other in found):
            raise invalid(f"columns.{i}.field", "duplicate", _TWICE)
        if width is not None and (
            isinstance(width, bool) or not isinstance(width, int) or width not in _WIDTHS
        ):
            raise invalid(f"columns.{i}.width", "out_of_range", _BAD_VALUE)
        found.append({"field": path} if width is None else {"field": path, "width": width})
    return found


def _group_by(ctx: Ctx, obj: ObjectDef, kind: str, given: Any) -> str | None:
    if given is not None and not isinstance(given, str):
        raise invalid("group_by", "wrong_type", _BAD_VALUE)
    if kind == "calendar":
        return _calendar_field(ctx, obj, given)
    if kind == "regions":
        found = given or next((f.key for f in obj.fields.values() if _is_address(f) and not f.hidden), None)
        return _single(ctx, obj, "group_by", found, _is_address, _NO_ADDRESS)
    if given is None:
        return board_field(ctx, obj) if kind == "board" else None
    field = Compiler(ctx, obj).resolve(given, "group_by").field
    if not _is_groupable(field) or "." in given:
        raise invalid("group_by", "not_groupable", _NO_GROUP, field=given[:100])
    return given


def _calendar_field(ctx: Ctx, obj: ObjectDef, given: str | None) -> str:
    if given is None:
        dated = [f for f in obj.fields.values() if _is_dated(f) and not f.system and not f.hidden]
        return dated[0].key if dated else "created_at"
    field = Compiler(ctx, obj).resolve(given, "group_by").field
    if not _is_dated(field) or "." in given:
        raise invalid("group_by", "not_a_date", _NO_DATE, field=given[:100])
    return given


def _density(given: Any) -> str | None:
    if given is not None and given not in DENSITIES:
        raise invalid("density", "wrong_type", _BAD_VALUE)
    return str(given) if given else None


def _single(
    ctx: Ctx, obj: ObjectDef, name: str, given: Any, fits: Callable[[FieldDef], bool], refusal: Text
) -> str | None:
    """A field of the object itself that `fits`; raises Invalid at `name`."""
    if given is None:
        return None
    if not isinstance(given, str):
        raise invalid(name, "wrong_type", _BAD_VALUE)
    field = Compiler(ctx, obj).resolve(given, name).field
    if not fits(field) or "." in given:
        raise invalid(name, "wrong_field", refusal, field=given[:100])
    return given


def _shown_single(
    ctx: Ctx, obj: ObjectDef, name: str, stored: Any, fits: Callable[[FieldDef], bool]
) -> str | None:
    try:
        return _single(ctx, obj, name, stored, fits, _BAD_VALUE)
    except Problem:
        return None


def _groups(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    """What a table is folded by, the outer first: `{"field", "bucket"?}`."""
    items = given or []
    if not isinstance(items, list) or len(items) > MAX_GROUPS:
        raise invalid("groups", "wrong_type", _BAD_VALUE)
    query = parse_query(obj.key, {"group": items})
    compiler = Compiler(ctx, obj)
    for i, (grouping, item) in enumerate(zip(query.group or (), items, strict=True)):
        group_key(compiler, grouping, compiler.resolve(grouping.path, f"groups.{i}.field"), i)
        if isinstance(item, dict) and set(item) - {"field", "bucket", "edges"}:
            raise invalid(f"groups.{i}", "wrong_type", _BAD_VALUE)
    return [
        {"field": g.path}
        | ({"bucket": g.bucket} if g.bucket else {})
        | ({"edges": [*g.edges]} if g.edges else {})
        for g in query.group or ()
    ]


def _colors(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    """Colours of records, the first that holds counts: `{"filter", "color"}`."""
    items = given or []
    if not isinstance(items, list) or len(items) > MAX_MARKS:
        raise invalid("colors", "wrong_type", _BAD_VALUE)
    for i, item in enumerate(items):
        if not isinstance(item, dict) or set(item) != {"filter", "color"} or item["color"] not in COLORS:
            raise invalid(f"colors.{i}", "wrong_type", _BAD_VALUE)
        _filter(ctx, obj, item["filter"])
    return items


def _is_groupable(field: FieldDef | None) -> bool:
    """What a board has columns of: options, people, teams, records."""
    if field is None or not field.type.groupable or field.type.storage != "value":
        return False
    return field.type.has_options or field.type.references in ("record", "user", "team")


def _is_dated(field: FieldDef) -> bool:
    return "day" in field.type.buckets


def _is_address(field: FieldDef) -> bool:
    return "province" in field.type.buckets


def _is_picture(field: FieldDef) -> bool:
    return field.type.references == "file"


def _readable(compiler: Compiler, key: str) -> FieldDef | None:
    try:
        return compiler.resolve(key, "group_by").field
    except Problem:
        return None


def _holds(check: Callable[[Ctx, ObjectDef, Any], Any], ctx: Ctx, obj: ObjectDef, value: Any) -> bool:
    try:
        check(ctx, obj, value)
    except Problem:
        return False
    return True
