"""Which records, people and teams the texts of a chunk mean: one query for each thing asked.

*How it works*: titles are found through their sort key, which is indexed and folds case; keys through the
field's own comparison. The read door's predicate is part of every query: what the person importing may
not see does not exist for the import.

*Rules*: never a query per row; the answer says "ambiguous" rather than picking one of several.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from guanxi.engine.identity import facade as identity
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store import aliases
from guanxi.engine.records.store.keys import NORMALISERS, Rule, holders, normal_value, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal, Source
from guanxi.engine.schema.field_types.operators import IN
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.rules.cells import (
    AMBIGUOUS,
    UNKNOWN_PERSON,
    UNKNOWN_RECORD,
    UNKNOWN_TEAM,
    Fault,
)
from guanxi.kit.ids import parse_id
from guanxi.kit.pinyin import sort_key
from guanxi.kit.sql import TRUE, Sql, all_of, join
from guanxi.kit.text import Text

Found = dict[str, "uuid.UUID | Fault"]
Key = tuple[Any, ...]
MOST_ALIKE = 1000


def people(ctx: Ctx, names: Collection[str]) -> Found:
    """Members by name, address or id."""
    known = identity.find_people(ctx, names)
    return _with_faults(
        names, known, lambda name: Fault("unknown_user", UNKNOWN_PERSON, {"value": name[:60]})
    )


def teams(ctx: Ctx, names: Collection[str]) -> Found:
    """Teams by name."""
    team = get_schema(ctx).objects["team"]
    by_name = {name.casefold(): i for i, name in _select(ctx, team, "r.id, r.name", TRUE)}
    known = {name: by_name[name.casefold()] for name in names if name.casefold() in by_name}
    return _with_faults(names, known, lambda name: Fault("unknown_team", UNKNOWN_TEAM, {"value": name[:60]}))


def _with_faults(
    names: Collection[str], known: Mapping[str, uuid.UUID], fault: Callable[[str], Fault]
) -> Found:
    return {name: known.get(name) or fault(name) for name in names}


def records(ctx: Ctx, obj: ObjectDef, names: Collection[str], link_by: FieldDef | None) -> Found:
    """Records of `obj` by title, or by the value of `link_by`, or by id."""
    ids = {name: parsed for name in names if (parsed := parse_id(name)) is not None}
    texts = [name for name in names if name not in ids]
    found = _by_field(ctx, obj, texts, link_by) if link_by is not None else titles(ctx, obj, texts)
    merged = aliases.survivors_of(ctx, obj, ids.values())
    label = obj.label
    answer: Found = {
        name: merged.get(i, i) for name, i in ids.items()
    }  # whether such a record exists is asked by the write door
    for name in texts:
        candidates = found.get(name, [])
        if len(candidates) == 1:
            answer[name] = candidates[0]
        elif candidates:
            answer[name] = Fault(
                "ambiguous", AMBIGUOUS, {"value": name[:60], "count": len(candidates), "object": label}
            )
        else:
            answer[name] = Fault("unknown_record", UNKNOWN_RECORD, {"value": name[:60], "object": label})
    return answer


def titles(ctx: Ctx, obj: ObjectDef, names: Collection[str]) -> dict[str, list[uuid.UUID]]:
    """The ids of the records with these titles; a title in the same letters beats one in other cases."""
    keys = {name: sort_key(name) for name in names}
    if not keys:
        return {}
    by_key: dict[str, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    where = Sql("r.title_sort = ANY(%s::text[])", (list(set(keys.values())),))
    for record_id, title, key in _select(ctx, obj, "r.id, r.title, r.title_sort", where):
        by_key[key].append((record_id, title))
    found = {}
    for name, key in keys.items():
        same = [i for i, title in by_key[key] if title == name]
        found[name] = same or [i for i, title in by_key[key] if title.casefold() == name.casefold()]
    return found | _once_known(
        ctx, obj, [obj.fields[obj.title_field]], {n: (n,) for n in names if not found[n]}
    )


def similar_titles(ctx: Ctx, obj: ObjectDef, names: Collection[str]) -> dict[str, str]:
    """For titles that do not exist, one that differs by white space, case, marks or legal form (公司, Ltd) only.

    Objects without an identity rule on their title are read through, and legal forms count there.
    """
    if not names:
        return {}
    for rule in rules_of(obj):
        if rule.asked and rule.is_weak and [part.field for part in rule.parts] == [obj.title_field]:
            return _of_like_names(ctx, obj, rule, names)
    folded = {_folded(name): name for name in names}
    column = "lower(regexp_replace(r.title, '[^[:alnum:]]', '', 'g'))"
    where = Sql(f"{column} = ANY(%s::text[])", (list(folded),))
    return {
        folded[key]: title for title, key in _select(ctx, obj, f"r.title, {column}", where) if key in folded
    }


def _of_like_names(ctx: Ctx, obj: ObjectDef, rule: Rule, names: Collection[str]) -> dict[str, str]:
    """The same through the keys of an identity rule on the title, which are indexed."""
    normal = NORMALISERS[rule.parts[0].normal]
    keys = {name: key for name in names if (key := normal(name))}
    ids = holders(ctx, obj, {rule: set(keys.values())}, most=MOST_ALIKE)
    wanted = {record_id for holding in ids.values() for record_id in holding}
    titles = dict(_select(ctx, obj, "r.id, r.title", Sql("r.id = ANY(%s::uuid[])", (sorted(wanted),))))
    seen = {
        name: [titles[i] for i in ids.get((rule.key, key), ()) if i in titles] for name, key in keys.items()
    }
    return {name: found[0] for name, found in seen.items() if found}


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _by_field(ctx: Ctx, obj: ObjectDef, texts: Sequence[str], field: FieldDef) -> dict[str, list[uuid.UUID]]:
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
        by_title = titles(ctx, obj, [str(key[0]) for key in keys])
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
        compared[tuple(f.type.compare_value(value, source, f) for f, source, value in parts)] = key
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
    return {row[0] for row in _select(ctx, obj, "r.id", Sql("r.id = ANY(%s::uuid[])", (list(ids),)))}


def _select(ctx: Ctx, obj: ObjectDef, columns: str, where: Sql) -> list[tuple[Any, ...]]:
    return select_rows(Sql(f"SELECT {columns} ") + Compiler(ctx, obj).base(where=where))


def label_of(value: object, locale: str) -> object:
    """A value of a message: labels in the reader's language."""
    return value.in_(locale) if isinstance(value, Text) else value
