"""Setting plans up: of which object, for which records, what is to be done on which day.

*Rules*: needs the area `rules`. A plan is off until somebody switches it on; then those that fit already are either
taken in or left out, as they say. Steps are replaced as a whole; entries that are further on than a shorter plan has
steps are done.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from procrastinate.contrib.django import app

from guanxi.domains.sales.follow_up.models import FollowUpPlan, PlanEntry
from guanxi.domains.sales.follow_up.plans.known import OBJECTS
from guanxi.domains.sales.follow_up.rules import MAX_DAY, MAX_STEPS
from guanxi.engine.access.sharing import raise_version
from guanxi.engine.access.ways import compile_condition, condition_compilers, unrestricted
from guanxi.engine.identity.facade import require_admin
from guanxi.engine.records.query.previews import counted
from guanxi.engine.records.query.read import fetch_page
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit.errors import Invalid, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.text import Text

BEGIN = "sales.begin_plan"
QUEUE = "maintenance"
MAX_PLANS = 50
SHOWN = 5
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
NEEDS_STEP = Text("至少要有一步。", "At least one step is needed.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
NO_PLANS = Text("这个对象不能有跟进计划。", "There are no follow-up plans of this object.")
BAD_DAY = Text(
    "天数应在 0 到 {max} 之间，后一步不早于前一步。",
    "Days are between 0 and {max}, none before that of the step above.",
)
_PARTS = ("name", "condition", "steps", "stops_on_contact", "workdays")


def list_plans(ctx: Ctx) -> list[dict[str, Any]]:
    """All plans, with how many records are in them; needs the area `rules`."""
    require_admin(ctx, "rules")
    rows = list(FollowUpPlan.objects.filter(workspace_id=ctx.workspace.id).order_by("id"))
    running = PlanEntry.objects.filter(workspace_id=ctx.workspace.id, state="running")
    counts = dict(running.values_list("plan_id").annotate(n=Count("id")))
    return [plan_json(ctx, row, counts.get(row.id, 0)) for row in rows]


def create_plan(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new plan, switched off; raises Forbidden, Invalid."""
    require_admin(ctx, "rules")
    if FollowUpPlan.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_PLANS:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_PLANS)
    obj = _object(ctx, given["object"])
    row = FollowUpPlan(workspace_id=ctx.workspace.id, object_key=obj.key)
    _fill(ctx, obj, row, given)
    row.save(force_insert=True)
    record(ctx, "settings.changed", object_key=obj.key, area="plans", action="create", **_told(row))
    return plan_json(ctx, row, 0)


