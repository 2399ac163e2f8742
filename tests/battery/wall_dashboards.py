"""The doors of dashboards: pages of figures over what their reader sees."""

from typing import Any

from tests.battery.wall_doors import Leak, Visit, door

_OBJECTS = ("customer", "opportunity", "payment", "gadget")


@door("GET /dashboards", "POST /dashboards", "GET /dashboards/{dashboard_id}", "PATCH /dashboards/{dashboard_id}",
      "DELETE /dashboards/{dashboard_id}", "GET /dashboards/{dashboard_id}/figures", "POST /dashboards/preview")  # fmt: skip
def dashboards(visit: Visit) -> None:
    """Figures of what one sees: a shared page says no more to its reader than the reader's own lists."""
    for row in visit.ask("GET", "/dashboards").data["data"]:
        visit.ask("GET", f"/dashboards/{row['id']}/figures?period=all&owner=all&team=all")
    shared = _shared(visit)
    visit.ask("GET", f"/dashboards/{shared}")
    for entry in visit.ask("GET", f"/dashboards/{shared}/figures").data["data"]:
        scope = visit.who.scope(entry["id"].split("-")[0])
        if scope == "none" and (entry["figures"] is not None or entry["error"] is None):
            raise Leak(f"{visit.name} gets figures of {entry['id']}")
    for key in _OBJECTS:
        widget = _widget(key, "name" if key in ("customer", "gadget") else "owner")
        visit.ask("POST", "/dashboards/preview", {"widgets": [widget]})


@door("POST /reports/query", "POST /reports/explain")
def reports(visit: Visit) -> None:
    """A report counts what its reader sees, now and before."""
    for key in _OBJECTS:
        compare = {"how": "year", "date": "created_at", "period": "this_year"}
        for by in ("name", "owner"):
            definition = {"groups": [{"field": by}], "measures": [{"op": "count"}]}
            for path, asked in (
                ("query", definition),
                ("query", definition | {"compare": compare}),
                ("explain", definition | {"compare": compare}),
            ):
                answer = visit.ask("POST", f"/reports/{path}", {"object": key, "definition": asked})
                if visit.who.scope(key) == "none" and answer.status_code == 200:
                    raise Leak(f"{visit.name} gets figures of {key}")


def _widget(key: str, by: str) -> dict[str, Any]:
    definition = {"groups": [{"field": by}], "measures": [{"op": "count"}], "chart": "bar"}
    return {"id": f"{key}-{by}", "x": 0, "y": 0, "w": 6, "h": 4, "object": key, "definition": definition}


def _shared(visit: Visit) -> str:
    widgets = [
        _widget(key, by) for key, by in (("customer", "name"), ("customer", "owner"), ("opportunity", "name"))
    ]
    body = {"name": "共享", "scope": "everyone", "definition": {"widgets": widgets}}
    made = visit.wall.doors["boss"].post("/dashboards", body)
    if made.status_code != 201:
        raise Leak(str(made.data))
    return str(made.data["id"])
