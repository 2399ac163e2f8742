"""What dashboards use of fields: those of the reports defined in them, and the dates that periods go by.

*How it works*: a widget's own report is taken apart as a view's definition is (views/usages.py); a widget that shows a
saved report uses what that uses, and is no use of its own.

*Rules*: a personal dashboard is named by its owner alone.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from guanxi.engine.dashboards.models import Dashboard
from guanxi.engine.schema.usage import Usage, UsageProvider, names, touches, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.usages import PARTS, paths_of, trees_of, without
from guanxi.kit.text import Text

_NAMED = Text("仪表盘「{name}」里的{part}", "{part} in the dashboard “{name}”")
_OWN = Text("{person}的个人仪表盘里的{part}", "{part} in a personal dashboard of {person}")
_SOMEBODY = Text("某位同事", "somebody")
_DATE = Text("期间所用的日期", "the date of the period")
_OWN_PARTS = ("filter", "groups", "measures", "compare")


class DashboardUsages(UsageProvider):
    """Uses by dashboards."""

    key = "dashboards"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a widget and part of it."""
        for found, widget in _widgets(ctx):
            parts = {part: paths for part, paths in _paths(widget).items() if paths}
            for part, paths in parts.items():
                if touches(ctx, widget["object"], paths, object_key, field_key):
                    yield _usage(found, widget, part, object_key, field_key or "")

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """One use a widget's filter."""
        for found, widget in _widgets(ctx):
            definition = widget.get("definition") or {}
            figures = [tree for each in definition.get("measures") or [] for tree in trees_of(each)]
            for part, trees in (("filter", [definition.get("filter")]), ("measures", figures)):
                if names(ctx, widget["object"], trees, object_key, field_key, options):
                    yield _usage(found, widget, part, object_key, field_key)

    def detach(self, ctx: Ctx, usage: Usage) -> None:
        """Take the field out of that part of the widget."""
        dashboard_id, widget_id, part = usage.place.split(":")
        found = Dashboard.objects.select_for_update().get(workspace_id=ctx.workspace.id, id=dashboard_id)
        widgets = [
            _let_go(ctx, widget, part, usage) if widget["id"] == widget_id else widget
            for widget in found.definition.get("widgets") or []
        ]
        found.definition = {**found.definition, "widgets": widgets}
        found.version += 1
        found.save()


def _widgets(ctx: Ctx) -> Iterator[tuple[Dashboard, dict[str, Any]]]:
    rows = Dashboard.objects.filter(workspace_id=ctx.workspace.id).select_related("owner")
    for found in rows.order_by("created_at", "id").iterator(chunk_size=200):
        for widget in found.definition.get("widgets") or []:
            yield found, widget


def _paths(widget: dict[str, Any]) -> dict[str, list[str]]:
    own = paths_of(widget.get("definition") or {})
    return {part: own.get(part, []) for part in _OWN_PARTS} | {
        "date": [widget["date"]] if widget.get("date") else []
    }


def _let_go(ctx: Ctx, widget: dict[str, Any], part: str, usage: Usage) -> dict[str, Any]:
    if part == "date":
        return {**widget, "date": None}
    definition = widget["definition"]
    return {
        **widget, "definition": {**definition, part: without(ctx, widget["object"], definition, part, usage)}
    }  # fmt: skip


def _usage(found: Dashboard, widget: dict[str, Any], part: str, object_key: str, field_key: str) -> Usage:
    said = _DATE if part == "date" else PARTS[part]
    if found.scope == "personal":
        person = Text.of(found.owner.name) if found.owner else _SOMEBODY
        label = Text(
            _OWN.zh.format(person=person.zh, part=said.zh),
            _OWN.en.format(person=person.en, part=said.en.capitalize()),
        )
    else:
        name = Text.of(found.name)
        label = Text(
            _NAMED.zh.format(name=name.zh, part=said.zh),
            _NAMED.en.format(name=name.en, part=said.en.capitalize()),
        )
    where = f"/dashboards/{found.id}" if found.scope != "personal" else ""
    return Usage(
        object_key, field_key, f"dashboard_{part}", label, where, detachable=True,
        place=f"{found.id}:{widget['id']}:{part}",
    )  # fmt: skip


usage_registry.register(DashboardUsages())
