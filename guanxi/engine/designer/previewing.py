"""What a conversion would do, before it does it: counts, examples with their records, what would be lost.

*How it works*: the values of all records are grouped, each different one is converted once
(reading.py). Beyond `MOST` different values the answer says that it is a sample.

*Rules*: nothing is written. Counts and examples tell of values: only to who sees the field of every record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.designer.converting import coming_field, titles_for
from guanxi.engine.designer.holding import require_sight
from guanxi.engine.designer.meanings import held_sql, meanings_of
from guanxi.engine.designer.reading import convert, refused_types, shown_value, targets_of
from guanxi.engine.records.query.compile import environment, rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.changes import require_admin
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import find_field
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.rules import MAX_OPTIONS
from guanxi.engine.schema.usage import usages_of
from guanxi.engine.schema.written import written
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql

MOST = 20_000
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Held:
    """One different value of a field: how many records hold it, and one of them."""

    stored: Any
    count: int
    record: str
    title: str


def possible_types(ctx: Ctx, object_key: str, field_key: str) -> list[dict[str, Any]]:
    """The types that a field can be changed to, and after them those that it cannot, with why (`refused`)."""
    require_admin(ctx)
    f = find_field(get_object(ctx, object_key), field_key)
    kinds = [(kind, None) for kind in targets_of(f)] + refused_types(f)
    return [
        {"type": kind.type, "label": kind.label.as_dict(), "has_options": kind.has_options,
         "links": kind.is_record_link, "refused": why.in_(ctx.locale) if why else None}
        for kind, why in kinds
    ]  # fmt: skip


def preview(ctx: Ctx, object_key: str, field_key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Counts of what is kept, changed and lost, examples of each, uses in the way.

    Raises Invalid, NotFound, and Forbidden for who does not see the field of every record.
    """
    require_admin(ctx)
    obj = get_object(ctx, object_key)
    former = find_field(obj, field_key)
    require_sight(ctx, obj, former)
    held, exact = _values(ctx, obj, former)
    titles = titles_for(ctx, obj, former, [value.stored for value in held])
    env = environment(ctx)
    texts = [(value, shown_value(former, value.stored, titles)) for value in held]
    proposed: list[str] | None = None
    kind = field_type_registry.find(str(given.get("type")))
    if kind is not None and kind.has_options and not given.get("options") and not former.options:
        found = dict.fromkeys(text for _, shown in texts if (text := written(former, shown, env).strip()))
        proposed = [text for text in found if len(text) <= 100][:MAX_OPTIONS]
        given = {**given, "options": proposed}
    coming = coming_field(ctx, obj, field_key, given)
    counts = {"kept": 0, "changed": 0, "lost": 0}
    examples: dict[str, list[dict[str, Any]]] = {name: [] for name in counts}
    meant = meanings_of(ctx, coming, {written(former, shown, env) for _, shown in texts})
    for value, shown in texts:
        became = convert(former, coming, shown, env, meant)
        counts[became.outcome] += value.count
        if len(examples[became.outcome]) < EXAMPLES:
            examples[became.outcome].append(
                {"record": value.record, "title": value.title, "count": value.count, "from": became.text[:200],
                 "to": became.becomes[:200] or None, "reason": became.reason or None}
            )  # fmt: skip
    gone = former.type.lost_as_text if former.type.references != coming.type.references else None
    in_the_way = [usage.as_json() for usage in usages_of(ctx, object_key, field_key) if not usage.any_type]
    return {
        "counts": counts,
        "exact": exact,
        "examples": examples,
        "options": proposed,
        "loses": gone.in_(ctx.locale) if gone else None,
        "usages": in_the_way,
        "drops": [name for name in ("unique", "searchable", "indexed") if getattr(former, name) and not getattr(coming, name)]
        + (["default"] if former.default is not None else []),
    }  # fmt: skip


def _values(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> tuple[list[Held], bool]:
    held = Sql("SELECT ") + held_sql(ctx, obj, f) + f" AS held, r.id, r.title FROM {table_of(obj)} r WHERE "
    statement = (
        Sql("SELECT x.held, count(*), (array_agg(x.id ORDER BY x.id))[1], (array_agg(x.title ORDER BY x.id))[1] FROM (")
        + held + rows_of(ctx, obj, "r") + ") x WHERE x.held IS NOT NULL"
        + Sql(" GROUP BY 1 ORDER BY 2 DESC, 3 LIMIT %s", (MOST + 1,))
    )  # fmt: skip
    found = select_rows(statement)
    values = [Held(loads(stored), count, str(record), title) for stored, count, record, title in found[:MOST]]
    return values, len(found) <= MOST
