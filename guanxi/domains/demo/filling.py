"""Writing a plan through the record store: the same checks, hooks, journal and index as for people.

*How it works*: objects are written in the plan's order, so that what a row refers to has its id, and each row's `state`
right after its lines; what the program keeps by itself (dates of contact, when a stage was entered) is set at the end.
What follows from parts of a record (a paper's total, what is left of an order or a payment) is worked out by the same
hooks as always, but is no change of anybody: the context is `unrecorded`, and histories begin and end with the making.

*Rules*: values that the workspace has no use for (an option that was taken away, a field that was
hidden) are left out; a stage that is gone becomes its counterpart.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from guanxi.domains.demo.plan import OBJECTS, Person, Plan, Ref, Row
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import CHUNK
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT, POSITION
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx

_STAGE_ORDER = ("qualification", "needs", "proposal", "negotiation", "contract")


class Filler:
    """Writes one plan into one workspace."""

    def __init__(self, ctx: Ctx, plan: Plan, people: Mapping[str, uuid.UUID]) -> None:
        self.ctx, self.plan, self.people = replace(ctx, unrecorded=True), plan, people
        self.ids: dict[str, list[uuid.UUID]] = {}

    def write(self) -> dict[str, int]:
        """Write everything; gives the number of records of each object."""
        for key in OBJECTS:
            obj = get_object(self.ctx, key)
            rows = self.plan.rows[key]
            self.ids[key] = store.bulk_create(
                self.ctx, key, [self._values(obj, row) for row in rows], sample=True,
                system=[self._system(row) for row in rows],
            )  # fmt: skip
            self._write_lines(obj)
            self._settle(obj)
        for key in OBJECTS:
            self._keep(get_object(self.ctx, key))
        return {key: len(self.ids[key]) for key in OBJECTS}

    def _write_lines(self, obj: ObjectDef) -> None:
        """The lines of the records, all of them in one go: their records' totals follow."""
        for field in obj.sub_tables:
            kind = get_object(self.ctx, line_key(obj.key, field.key))
            rows, made = [], []
            for record_id, row in zip(self.ids[obj.key], self.plan.rows[obj.key], strict=True):
                for place, line in enumerate(row.values.get(field.key, ()), 1):
                    rows.append({**self._fitting_values(kind, line), PARENT: str(record_id), POSITION: place})
                    made.append(self._system(row))
            self.ids[kind.key] = store.bulk_create(self.ctx, kind.key, rows, sample=True, system=made)

    def _settle(self, obj: ObjectDef) -> None:
        """The states that rows have come to."""
        rows = zip(self.ids[obj.key], self.plan.rows[obj.key], strict=True)
        found = [(i, {k: v for k, v in row.state.items() if k in obj.fields}) for i, row in rows]
        changes = [Change("update", i, values) for i, values in found if values]
        for n, change in enumerate(changes):
            change.index = n
        for start in range(0, len(changes), CHUNK):
            store.bulk_write(self.ctx, obj.key, changes[start : start + CHUNK], partial=False, trusted=True)

    def _values(self, obj: ObjectDef, row: Row) -> dict[str, Any]:
        values = self._fitting_values(obj, row.values)
        if row.owner is not None:
            values["owner"] = str(self.people[row.owner])
        return values

    def _fitting_values(self, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the workspace's fields take of the values; lines are written behind their records."""
        fields = {key: f for key, f in obj.fields.items() if not f.hidden and not f.type.holds_lines}
        found = {key: self._fitting(fields[key], value) for key, value in given.items() if key in fields}
        return {key: value for key, value in found.items() if value is not None}

    def _fitting(self, field: FieldDef, value: Any) -> Any:
        """The value as the workspace's field takes it; None when it does not."""
        if isinstance(value, Ref):
            return str(self._resolved(value))
        if not field.type.has_options or field.type.type == "tags":
            return value
        if isinstance(value, list):
            return [item for item in value if item in field.option_values] or None
        if value in field.option_values:
            return value
        return _counterpart(field, value) if field.type.type == "stage" else None

    def _system(self, row: Row) -> dict[str, Any]:
        times = (row.changed_at, *row.kept.values(), *row.state.values())
        changed = [row.created_at, *(v for v in times if isinstance(v, datetime) and v <= self.ctx.now)]
        person = self.people.get(row.owner or "")
        return {
            "created_at": row.created_at,
            "updated_at": max(changed),
            "created_by": person,
            "updated_by": person,
        }

    def _keep(self, obj: ObjectDef) -> None:
        """What the program keeps by itself, grouped by the fields that are kept."""
        groups: dict[tuple[str, ...], dict[uuid.UUID, dict[str, Any]]] = defaultdict(dict)
        for record_id, row in zip(self.ids[obj.key], self.plan.rows[obj.key], strict=True):
            kept = {k: self._resolved(v) for k, v in row.kept.items() if k in obj.fields}
            if kept:
                groups[tuple(sorted(kept))][record_id] = kept
        for values in groups.values():
            store.touch(self.ctx, obj.key, values)

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, Person):
            return self.people[value.key]
        return self.ids[value.object][value.index] if isinstance(value, Ref) else value


def _counterpart(field: FieldDef, stage: str) -> str | None:
    """The stage of the workspace's default pipeline that stands where `stage` stands in ours."""
    kind = stage if stage in ("won", "lost") else "open"
    first = field.options[0].meta.get("pipeline") if field.options else None
    same = [o.value for o in field.options if o.meta.get("kind") == kind and o.meta.get("pipeline") == first]
    if not same:
        return None
    place = _STAGE_ORDER.index(stage) / len(_STAGE_ORDER) if kind == "open" else 0
    return same[int(place * len(same))]
