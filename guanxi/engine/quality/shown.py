"""The data review as people see it: figures with the filters that open their records.

*How it works*: administrators read the last snapshot, which is of all they see anyway; for everybody else the
records they see are measured on the spot. The offenders are always as of now.

*Rules*: totals and trends are for administrators and managers; owners, figures and offenders are those of
the records that the asker sees. What a list cannot ask for (shared keys, values without form, rules by formula) opens as a
list of chosen records, at most MAX_CHOSEN (`work_list`).
"""

import uuid
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.checks import (
    SOURCE,
    has_lacks,
    has_rhythms,
    inspect,
    is_empty,
    is_stale,
    rules_in_force,
    shared_keys,
)
from guanxi.engine.quality.measuring import as_detail, lacking, measure
from guanxi.engine.quality.models import QualitySnapshot
from guanxi.engine.quality.rules import DIMENSIONS
from guanxi.engine.quality.settings import Settings, can_matter, settings_of
from guanxi.engine.quality.snapshots import latest, measured_objects, take, trends
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.sql import FALSE, Sql, any_of, sql
from guanxi.kit.text import Text

OFFENDERS = 20
MAX_CHOSEN = 100
UNKNOWN_CHECK = Text(
    "check 只能是 unsound、broken、shared 或 overdue。", "check is unsound, broken, shared or overdue."
)
UNKNOWN_FIELD = Text("没有检查这个字段。", "This field is not checked.")


def sees_totals(ctx: Ctx) -> bool:
    """Whether the figures of everybody's records are for the actor."""
    return ctx.actor.may("quality") or ctx.actor.holds(Role.MANAGER)


def reviewed(ctx: Ctx, object_key: str) -> ObjectDef:
    """The object, when its data is reviewed and the actor may read it; raises NotFound."""
    obj = rights.get_object(ctx, object_key)
    if not (obj.listed and obj.record and rights.can(ctx, obj, "read")):
        raise NotFound
    return obj


def overview(ctx: Ctx) -> dict[str, Any]:
    """Every object with its last figures and its trend; raises Forbidden."""
    if not sees_totals(ctx):
        raise Forbidden
    newest = QualitySnapshot.objects.filter(workspace_id=ctx.workspace.id)
    last = {row.object_key: row for row in newest.order_by("object_key", "-day").distinct("object_key")}
    days = trends(ctx)
    return {
        "data": [
            {"object": obj.key, "label": obj.label_plural.as_dict(), **_totals(last.get(obj.key))}
            | {"trend": days.get(obj.key, [])}
            for obj in measured_objects(ctx)
            if rights.can(ctx, obj, "read")
        ]
    }


def measure_now(ctx: Ctx, object_key: str) -> dict[str, Any]:
    """Take today's snapshot anew and show the object; raises Forbidden, NotFound."""
    if not sees_totals(ctx) or not ctx.actor.can_write:
        raise Forbidden
    take(ctx, reviewed(ctx, object_key))
    return review(ctx, object_key)


def review(ctx: Ctx, object_key: str) -> dict[str, Any]:
    """One object: totals, figures with their filters, owners, sources, worst offenders; raises NotFound."""
    obj = reviewed(ctx, object_key)
    settings = settings_of(ctx, obj)
    snapshot = latest(ctx, obj.key) if sees_totals(ctx) else None
    stored = snapshot if rights.sees_everything(ctx, obj) else None
    detail = stored.detail if stored else as_detail(measure(ctx, obj, settings), settings)
    offenders = lacking(ctx, obj, settings, OFFENDERS)
    names = _names(Compiler(ctx, obj), detail, offenders)
    for record in offenders:
        record["owner"] = names.get(str(record["owner"]))
    return {
        "object": obj.key,
        "label": obj.label_plural.as_dict(),
        "settings": settings.as_json(),
        "can": {
            "settings": ctx.actor.manages("quality"),
            "measure": sees_totals(ctx) and ctx.actor.can_write,
            "repair": rights.can(ctx, obj, "bulk"),
        },
        "totals": _totals(snapshot) if sees_totals(ctx) else None,
        "trend": trends(ctx, obj.key).get(obj.key, []) if sees_totals(ctx) else [],
        "records": detail["records"],
        "overall": detail["overall"],
        "measured_at": stored.taken_at if stored else ctx.now,
        "dimensions": _dimensions(obj, settings, detail),
        "fields": _fields(ctx, obj, settings, detail),
        "rules": _rules(obj, detail),
        "owners": _groups(obj, settings, detail["owners"], "owner", names),
        "sources": _groups(obj, settings, detail["sources"], SOURCE, _options(obj)),
        "offenders": offenders,
        "choices": [
            {"key": key, "label": f.label.as_dict()}
            for key, f in rights.readable(ctx, obj).items()
            if can_matter(f)
        ],
    }


