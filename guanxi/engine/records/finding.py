"""Which records texts and values mean: by title, by a field, by what merged records were known as.

*How it works*: titles are found through their sort key, which is indexed and folds case; keys through the
field's own comparison or its identity keys. The read door's predicate is part of every query: what the
actor may not see does not exist here.

*Rules*: never a query per value; whoever asks decides what several records of one name mean.

*See*: transfer/importing/lookups.py and designer/meanings.py, which ask.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import Any

from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store import aliases
from guanxi.engine.records.store.keys import Rule, holders, normal_value, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal, Source
from guanxi.engine.schema.field_types.operators import IN
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.pinyin import sort_key
from guanxi.kit.sql import Sql, all_of, join

Key = tuple[Any, ...]


def titled(ctx: Ctx, obj: ObjectDef, names: Collection[str]) -> dict[str, list[uuid.UUID]]:
    """The ids of the records with these titles; a title in the same letters beats one in other cases."""
    keys = {name: sort_key(name) for name in names}
    if not keys:
        return {}
    by_key: dict[str, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    where = Sql("r.title_sort = ANY(%s::text[])", (list(set(keys.values())),))
    for record_id, title, key in select(ctx, obj, "r.id, r.title, r.title_sort", where):
        by_key[key].append((record_id, title))
    found = {}
    for name, key in keys.items():
        same = [i for i, title in by_key[key] if title == name]
        found[name] = same or [i for i, title in by_key[key] if title.casefold() == name.casefold()]
    return found | _once_known(
        ctx, obj, [obj.fields[obj.title_field]], {n: (n,) for n in names if not found[n]}
    )


def by_text(ctx: Ctx, obj: ObjectDef, texts: Sequence[str], field: FieldDef) -> dict[str, list[uuid.UUID]]:
    """The ids of the records by the text of a field's value; what its type refuses is left out."""
    values: dict[str, Any] = {}
    env = Compiler(ctx, obj).env
    for text in texts:
        try:
            values[text] = field.type.read_cell(text, field, env)
        except Refusal:
            continue
    found = by_key(ctx, obj, [field], [(value,) for value in values.values() if value is not None])
    return {text: found.get((value,), []) for text, value in values.items()}


def by_key(
    ctx: Ctx, obj: ObjectDef, fields: Sequence[FieldDef], keys: Collection[Key]
) -> dict[Key, list[uuid.UUID]]:
    """The ids of records by the values of `fields` (Python values, none of them None).

    A value that only a merged record had leads to the record it was merged into.
    """
    if not keys:
        return {}
    found = _by_own_values(ctx, obj, fields, keys)
    return found | _once_known(ctx, obj, fields, {key: key for key in keys if not found.get(key)})


def _once_known(
    ctx: Ctx, obj: ObjectDef, fields: Sequence[FieldDef], wanted: Mapping[Any, Key]
) -> dict[Any, list[uuid.UUID]]:
    """The visible records that were merged with ones of these values, for those of `wanted` that have any."""
    names = [aliases.field_alias(f) for f in fields]
    if not wanted or not all(names):
        return {}
    values = {
        name: tuple(aliases.field_value(f, part) for f, part in zip(fields, key, strict=True))
        for name, key in wanted.items()
    }
    asked = {str(names[i]): {v[i] or "" for v in values.values()} for i in range(len(fields))}
    known = aliases.known_as(ctx, obj, asked)
    visible = _visible(ctx, obj, {i for ids in known.values() for i in ids})
    found = {}
    for name, parts in values.items():
        lists = [
            set(known.get((str(alias), part or ""), ())) for alias, part in zip(names, parts, strict=True)
        ]
        ids = sorted(set.intersection(*lists) & visible)
        if ids:
            found[name] = ids
    return found


def _by_own_values(
    ctx: Ctx, obj: ObjectDef, fields: Sequence[FieldDef], keys: Collection[Key]
) -> dict[Key, list[uuid.UUID]]:
    if len(fields) == 1 and fields[0].key == obj.title_field:
        by_title = titled(ctx, obj, [str(key[0]) for key in keys])
        return {key: by_title[str(key[0])] for key in keys}
    if len(fields) == 1 and (rule := _rule_for(obj, fields[0])):
        normal = {key: normal_value(rule, obj, key[0]) for key in keys}
        held = holders(ctx, obj, {rule: {value for value in normal.values() if value}})
        visible = _visible(ctx, obj, {i for ids in held.values() for i in ids})
        return {
            key: [i for i in held.get((rule.key, value or ""), []) if i in visible]
            for key, value in normal.items()
        }
    compiler = Compiler(ctx, obj)
    sources = [Source("r", field.column, field.key, obj.key) for field in fields]
    compared: dict[Key, Key] = {}
    for key in keys:
        parts = zip(fields, sources, key, strict=True)
        forms = product(*(f.type.compare_values(value, source, f) for f, source, value in parts))
        compared.update(dict.fromkeys(forms, key))
    # Each field narrows by itself; the pairs are made here.
    where = all_of(
        IN.build(f, source, list({key[i] for key in keys}), compiler.env)
        for i, (f, source) in enumerate(zip(fields, sources, strict=True))
    )
    columns = Sql("r.id, ") + join(
        f.type.expression(source) for f, source in zip(fields, sources, strict=True)
    )
    found: dict[Key, list[uuid.UUID]] = defaultdict(list)
    for record_id, *values in select_rows(Sql("SELECT ") + columns + " " + compiler.base(where=where)):
        if (known := compared.get(tuple(values))) is not None:
            found[known].append(record_id)
    return found


def _rule_for(obj: ObjectDef, field: FieldDef) -> Rule | None:
    """The rule whose keys are the field's own values, all of them."""
    alone = (
        rule for rule in rules_of(obj) if rule.asked and [part.field for part in rule.parts] == [field.key]
    )
    return next((rule for rule in alone if not rule.is_weak), None)


def _visible(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    if not ids:
        return set()
    return {row[0] for row in select(ctx, obj, "r.id", Sql("r.id = ANY(%s::uuid[])", (list(ids),)))}


def select(ctx: Ctx, obj: ObjectDef, columns: str, where: Sql) -> list[tuple[Any, ...]]:
    """Columns of the visible, living records `r` that fit."""
    return select_rows(Sql(f"SELECT {columns} ") + Compiler(ctx, obj).base(where=where))
