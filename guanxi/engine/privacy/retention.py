"""Retention rules: how long records are kept, and what happens then: to the bin, without names, or gone.

*How it works*: a rule is an object, a filter, a date field and a period. What it matches is a filter tree like any
other. Trying it counts and shows samples; only what was tried as it stands can be switched on. What it does: `archive`
moves to the recycle bin (undone within its 90 days), `anonymise` empties fields and erases their past from the
journal, `erase` takes records away for good. Stale records are archived by a rule with the date of the last contact.

*Rules*: who makes a rule needs the privacy desk and every record of the object to delete (edit). Records
under a legal hold are left alone, and told. PIPL art. 19, 47; GDPR art. 5(1)(e), 17.

*See*: retiring.py, which runs them at night.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from guanxi.engine.access import rights
from guanxi.engine.access.rules import Scope
from guanxi.engine.privacy import rows
from guanxi.engine.privacy.models import RetentionRule, RetentionRun
from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.query.compile import Compiler, environment
from guanxi.engine.records.query.read import COUNT_CAP, count_matching, fetch_page, matching_ids
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.errors import Conflict, Forbidden, invalid
from guanxi.kit.text import Text

ARCHIVE, ANONYMISE, ERASE = ACTIONS = ("archive", "anonymise", "erase")
UNITS = ("days", "months", "years")
MAX_RULES = 100
SAMPLES = 10
HELD_LOOKED_AT = 1000
RUNS = 30
ANONYMOUS = Text("已匿名", "Anonymous")
BAD_OBJECT = Text("没有这个对象，或它不能设保存期限。", "There is no such object, or it cannot have a retention period.")  # fmt: skip
BAD_AGE = Text("请选择一个日期字段。", "Choose a date field.")
BAD_FIELDS = Text("请选择要清空的字段；必填且不是文字的字段不能清空。", "Choose fields to empty; required ones that are no text cannot be emptied.")  # fmt: skip
TRY_FIRST = Text("请先试算这条规则，再启用。", "Try the rule as it is before switching it on.")
RUNNING = Text("这条规则正在执行。", "The rule is running.")
READERS: dict[str, rows.Reader] = {
    "name": rows.text(120), "object_key": rows.text(40), "filter": lambda value: value or None,
    "age_field": rows.text(40), "or_created": rows.flag, "period": rows.number(1, 3650), "unit": rows.choice(UNITS),
    "action": rows.choice(ACTIONS), "fields": rows.items(rows.text(40), 100),
}  # fmt: skip


def list_rules(ctx: Ctx) -> dict[str, Any]:
    """Every rule and the last runs."""
    rows.require_look(ctx)
    found = RetentionRule.objects.filter(workspace_id=ctx.workspace.id).order_by("id")
    runs = RetentionRun.objects.filter(workspace_id=ctx.workspace.id).order_by("-id")[:RUNS]
    return {"data": [shown(row) for row in found], "runs": [run_json(row) for row in runs]}


def shown(row: RetentionRule) -> dict[str, Any]:
    """A rule in the API."""
    return {
        "id": row.id, **{name: getattr(row, name) for name in READERS}, "enabled": row.enabled,
        "tried": row.tried_version == row.version, "last_run_on": row.last_run_on, "version": row.version,
    }  # fmt: skip


def run_json(row: RetentionRun) -> dict[str, Any]:
    """A run in the API."""
    return {
        "id": row.id, "rule": row.rule_id, "name": row.name, "object": row.object_key, "action": row.action,
        "state": row.state, "done": row.done, "held": row.held, "refused": row.refused,
        "started_at": row.started_at, "finished_at": row.finished_at,
        "can_undo": row.action == ARCHIVE and row.state == "done" and row.done > 0,
    }  # fmt: skip


def create(ctx: Ctx, given: Mapping[str, Any]) -> RetentionRule:
    """A new rule, not switched on; raises Forbidden, Invalid."""
    rows.require_desk(ctx)
    if RetentionRule.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_RULES:
        raise invalid("name", "too_many", rows.TOO_MANY, max=MAX_RULES)
    row = RetentionRule(workspace_id=ctx.workspace.id, created_at=ctx.now, updated_at=ctx.now)
    rows.fill(row, given, READERS, needed=("name", "object_key", "age_field", "period", "action"))
    check(ctx, row)
    row.save(force_insert=True)
    rows.told(ctx, "retention", row, {}, rows.values_of(row, READERS))
    return row


def update(ctx: Ctx, rule_id: uuid.UUID, given: Mapping[str, Any], version: int) -> RetentionRule:
    """Change a rule (which switches it off), or with `enabled` alone switch it on or off.

    Raises Forbidden, NotFound, Invalid, StaleVersion, and Conflict for what was not tried.
    """
    rows.require_desk(ctx)
    row = rows.find(ctx, RetentionRule, rule_id, lock=True)
    before = {**rows.values_of(row, READERS), "enabled": row.enabled}
    tried = row.tried_version == row.version
    rows.at_version(row, version)
    if set(given) == {"enabled"}:
        wanted = rows.flag(given["enabled"]) if isinstance(given["enabled"], bool) else None
        if wanted is None:
            raise invalid("enabled", "wrong_type", rows.NOT_A_FLAG)
        check(ctx, row)
        if wanted and not tried:
            raise Conflict(TRY_FIRST, code="try_first")
        row.enabled, row.tried_version = wanted, row.version if tried else 0
    else:
        rows.fill(row, given, READERS, needed=("name", "object_key", "age_field", "period", "action"))
        check(ctx, row)
        row.enabled = False
    row.updated_at = ctx.now
    row.save()
    rows.told(ctx, "retention", row, before, {**rows.values_of(row, READERS), "enabled": row.enabled})
    return row


def delete(ctx: Ctx, rule_id: uuid.UUID) -> None:
    """Delete a rule; its runs stay. Raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    row = rows.find(ctx, RetentionRule, rule_id, lock=True)
    if RetentionRun.objects.filter(rule=row, state="running").exists():
        raise Conflict(RUNNING, code="running")
    before = rows.values_of(row, READERS)
    row.delete()
    row.id = rule_id
    rows.told(ctx, "retention", row, before, {})


