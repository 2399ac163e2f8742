"""What is asked of every record of an object, as SQL over one compiler: the grounds of all figures.

*How it works*: an `Inspection` lists the checks of an object: important fields (filled?), fields whose
stored form can be wrong (`FieldType.sound`), validation rules (broken?), identity keys (shared?), the last
confirmation (how long ago?). Where a list can ask the same, the check *is* the filter tree of that
list, compiled, so that a figure and the list it opens are the same number.

*Rules*: fields the actor may not read are not inspected; nor are rules over such fields.
"""

from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.rules import STALE_AFTER
from guanxi.engine.quality.settings import Settings
from guanxi.engine.records.confirming import overdue, with_rhythm
from guanxi.engine.records.marks import marked
from guanxi.engine.records.query.compile import Compiler, Resolved
from guanxi.engine.records.ruling.deciding import holds
from guanxi.engine.records.store.keys import rules_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.form_rules import ValidationDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.sql import FALSE, Sql, any_of, join, sql

CONFIRMED = "updated_at"
CONTACTED = "last_contact_at"
SOURCE = "source"
MAX_SOUND = 60
MAX_RHYTHMS = 20


@dataclass(slots=True)
class Inspection:
    """The checks of an object, each a boolean over a row, beside what they are about."""

    object: ObjectDef
    settings: Settings
    compiler: Compiler
    empty: dict[str, Sql] = field(default_factory=dict)
    """By important field: whether it is empty."""
    present: dict[str, Sql] = field(default_factory=dict)
    """By field with a form to hold to: whether it has a value."""
    unsound: dict[str, Sql] = field(default_factory=dict)
    """By such a field: whether the value does not hold to it."""
    broken: dict[str, Sql] = field(default_factory=dict)
    """By validation rule: whether the record breaks it."""
    overdue: dict[str, Sql] = field(default_factory=dict)
    """By field with a review rhythm: whether its value should have been confirmed again."""
    shared: Sql = FALSE
    stale: Sql = FALSE
    fresh: Sql = FALSE
    source: Sql | None = None
    keys: tuple[str, ...] = ()

    @property
    def any_broken(self) -> Sql:
        """Whether the record breaks any rule."""
        return any_of(self.broken.values())


def inspect(ctx: Ctx, obj: ObjectDef, settings: Settings) -> Inspection:
    """The checks of an object, as far as the actor's rights go."""
    found = Inspection(obj, settings, Compiler(ctx, obj))
    compiler, readable = found.compiler, rights.readable(ctx, obj)
    for key in settings.fields:
        found.empty[key] = _flag(compiler.where(is_empty(key)))
    for key, f in list(readable.items()):
        unsound = _unsound(compiler, f) if f.in_row and len(found.unsound) < MAX_SOUND else None
        if unsound is not None:
            found.present[key] = _flag(compiler.where({"field": key, "op": "is_not_empty"}))
            found.unsound[key] = unsound
    for rule in rules_in_force(obj):
        try:
            found.broken[str(rule.id)] = holds(compiler, rule.wrong)
        except Invalid:  # it looks at what the actor may not see
            continue
    found.keys = tuple(rule.key for rule in rules_of(obj) if rule.asked)
    if found.keys:
        found.shared = Sql("(r.id IN (SELECT shared.record_id FROM shared))")
    for key, f in list(with_rhythm(ctx, obj).items())[:MAX_RHYTHMS]:
        found.overdue[key] = _flag(overdue(compiler, f))
    if found.overdue:
        found.stale, found.fresh = any_of(found.overdue.values()), _confirmed(found)
    else:
        found.stale = _flag(compiler.where(is_stale(obj, settings.review_days)))
        found.fresh = _fresh(found)
    if SOURCE in readable and readable[SOURCE].in_row and readable[SOURCE].type.has_options:
        resolved = compiler.resolve(SOURCE, SOURCE)
        found.source = sql("{}::text", resolved.field.type.typed_expression(resolved.source))
    return found


