"""The plans of a workspace as every write looks at them: read once per version of the rights, kept with these.

*How it works*: `access/way_sources.py` is where a workspace's settings are kept that every statement may ask for; plans
lead nobody to any record. Whoever changes a plan raises the version (`sharing.raise_version`).
"""

import uuid
from dataclasses import dataclass
from typing import Any

from guanxi.domains.sales.follow_up.models import FollowUpPlan
from guanxi.domains.sales.follow_up.rules import Step
from guanxi.engine.access.loading import get_access
from guanxi.engine.access.way_sources import WaySource, way_source_registry
from guanxi.engine.access.ways import Way
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.text import Text

SOURCE = "follow_up_plans"
OBJECTS = ("customer", "contact", "lead", "opportunity")
"""What tasks are about, and who has a last contact."""


@dataclass(frozen=True, slots=True)
class PlanDef:
    """A plan that is switched on. `looks_at` are the fields of the record that its condition begins with."""

    id: uuid.UUID
    object: str
    name: Text
    condition: Any
    steps: tuple[Step, ...]
    stops_on_contact: bool
    workdays: bool
    seeding: bool
    looks_at: frozenset[str]


def as_def(row: FollowUpPlan) -> PlanDef:
    """The declaration that a row holds."""
    return PlanDef(
        row.id,
        row.object_key,
        Text.of(row.name),
        row.condition,
        tuple(Step(each["day"], Text.of(each["subject"])) for each in row.steps),
        row.stops_on_contact,
        row.workdays,
        row.seeding,
        frozenset(path.split(".")[0] for path in paths_in(row.condition)),
    )


class KnownPlans(WaySource):
    """Keeps the plans; leads nowhere."""

    key = SOURCE

    def read(self, workspace_id: uuid.UUID) -> tuple[PlanDef, ...]:
        """Those that are switched on, in order."""
        rows = FollowUpPlan.objects.filter(workspace_id=workspace_id, enabled=True).order_by("id")
        return tuple(as_def(row) for row in rows)

    def ways(self, ctx: Ctx, obj: ObjectDef, alias: str, known: Any, *, edits: bool) -> list[Way]:
        """None."""
        return []


def plans_of(ctx: Ctx, object_key: str | None = None) -> list[PlanDef]:
    """The plans that are switched on (of one object); no statement on a warm request."""
    known: tuple[PlanDef, ...] = get_access(ctx.workspace).brought.get(SOURCE, ())
    return [plan for plan in known if object_key in (None, plan.object)]


way_source_registry.register(KnownPlans())
