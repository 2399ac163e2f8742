"""Ready-made dashboards: declared by the domains, made for whoever opens them, never stored.

*How it works*: a domain names the ready-made reports it wants side by side (`report`) and the single figures above
them (`figure`), and for whose role the page is the first one. A widget about an object or a report that the viewer does
not see is left out; a dashboard of which nothing is left is not offered.

*Rules*: ids are stable (`builtin:sales_rep`). A role has one dashboard to start with; the first that names it counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.builtin import COUNT, PREFIX
from guanxi.engine.views.facade import find_reports
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class ReadyDashboard:
    """A dashboard that a domain declares; `widgets` and `filters` as in a stored definition."""

    key: str
    name: Text
    about: Text
    roles: tuple[str, ...]
    widgets: tuple[dict[str, Any], ...]
    filters: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id in addresses."""
        return f"{PREFIX}{self.key}"


ready_dashboards: Registry[ReadyDashboard] = Registry("ready-made dashboard", lambda found: found.key)

Place = tuple[int, int, int, int]
"""Where a widget stands: x, y, width, height."""


def report(object_key: str, key: str, at: Place, *, date: str | None = None) -> dict[str, Any]:
    """A widget with a ready-made report; `date` is the field that the period goes by."""
    return _widget("report", object_key, at, date) | {
        "id": f"{object_key}_{key}", "view": f"{PREFIX}report_{key}"
    }  # fmt: skip


def figure(
    key: str, name: Text, object_key: str, measure: str, at: Place, *, date: str | None = None,
    filter: dict[str, Any] | None = None, compare: str | None = "previous",  # noqa: A002
) -> dict[str, Any]:  # fmt: skip
    """A widget with one number: `count` or `op:field`, beside what it was in the period before."""
    op, _, path = measure.partition(":")
    counted = {"op": op, "show": "value"} | ({"field": path} if path else {})
    definition = {"filter": filter, "groups": [], "measures": [counted], "chart": "number", "top": None}
    return _widget("figure", object_key, at, date) | {
        "id": key, "name": name.as_dict(), "definition": definition, "compare": compare if date else None
    }  # fmt: skip


def _widget(kind: str, object_key: str, at: Place, date: str | None) -> dict[str, Any]:
    x, y, w, h = at
    return {
        "x": x, "y": y, "w": w, "h": h, "name": None, "kind": kind, "object": object_key, "view": None,
        "definition": None, "date": date, "compare": None, "period": None,
    }  # fmt: skip


def offered(ctx: Ctx, listed: frozenset[str]) -> list[tuple[ReadyDashboard, list[dict[str, Any]]]]:
    """The ready-made dashboards with the widgets that the actor sees; `listed` are the objects they read."""
    wanted = {
        (w["object"], w["view"])
        for found in ready_dashboards
        for w in found.widgets
        if w["view"] and w["object"] in listed
    }
    reports = find_reports(ctx, sorted(wanted))
    shown = []
    for found in ready_dashboards:
        widgets = [
            w
            for w in found.widgets
            if w["object"] in listed and (w["view"] is None or (w["object"], w["view"]) in reports)
        ]
        if any(w["kind"] == "report" for w in widgets):
            shown.append((found, widgets))
    return shown


def opening(roles: Sequence[str]) -> str | None:
    """The id of the ready-made dashboard that people of these roles start with."""
    return next((found.id for found in ready_dashboards if set(found.roles) & set(roles)), None)


__all__ = [
    "COUNT",
    "PREFIX",
    "ReadyDashboard",
    "figure",
    "offered",
    "opening",
    "ready_dashboards",
    "report",
]
