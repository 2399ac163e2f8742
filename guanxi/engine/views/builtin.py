"""The views that every object has from the start; they are made from its declaration and never stored.

A domain adds views of its own objects through `object_views`, reports by `add_report`.

*Rules*: ids are stable (`builtin:mine`), since links and people's habits hold on to them. A report is offered to
those only who read every field that it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.definitions import board_field, shown_definition
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

PREFIX = "builtin:"

_MINE = {"field": "owner", "op": "is", "value": "me"}
_TEAM = {"field": "owner", "op": "within", "value": "my_teams"}
_NEW = {"field": "created_at", "op": "within", "value": "this_month"}


@dataclass(frozen=True, slots=True)
class ObjectView:
    """A view that a domain gives one of its objects besides those that every object has; `key` is its id's end."""

    object_key: str
    key: str
    name: Text
    filter: dict[str, Any] | None = None
    sort: str | None = None
    columns: tuple[str, ...] = ()
    report: dict[str, Any] | None = None


object_views: Registry[ObjectView] = Registry(
    "view of an object", lambda view: f"{view.object_key}.{view.key}"
)


COUNT = "count"


def add_report(
    object_key: str, key: str, name: Text, *, by: Sequence[str], figures: Sequence[str | dict[str, Any]] = (COUNT,),
    chart: str = "bar", filter: dict[str, Any] | None = None, top: int | None = None, show: str = "value",  # noqa: A002
) -> None:  # fmt: skip
    """Declare a ready-made report: `by` names fields or `field:bucket`, `figures` are `count`, `op:field` or a `rate`."""
    groups = [dict(zip(("field", "bucket"), each.split(":"), strict=False)) for each in by]
    measures = [
        (each if isinstance(each, dict) else dict(zip(("op", "field"), each.split(":"), strict=False)))
        | {"show": show}
        for each in figures
    ]
    shape = {"groups": groups, "measures": measures, "chart": chart, "top": top}
    object_views.register(ObjectView(object_key, f"report_{key}", name, filter, report=shape))


def rate(name: Text, only: dict[str, Any]) -> dict[str, Any]:
    """A figure: the share of the counted records that a condition holds for, in percent."""
    of = {"op": COUNT, "filter": only}
    return {"op": "ratio", "of": of, "over": {"op": COUNT}, "percent": True, "name": name.as_dict()}


@dataclass(frozen=True, slots=True)
class BuiltinView:
    """A view of everybody's, made from the object's declaration."""

    id: str
    object_key: str
    name: Text
    position: int
    kind: str = "table"
    pinned: bool = True
    definition: dict[str, Any] = field(default_factory=dict)


def builtin_views(ctx: Ctx, obj: ObjectDef) -> list[BuiltinView]:
    """The built-in views of `obj`, in order."""
    zh, en = obj.label.zh, _in_sentence(obj.label_plural.en)
    views = []
    if _has_owners(ctx, obj):
        views += [
            _view(ctx, obj, "mine", Text(f"我的{zh}", f"My {en}"), filter=_MINE),
            _view(ctx, obj, "team", Text("我的团队", "My team"), filter=_TEAM),
        ]
    views += [
        _view(ctx, obj, "all", Text(f"全部{zh}", f"All {en}")),
        _view(ctx, obj, "new", Text("本月新建", "New this month"), filter=_NEW, sort="-created_at"),
        _view(ctx, obj, "recent", Text("最近更新", "Recently changed"), pinned=False, sort="-updated_at"),
    ]
    declared = [view for view in object_views if view.object_key == obj.key]
    views += [_declared(ctx, obj, view) for view in declared if view.report is None]
    group_by = board_field(ctx, obj)
    if group_by:
        by = obj.fields[group_by].label
        name = Text(f"{by.zh}看板", f"{by.en} board")
        views.append(_view(ctx, obj, "board", name, kind="board", pinned=False, group_by=group_by))
    views += ready_reports(ctx, obj)
    return [
        BuiltinView(view.id, obj.key, view.name, position, view.kind, view.pinned, view.definition)
        for position, view in enumerate(views)
    ]


def ready_reports(ctx: Ctx, obj: ObjectDef) -> list[BuiltinView]:
    """The ready-made reports of `obj` that the actor may read whole."""
    found = []
    for view in object_views:
        if view.object_key != obj.key or view.report is None:
            continue
        made = _view(ctx, obj, view.key, view.name, kind="report", pinned=False, filter=view.filter)
        definition = made.definition | view.report
        shown, is_broken = shown_definition(ctx, obj, "report", definition)
        if not is_broken and all(
            len(shown[part]) == len(view.report[part]) for part in ("groups", "measures")
        ):
            found.append(replace(made, definition=definition))
    return found


def default_view(ctx: Ctx, obj: ObjectDef) -> str:
    """The built-in view that a person starts with: what they work on."""
    if rights.sees_everything(ctx, obj) or not _has_owners(ctx, obj):
        return f"{PREFIX}all"
    return f"{PREFIX}team" if rights.scope(ctx, obj, "see") == rights.TEAM_BELOW else f"{PREFIX}mine"


def _has_owners(ctx: Ctx, obj: ObjectDef) -> bool:
    """Whether records belong to somebody that the actor sees: lines belong to their record."""
    return not obj.shared and "owner" in rights.readable(ctx, obj)


def list_columns(ctx: Ctx, obj: ObjectDef) -> list[dict[str, Any]]:
    """The columns of a list unless a view says otherwise: the title and the fields declared for lists."""
    readable = rights.readable(ctx, obj)
    shown = sorted((f for f in readable.values() if f.in_list), key=lambda f: f.position)
    keys = [obj.title_field, *(f.key for f in shown)]
    return [{"field": key} for key in dict.fromkeys(keys) if key in readable]


def _view(
    ctx: Ctx, obj: ObjectDef, key: str, name: Text, *, kind: str = "table", pinned: bool = True,
    filter: dict[str, Any] | None = None, sort: str | None = None, group_by: str | None = None,  # noqa: A002
) -> BuiltinView:  # fmt: skip
    definition = {
        "filter": filter, "sort": sort, "columns": list_columns(ctx, obj), "group_by": group_by, "density": None,
    }  # fmt: skip
    return BuiltinView(f"{PREFIX}{key}", obj.key, name, 0, kind, pinned, definition)


def _declared(ctx: Ctx, obj: ObjectDef, view: ObjectView) -> BuiltinView:
    """A domain's view, its columns as far as the actor reads them."""
    made = _view(ctx, obj, view.key, view.name, filter=view.filter, sort=view.sort)
    readable = rights.readable(ctx, obj)
    columns = [{"field": key} for key in view.columns if key in readable]
    return replace(made, definition=made.definition | {"columns": columns}) if columns else made


def _in_sentence(label: str) -> str:
    """An English label inside a name: without its capital, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
