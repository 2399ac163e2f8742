"""What a rule would do before it is kept: how many records it finds wrong, and what it makes of one.

*How it works*: what a rule refuses is written as a filter over stored records (a required field that is
empty, an option that is not allowed, a condition that must not hold), counted and sampled by the query
door; a chosen record goes through the same decisions as a form, with the rule among the others.

*Rules*: counts stop at COUNT_CAP; nothing is kept.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from guanxi.engine.records.query import RecordQuery, count_matching, fetch_page
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.read import COUNT_CAP
from guanxi.engine.records.ruling.checking_layouts import missing_fields, read_layout
from guanxi.engine.records.ruling.deciding import decide_stored, holds
from guanxi.engine.records.ruling.drafting import form_state
from guanxi.engine.records.ruling.saving import LAYOUTS, RULES, VALIDATIONS, Kind, read_new
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.facade import require_admin
from guanxi.engine.schema.form_rules import Effect, FieldRuleDef, Refuted, ValidationDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.loading_rules import effect_of, must_be
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

EXAMPLES = 5
Tree = dict[str, Any]


def preview(
    ctx: Ctx,
    kind: Kind,
    object_key: str,
    given: Mapping[str, Any],
    *,
    replaces: uuid.UUID | None = None,
    record: uuid.UUID | None = None,
) -> dict[str, Any]:
    """`{"failing", "total", "examples", "test"}` of a rule (or layout) that is not kept yet.

    `replaces` is the row being edited; `record` one to try it on. Raises Invalid as saving would.
    """
    require_admin(ctx, "rules")
    obj = get_object(ctx, object_key)
    found = read_new(ctx, kind, obj, given)
    if kind is LAYOUTS:
        return {"missing": missing_fields(obj, read_layout(ctx, obj, given)["definition"])}
    tried = _with(obj, kind, found, replaces)
    wrong = _wrong(tried, kind)
    test = None
    if record is not None:
        state = form_state(ctx, tried, {}, record)
        test = {**state, "holds": _holds(ctx, tried, kind, record)}
    return {**_counted(ctx, obj, wrong), "test": test}


def _with(obj: ObjectDef, kind: Kind, found: Mapping[str, Any], replaces: uuid.UUID | None) -> ObjectDef:
    """The object with the rule, last among its others."""
    name = Text("", "")
    if kind is RULES:
        rule = FieldRuleDef(new_id(), name, found.get("condition"), tuple(map(effect_of, found["effects"])))
        return replace(obj, field_rules=(*(r for r in obj.field_rules if r.id != replaces), rule))
    blocks = found.get("severity", "error") == "error"
    message, must = Text.of(found["message"]), must_be(found["formula"])
    check = ValidationDef(new_id(), name, found["condition"], message, found["field"], blocks, must)
    return replace(obj, validations=(*(v for v in obj.validations if v.id != replaces), check))


def _wrong(obj: ObjectDef, kind: Kind) -> Tree | Refuted | None:
    """The filter for the stored records that the last rule of the object finds wrong; None when it refuses nothing."""
    if kind is VALIDATIONS:
        wrong = obj.validations[-1].wrong
        return wrong if isinstance(wrong, Refuted) else {"and": [wrong]}
    rule = obj.field_rules[-1]
    parts = [part for effect in rule.effects for part in _refused(obj, effect)]
    if not parts:
        return None
    return {"and": [rule.condition, {"or": parts}]} if rule.condition else {"or": parts}


def _refused(obj: ObjectDef, effect: Effect) -> list[Tree]:
    if effect.kind == "require":
        return [_seen(obj, key, [{"field": key, "op": "is_empty"}]) for key in effect.fields]
    key = effect.fields[0]
    if effect.kind == "options":
        return [_seen(obj, key, [_outside(obj, key, effect.options)])]
    if effect.kind == "cascade":
        return [
            _seen(obj, key, [{"field": effect.by, "op": "is", "value": value}, _outside(obj, key, allowed)])
            for value, allowed in (effect.allowed or {}).items()
        ]
    return []


def _outside(obj: ObjectDef, key: str, allowed: frozenset[str]) -> Tree:
    f = obj.fields[key]
    others = [option.value for option in f.options if option.value not in allowed]
    if f.type.as_json_value:
        return {"field": key, "op": "has_any", "value": others}
    return {
        "and": [
            {"field": key, "op": "is_not_empty"},
            {"field": key, "op": "not_in", "value": sorted(allowed)},
        ]
    }


def _seen(obj: ObjectDef, key: str, parts: Sequence[Tree]) -> Tree:
    """The conditions, for records where the rules show the field."""
    shows: list[Any] = []
    hides: list[Any] = []
    for rule in obj.field_rules:
        for effect in rule.effects:
            if key in effect.fields and effect.kind in ("show", "hide"):
                (shows if effect.kind == "show" else hides).append(rule.condition or {"and": []})
    kept: list[Any] = list(parts)
    if shows:
        kept.append({"or": shows})
    return {"and": [*kept, *({"not": tree} for tree in hides)]}


def _counted(ctx: Ctx, obj: ObjectDef, wrong: Tree | Refuted | None) -> dict[str, Any]:
    total, exact = count_matching(ctx, RecordQuery(obj.key))
    answer: dict[str, Any] = {"total": {"value": total, "exact": exact}, "failing": None, "examples": []}
    if wrong is None:
        return answer | {"failing": {"value": 0, "exact": True}}
    if isinstance(wrong, Refuted):
        return answer | _counted_by_formula(ctx, obj, wrong)
    try:
        query = RecordQuery(obj.key, filter=wrong, fields=(obj.title_field,), limit=EXAMPLES, count=False)
        failing, certain = count_matching(ctx, query)
        found = fetch_page(ctx, query).data
    except Invalid:  # too many branches for one filter: it is kept without a count
        return answer
    examples = [{"id": each["id"], "title": each["title"]} for each in found]
    return answer | {"failing": {"value": failing, "exact": certain}, "examples": examples}


def _counted_by_formula(ctx: Ctx, obj: ObjectDef, wrong: Refuted) -> dict[str, Any]:
    """The same of what no filter tree can say."""
    compiler = Compiler(ctx, obj)
    failing = holds(compiler, wrong)
    title = compiler.resolve(obj.title_field, "title").source
    found = Sql("SELECT r.id, ") + obj.fields[obj.title_field].type.expression(title) + " AS title "
    found += compiler.base(where=failing) + Sql(" LIMIT %s", (COUNT_CAP + 1,))
    statement = (
        Sql("WITH found AS MATERIALIZED (") + found + ") SELECT id, title, (SELECT count(*) FROM found)"
    )
    statement += Sql(" FROM found ORDER BY id LIMIT %s", (EXAMPLES,))
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows = db.fetchall()
    count = rows[0][2] if rows else 0
    return {
        "failing": {"value": min(count, COUNT_CAP), "exact": count <= COUNT_CAP},
        "examples": [{"id": row[0], "title": row[1]} for row in rows],
    }


def _holds(ctx: Ctx, obj: ObjectDef, kind: Kind, record: uuid.UUID) -> bool:
    """Whether the condition of the last rule holds for a stored record."""
    last: FieldRuleDef | ValidationDef = (obj.validations if kind is VALIDATIONS else obj.field_rules)[-1]
    return last.id in decide_stored(
        ctx, obj, [record], {last.id: last.wrong if isinstance(last, ValidationDef) else last.condition}
    ).get(record, ())
