"""What saved views use of fields: columns, conditions, order, grouping; and how a view lets go of them.

*How it works*: the definitions of the workspace's views are read once a question. A column, a group, a figure or a
colour that goes is left out; a condition that goes takes the whole filter with it, because half a filter would show more than it
meant to.

*Rules*: a personal view is named by its owner alone: what people call their own views is theirs.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.usage import Usage, UsageProvider, names, touches, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.models import SavedView
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.text import Text

_NAMED = Text("视图「{view}」（{object}）的{part}", "{part} of the view “{view}” ({object})")
_OWN = Text("{person}的个人视图（{object}）的{part}", "{part} of a personal view of {person} ({object})")
PARTS = {
    "filter": Text("筛选条件", "the filter"),
    "columns": Text("列", "a column"),
    "sort": Text("排序", "the order"),
    "group_by": Text("分组", "the grouping"),
    "groups": Text("分组", "the groups"),
    "measures": Text("指标", "a figure"),
    "colors": Text("条件颜色", "a colour"),
    "end": Text("结束日期", "the end date"),
    "cover": Text("封面", "the cover"),
    "compare": Text("对比的期间", "the comparison"),
}
_SINGLE = ("group_by", "end", "cover")
_LISTS = ("columns", "groups", "measures")
"""Parts of a definition that are lists with a field in each item: one that goes leaves the others."""
_SOMEBODY = Text("某位同事", "somebody")


class ViewUsages(UsageProvider):
    """Uses by saved views."""

    key = "views"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a view and part of it."""
        for view in _views(ctx):
            for part, paths in paths_of(view.definition).items():
                if touches(ctx, view.object_key, paths, object_key, field_key):
                    yield _usage(ctx, view, part, object_key, field_key or "")

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """One use a view's filter, and one its colours."""
        for view in _views(ctx):
            colors = [color["filter"] for color in view.definition.get("colors") or []]
            figures = [tree for each in view.definition.get("measures") or [] for tree in trees_of(each)]
            for part, trees in (
                ("filter", [view.definition.get("filter")]), ("colors", colors), ("measures", figures),
            ):  # fmt: skip
                if names(ctx, view.object_key, trees, object_key, field_key, options):
                    yield _usage(ctx, view, part, object_key, field_key)

    def detach(self, ctx: Ctx, usage: Usage) -> None:
        """Take the field out of that part of the view."""
        view_id, part = usage.place.split(":")
        view = SavedView.objects.select_for_update().get(workspace_id=ctx.workspace.id, id=view_id)
        view.definition = {
            **view.definition,
            part: without(ctx, view.object_key, view.definition, part, usage),
        }
        view.version += 1
        view.save()


def _views(ctx: Ctx) -> Iterator[SavedView]:
    views = SavedView.objects.filter(workspace_id=ctx.workspace.id).select_related("owner")
    return views.order_by("object_key", "position", "id").iterator(chunk_size=500)


def _usage(ctx: Ctx, view: SavedView, part: str, object_key: str, field_key: str) -> Usage:
    return Usage(
        object_key, field_key, f"view_{part}", _label(ctx, view, PARTS[part]),
        f"/o/{view.object_key}?view={view.id}" if view.scope != "personal" else "",
        any_type=part == "columns", detachable=True, place=f"{view.id}:{part}",
    )  # fmt: skip


def paths_of(definition: dict[str, Any]) -> dict[str, list[str]]:
    """The field paths in each part of a view's definition."""
    sorts = [item.lstrip("-") for item in (definition.get("sort") or "").split(",") if item]
    single = {part: [definition[part]] for part in _SINGLE if definition.get(part)}
    if compared := (definition.get("compare") or {}).get("date"):
        single["compare"] = [compared]
    return {
        "filter": list(paths_in(definition.get("filter"))),
        **{
            part: [path for each in definition.get(part) or [] for path in _fields_of(each)]
            for part in _LISTS
        },
        "sort": sorts,
        "colors": [path for color in definition.get("colors") or [] for path in paths_in(color["filter"])],
        **single,
    }


def _fields_of(item: dict[str, Any]) -> Iterator[str]:
    """The paths of a column, a group or a figure: its field, those of its condition, and those of both sides of a ratio."""
    if item.get("field"):
        yield item["field"]
    yield from paths_in(item.get("filter"))
    for part in ("of", "over"):
        if item.get(part):
            yield from _fields_of(item[part])


def trees_of(measure: dict[str, Any]) -> Iterator[Any]:
    """The conditions of a figure and of both sides of a ratio."""
    yield from (each.get("filter") for each in (measure, measure.get("of") or {}, measure.get("over") or {}))


def without(ctx: Ctx, owner: str, definition: dict[str, Any], part: str, usage: Usage) -> Any:
    """A part of a definition over the object `owner` once what is used there has gone."""

    def uses(path: str) -> bool:
        return touches(ctx, owner, [path], usage.object, usage.field or None)

    value = definition.get(part)
    if part in _LISTS:
        return [item for item in value or [] if not any(map(uses, _fields_of(item)))]
    if part == "colors":
        return [color for color in value or [] if not any(map(uses, paths_in(color["filter"])))]
    if part == "sort":
        return (
            ",".join(item for item in (value or "").split(",") if item and not uses(item.lstrip("-"))) or None
        )
    return None


def _label(ctx: Ctx, view: SavedView, part: Text) -> Text:
    obj = get_object(ctx, view.object_key).label
    if view.scope == "personal":
        name = Text.of(view.owner.name) if view.owner else _SOMEBODY
        return Text(
            _OWN.zh.format(person=name.zh, object=obj.zh, part=part.zh),
            _OWN.en.format(person=name.en, object=obj.en, part=part.en.capitalize()),
        )
    called = Text.of(view.name)
    return Text(
        _NAMED.zh.format(view=called.zh, object=obj.zh, part=part.zh),
        _NAMED.en.format(view=called.en, object=obj.en, part=part.en.capitalize()),
    )


usage_registry.register(ViewUsages())