def rules_in_force(obj: ObjectDef) -> list[ValidationDef]:
    """The validation rules of an object."""
    return list(obj.validations)


def is_empty(key: str) -> dict[str, Any]:
    """The filter of records without the field."""
    return {"field": key, "op": "is_empty"}


def is_stale(obj: ObjectDef, review_days: int) -> dict[str, Any]:
    """The filter of records that nobody has confirmed within the review rhythm."""
    before = {"relative": f"-{review_days}d"}
    parts: list[dict[str, Any]] = [{"field": CONFIRMED, "op": "before", "value": before}]
    if CONTACTED in obj.fields and not obj.fields[CONTACTED].hidden:
        old = {"field": CONTACTED, "op": "before", "value": before}
        parts.append({"or": [is_empty(CONTACTED), old]})
    return {"and": parts}


def has_lacks(obj: ObjectDef, settings: Settings) -> dict[str, Any]:
    """The filter of records that lack something a list can ask for."""
    parts = [is_empty(key) for key, weight in settings.fields.items() if weight]
    conditions = [rule.condition for rule in rules_in_force(obj) if rule.condition]
    stale = [] if has_rhythms(obj) else [is_stale(obj, settings.review_days)]
    return {"or": [*parts, *conditions[:20], *stale]}


def has_rhythms(obj: ObjectDef) -> bool:
    """Whether fields of the object are confirmed each in its own rhythm, which no filter can ask for."""
    return any(f.review_days for f in obj.fields.values())


def shared_keys(ctx: Ctx, found: Inspection) -> Sql:
    """The WITH clause that `Inspection.shared` reads: records that hold an identity key with another one."""
    if not found.keys:
        return Sql("")
    return Sql(
        "shared AS MATERIALIZED (SELECT DISTINCT h.record_id FROM (SELECT k.record_id,"
        " count(*) OVER (PARTITION BY k.rule, k.value) AS holders FROM record_key k"
        " WHERE k.workspace_id = %s AND k.object_key = %s AND k.rule = ANY(%s::text[])) h"
        " WHERE h.holders > 1), ",
        (ctx.workspace.id, found.object.key, list(found.keys)),
    )


def _unsound(compiler: Compiler, f: FieldDef) -> Sql | None:
    resolved: Resolved = compiler.resolve(f.key, f.key)
    sound = resolved.field.type.sound(resolved.field, resolved.source)
    if not f.type.reaches:
        return None if sound is None else sql("(({}) IS FALSE)", sound)
    lost = marked(compiler.ctx, compiler.object, f.key)
    return lost if sound is None else sql("((({}) IS FALSE) OR {})", sound, lost)


def _flag(condition: Sql) -> Sql:
    return sql("(({}) IS TRUE)", condition)


def _confirmed(found: Inspection) -> Sql:
    """The share of a record's values with a rhythm that are not overdue; 1 where it has none."""
    compiler = found.compiler
    held = [_flag(compiler.where({"field": key, "op": "is_not_empty"})) for key in found.overdue]
    of, late = (
        join([sql("({})::int", flag) for flag in flags], " + ") for flags in (held, found.overdue.values())
    )
    return sql("coalesce(1 - ({})::float8 / nullif({}, 0), 1)::float8", late, of)


def _fresh(found: Inspection) -> Sql:
    """`rules.freshness` in SQL, of the later of the last change and the last contact."""
    last = Sql("r.updated_at")
    f = found.object.fields.get(CONTACTED)
    if f is not None and not f.hidden and f.in_row:
        resolved = found.compiler.resolve(CONTACTED, CONTACTED)
        contact = resolved.field.type.typed_expression(resolved.source)
        last = sql("greatest(r.updated_at, {})", contact)
    age = sql("greatest(extract(epoch FROM ({}::timestamptz - {})), 0)", found.compiler.ctx.now, last)
    rhythms = sql("({} / {}::float8)", age, found.settings.review_days * 86400)
    return sql(f"greatest(0, least(1, ({STALE_AFTER} - {{}}) / {STALE_AFTER - 1}))::float8", rhythms)