def work_list(ctx: Ctx, object_key: str, check: str, field: str) -> dict[str, Any]:
    """`{"filter", "complete"}` that opens the first records that fail a check; raises NotFound, Invalid."""
    obj = reviewed(ctx, object_key)
    found = inspect(ctx, obj, settings_of(ctx, obj))
    by_field = {"unsound": found.unsound, "broken": found.broken, "overdue": found.overdue}
    if check == "shared":
        failed = found.shared
    elif check == "overdue" and not field:
        failed = any_of(found.overdue.values())
    elif check not in by_field:
        raise invalid("check", "unknown_check", UNKNOWN_CHECK)
    else:
        checked = by_field[check]
        failed = checked.get(field, FALSE)
        if field not in checked:
            raise invalid("field", "unknown_field", UNKNOWN_FIELD)
    keys = shared_keys(ctx, found) if check == "shared" else Sql("")
    statement = Sql("WITH ") + keys + "one AS (SELECT 1) SELECT r.id " + found.compiler.base(where=failed)
    rows = select_rows(statement + sql(" ORDER BY r.title_sort, r.id LIMIT {}", MAX_CHOSEN + 1))
    chosen = [str(row[0]) for row in rows[:MAX_CHOSEN]]
    return {"filter": {"field": "id", "op": "in", "value": chosen}, "complete": len(rows) <= MAX_CHOSEN}


def _totals(snapshot: QualitySnapshot | None) -> dict[str, Any]:
    if snapshot is None:
        return {"records": None, "overall": None, "scores": None, "measured_at": None}
    return {
        "records": snapshot.records,
        "overall": snapshot.overall,
        "scores": snapshot.scores,
        "measured_at": snapshot.taken_at,
    }


def _dimensions(obj: ObjectDef, settings: Settings, detail: dict[str, Any]) -> list[dict[str, Any]]:
    empties = [is_empty(key) for key, weight in settings.fields.items() if weight]
    conditions = [rule.condition for rule in rules_in_force(obj) if rule.condition]
    by_formula = any(rule.formula for rule in rules_in_force(obj))
    opened: dict[str, tuple[int | None, Any]] = {
        "completeness": (None, {"or": empties}),
        "validity": (sum(f["unsound"] or 0 for f in detail["fields"].values()), None),
        "consistency": (detail["broken"], {"or": conditions} if conditions and not by_formula else None),
        "uniqueness": (detail["shared"], None),
        "timeliness": (detail["stale"], None if has_rhythms(obj) else is_stale(obj, settings.review_days)),
    }
    return [
        {
            "key": key,
            "score": detail["scores"][key],
            "weight": settings.weights[key],
            "count": opened[key][0],
            "filter": opened[key][1],
        }
        for key in DIMENSIONS
    ]


def _fields(ctx: Ctx, obj: ObjectDef, settings: Settings, detail: dict[str, Any]) -> list[dict[str, Any]]:
    """The inspected fields that the actor may read, the important ones first."""
    readable = rights.readable(ctx, obj)
    keys = [key for key in detail["fields"] if key in readable]
    keys.sort(key=lambda key: -settings.fields.get(key, 0))
    return [
        {
            "key": key,
            "label": readable[key].label.as_dict(),
            "weight": settings.fields.get(key),
            "review_days": readable[key].review_days,
            "overdue": None,
            "filter": is_empty(key) if detail["fields"][key]["empty"] is not None else None,
            **detail["fields"][key],
        }
        for key in keys
    ]


def _rules(obj: ObjectDef, detail: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(rule.id),
            "name": rule.name.as_dict(),
            "message": rule.message.as_dict(),
            "broken": detail["rules"][str(rule.id)],
            "filter": rule.condition or None,
        }
        for rule in rules_in_force(obj)
        if str(rule.id) in detail["rules"]
    ]


def _groups(
    obj: ObjectDef, settings: Settings, groups: list[dict[str, Any]], field: str, names: dict[str, Any]
) -> list[dict[str, Any]]:
    """Owners or sources, the lowest first, each with the filter of its records that lack something."""
    lacks = has_lacks(obj, settings)
    shown = []
    for group in sorted(groups, key=lambda g: (g["overall"] is None, g["overall"] or 0)):
        by = group["by"]
        own = is_empty(field) if by is None else {"field": field, "op": "is", "value": by}
        name = names.get(by) if by is not None else None
        shown.append({**group, "name": name, "filter": {"and": [own, lacks]}})
    return shown


def _names(compiler: Compiler, detail: dict[str, Any], offenders: list[dict[str, Any]]) -> dict[str, Any]:
    """The people of the figures by id."""
    ids = {uuid.UUID(group["by"]) for group in detail["owners"] if group["by"]}
    ids |= {record["owner"] for record in offenders if record["owner"]}
    people = titles_of(compiler, {"user": ids}) if ids else {}
    return {str(key[1]): title.get("name") or title.get("title") for key, title in people.items()}


def _options(obj: ObjectDef) -> dict[str, Any]:
    field = obj.fields.get(SOURCE)
    return {option.value: option.label.as_dict() for option in field.options} if field else {}
