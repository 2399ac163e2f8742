"""Equipment of customers, and its repairs: objects that an administrator made, with lookups and rollups."""

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from guanxi.engine.records.indexing import BUILD_INDEXES
from guanxi.engine.tenancy.context import session
from tests.firms import Door, Firm, run_jobs

STATUS = [{"value": "open", "label": "处理中"}, {"value": "done", "label": "已完成"}]
FIGURES: dict[str, dict[str, Any]] = {
    "repairs": {"op": "count"},
    "open_repairs": {"op": "count", "filter": {"field": "status", "op": "is", "value": "open"}},
    "cost": {"op": "sum", "measure": "price"},
    "open_cost": {
        "op": "sum",
        "measure": "price",
        "filter": {"field": "status", "op": "is", "value": "open"},
    },
    "mean": {"op": "avg", "measure": "price"},
    "least": {"op": "min", "measure": "price"},
    "latest": {"op": "max", "measure": "day"},
    "moment": {"op": "max", "measure": "at"},
    "first_status": {"op": "first", "measure": "status", "order": "day"},
    "last_status": {"op": "last", "measure": "status", "order": "day"},
    "names": {"op": "joined", "measure": "name", "order": "day", "separator": ", "},
    "statuses": {"op": "joined", "measure": "status"},
}
"""Rollups of an equipment over its repairs."""


def add_field(door: Door, object_key: str, key: str, kind: str, **extra: Any) -> Any:
    """Make a field; gives the answer."""
    return door.post(f"/meta/objects/{object_key}/fields", {"key": key, "type": kind, "label": key, **extra})


def declare(firm: Firm) -> Door:
    """The objects with their plain fields, and the administrator's door."""
    door = firm.door()
    for key in ("equipment", "repair"):
        assert door.post("/meta/objects", {"key": key, "label": key}).status_code == 201
    for object_key, key, kind, extra in (
        ("equipment", "customer", "link", {"target": "customer"}),
        ("equipment", "above", "link", {"target": "equipment"}),
        ("equipment", "serial_text", "text", {}),
        ("repair", "equipment", "link", {"target": "equipment"}),
        ("repair", "status", "select", {"options": STATUS}),
        ("repair", "price", "decimal", {"config": {"decimals": 2}}),
        ("repair", "day", "date", {}),
        ("repair", "at", "datetime", {}),
    ):  # fmt: skip
        made = add_field(door, object_key, key, kind, **extra)
        assert made.status_code == 201, made.data
    return door


def declare_figures(firm: Firm, door: Door) -> None:
    """The rollups of FIGURES, and those of customers over them; filled."""
    for key, config in FIGURES.items():
        made = add_field(
            door, "equipment", key, "rollup", config={"object": "repair", "field": "equipment", **config}
        )
        assert made.status_code == 201, (key, made.data)
    for key, config in (("equipment_count", {"op": "count"}), ("all_cost", {"op": "sum", "measure": "cost"}),
                        ("broken", {"op": "count", "filter": {"field": "open_repairs", "op": "gt", "value": 0}})):  # fmt: skip
        made = add_field(
            door, "customer", key, "rollup", config={"object": "equipment", "field": "customer", **config}
        )
        assert made.status_code == 201, (key, made.data)
    fill(firm)


def fill(firm: Firm) -> int:
    """Run what fills new rollups; gives the number of jobs."""
    with session(firm.workspace.id):
        # Indexes are built beside the test's transaction, and would wait for it.
        ProcrastinateJob.objects.filter(task_name=BUILD_INDEXES)._raw_delete("default")  # type: ignore[attr-defined]
        return run_jobs()