def update_plan(ctx: Ctx, plan_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change what is given, based on `version`; `enabled` with `existing` begins it.

    Raises Forbidden, NotFound, Invalid, StaleVersion, VersionRequired.
    """
    require_admin(ctx, "rules")
    row = _row(ctx, plan_id)
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != row.version:
        raise StaleVersion(extra={"current": row.version})
    before = _told(row)
    _fill(ctx, _object(ctx, row.object_key), row, {**before, **{p: given[p] for p in _PARTS if p in given}})
    begins = bool(given.get("enabled")) and not row.enabled
    if given.get("enabled") is not None:
        row.enabled = given["enabled"]
    if begins:
        row.seeding = not given.get("existing")
    row.version += 1
    row.save()
    record_change(
        ctx, "settings.changed", before, _told(row), record_id=row.id, area="plans", action="update"
    )
    raise_version(ctx)
    if row.enabled:
        app.configure_task(BEGIN, queue=QUEUE).defer(workspace_id=str(ctx.workspace.id), plan_id=str(row.id))
    running = PlanEntry.objects.filter(workspace_id=ctx.workspace.id, plan=row, state="running").count()
    return plan_json(ctx, row, running)


def delete_plan(ctx: Ctx, plan_id: uuid.UUID) -> None:
    """End a plan; tasks that it made stay. Raises Forbidden, NotFound."""
    require_admin(ctx, "rules")
    row = _row(ctx, plan_id)
    record(ctx, "settings.changed", object_key=row.object_key, area="plans", action="delete", **_told(row))
    PlanEntry.objects.filter(workspace_id=ctx.workspace.id, plan=row)._raw_delete("default")
    row.delete()
    raise_version(ctx)


def preview(ctx: Ctx, object_key: str, condition: Any) -> dict[str, Any]:
    """How many of the records that the actor sees fit a condition now (`whole`: of all), and the first of them.

    Nothing is counted where it asks for what they do not read. Needs the area `rules`; raises Invalid.
    """
    require_admin(ctx, "rules")
    obj = _object(ctx, object_key)
    _check(ctx, obj, condition)
    query = RecordQuery(obj.key, condition, fields=(obj.title_field,), limit=SHOWN, count=False)
    told = counted(ctx, query)
    shown = fetch_page(ctx, query).data if told.value is not None else []
    return {
        "count": None if told.value is None else {"value": told.value, "exact": told.exact},
        "whole": told.whole,
        "sample": [{"object": obj.key, "id": row["id"], "title": row["title"]} for row in shown],
    }


def plan_json(ctx: Ctx, row: FollowUpPlan, running: int) -> dict[str, Any]:
    """A plan as who sets it up sees it; a `broken` one no longer fits the schema and rests."""
    obj = get_schema(ctx).find(row.object_key)
    broken = obj is None or (
        row.condition is not None and compile_condition(ctx, obj, "r", row.condition) is None
    )
    return {"id": row.id, "object": row.object_key, "enabled": row.enabled, "version": row.version, "running": running,
            "broken": broken} | {part: getattr(row, part) for part in _PARTS}  # fmt: skip


def _object(ctx: Ctx, key: str) -> ObjectDef:
    obj = get_schema(ctx).find(key)
    if obj is None or key not in OBJECTS:
        raise invalid("object", "not_possible", NO_PLANS)
    return obj


def _row(ctx: Ctx, plan_id: uuid.UUID) -> FollowUpPlan:
    row = FollowUpPlan.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id=plan_id).first()
    if row is None:
        raise NotFound
    return row


def _fill(ctx: Ctx, obj: ObjectDef, row: FollowUpPlan, given: Mapping[str, Any]) -> None:
    name = Text.of(given.get("name") or "")
    if not name.zh.strip():
        raise invalid("name", "required", NEEDS_NAME)
    _check(ctx, obj, given.get("condition"))
    row.name, row.condition = name.as_dict(), given.get("condition")
    row.steps = _steps(given.get("steps") or ())
    row.stops_on_contact = bool(given.get("stops_on_contact"))
    row.workdays = given.get("workdays") is not False


def _steps(given: Any) -> list[dict[str, Any]]:
    rows = list(given)
    if not rows:
        raise invalid("steps", "required", NEEDS_STEP)
    if len(rows) > MAX_STEPS:
        raise invalid("steps", "too_many", TOO_MANY, max=MAX_STEPS)
    found: list[dict[str, Any]] = []
    for place, step in enumerate(rows):
        least = found[-1]["day"] if found else 0
        if not least <= step["day"] <= MAX_DAY:
            raise invalid(f"steps.{place}.day", "out_of_range", BAD_DAY, max=MAX_DAY)
        subject = Text.of(step.get("subject") or "")
        if not subject.zh.strip():
            raise invalid(f"steps.{place}.subject", "required", NEEDS_NAME)
        found.append({"day": step["day"], "subject": subject.as_dict()})
    return found


def _check(ctx: Ctx, obj: ObjectDef, tree: Any) -> None:
    if tree is None:
        return
    try:
        for compiler in condition_compilers:
            compiler(unrestricted(ctx), obj, "r", tree)
    except Invalid as refused:
        raise Invalid(errors=[error.at("condition") for error in refused.errors]) from None


def _told(row: FollowUpPlan) -> dict[str, Any]:
    return {part: getattr(row, part) for part in _PARTS} | {"enabled": row.enabled}