def trial(ctx: Ctx, rule_id: uuid.UUID) -> dict[str, Any]:
    """What the rule would do now: a capped count, how many are held back, samples that the actor sees."""
    rows.require_desk(ctx)
    row = rows.find(ctx, RetentionRule, rule_id, lock=True)
    obj = check(ctx, row)
    tree = tree_of(ctx, row, obj)
    program = system_ctx(ctx.workspace)
    count, exact = count_matching(program, RecordQuery(obj.key, tree))
    looked_at = matching_ids(program, RecordQuery(obj.key, tree), limit=HELD_LOOKED_AT, lock=False)
    held = held_ids(program, obj, looked_at)
    readable = rights.readable(ctx, obj)
    fields = tuple(key for key in dict.fromkeys((obj.title_field, row.age_field)) if key in readable)
    page = fetch_page(ctx, RecordQuery(obj.key, tree, fields=fields, limit=SAMPLES, count=False))
    row.tried_version = row.version
    row.save(update_fields=["tried_version"])
    return {
        "count": count, "exact": exact, "cap": COUNT_CAP, "held": len(held), "held_of": len(looked_at),
        "before": limit_of(ctx, row).isoformat(), "filter": tree, "samples": page.data,
    }  # fmt: skip


def check(ctx: Ctx, row: RetentionRule) -> ObjectDef:
    """The object of a rule that makes sense and that the actor may make; raises Forbidden, Invalid."""
    obj = get_schema(ctx).find(row.object_key)
    if obj is None or not obj.listed or not obj.record or obj.line_of is not None:
        raise invalid("object_key", "unknown_object", BAD_OBJECT)
    verb = "edit" if row.action == ANONYMISE else "delete"
    if not (obj.shared and rights.can(ctx, obj, verb)) and rights.scope(ctx, obj, verb) is not Scope.ALL:
        raise Forbidden
    readable = rights.readable(ctx, obj)
    age = readable.get(row.age_field)
    if age is None or "before" not in age.type.operators:
        raise invalid("age_field", "not_possible", BAD_AGE)
    if row.action == ANONYMISE and (
        not row.fields or any(not _can_empty(ctx, obj, readable.get(key)) for key in row.fields)
    ):
        raise invalid("fields", "not_possible", BAD_FIELDS)
    Compiler(ctx, obj).where(row.filter)  # its own complaints name its own paths
    Compiler(ctx, obj).where(tree_of(ctx, row, obj))
    return obj


def limit_of(ctx: Ctx, row: RetentionRule) -> date:
    """The day before which records are due."""
    period = {row.unit: row.period}
    return ctx.today.date() - relativedelta(**period)  # type: ignore[arg-type]


def tree_of(ctx: Ctx, row: RetentionRule, obj: ObjectDef) -> dict[str, Any]:
    """The filter tree of what is due today."""
    limit = limit_of(ctx, row).isoformat()
    due: dict[str, Any] = {"field": row.age_field, "op": "before", "value": limit}
    if row.or_created:
        never = [
            {"field": row.age_field, "op": "is_empty"},
            {"field": "created_at", "op": "before", "value": limit},
        ]
        due = {"or": [due, {"and": never}]}
    parts = [due, *([row.filter] if row.filter else [])]
    if row.action == ANONYMISE:
        parts.append({"or": [_left(ctx, obj, key) for key in row.fields if key in obj.fields]})
    return {"and": parts}


def emptied(ctx: Ctx, obj: ObjectDef, keys: list[str]) -> dict[str, Any]:
    """What anonymised fields are given: nothing, or a word where something must stand."""
    return {
        key: ANONYMOUS.in_(ctx.workspace.locale) if _must_stand(obj, obj.fields[key]) else None
        for key in keys
        if key in obj.fields
    }


def _left(ctx: Ctx, obj: ObjectDef, key: str) -> dict[str, Any]:
    """The condition that a field is still to be emptied: who was anonymised is not again every night."""
    if _must_stand(obj, obj.fields[key]):
        return {"not": {"field": key, "op": "is", "value": ANONYMOUS.in_(ctx.workspace.locale)}}
    return {"field": key, "op": "is_not_empty"}


def _must_stand(obj: ObjectDef, f: FieldDef) -> bool:
    return f.required or f.key == obj.title_field


def _can_empty(ctx: Ctx, obj: ObjectDef, f: FieldDef | None) -> bool:
    if f is None or not rights.is_writable(ctx, f) or f.system or "is_empty" not in f.type.operators:
        return False
    if not _must_stand(obj, f):
        return True
    try:
        return not f.unique and f.type.parse(ANONYMOUS.zh, f, environment(ctx)) == ANONYMOUS.zh
    except Refusal:
        return False
