"""Which records, people and teams the texts of a chunk mean: one query for each thing asked.

*How it works*: records/finding.py asks; here its answers become ids or faults. What the person importing
may not see does not exist for the import.

*Rules*: never a query per row; the answer says "ambiguous" rather than picking one of several.
"""

import uuid
from collections.abc import Callable, Collection, Mapping

from guanxi.engine.identity import facade as identity
from guanxi.engine.records.finding import by_text, select, titled
from guanxi.engine.records.store import aliases
from guanxi.engine.records.store.keys import Rule, holders, rules_of
from guanxi.engine.records.store.normalising import NORMALISERS
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
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
from guanxi.kit.sql import TRUE, Sql
from guanxi.kit.text import Text

Found = dict[str, "uuid.UUID | Fault"]
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
    by_name = {name.casefold(): i for i, name in select(ctx, team, "r.id, r.name", TRUE)}
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
    found = by_text(ctx, obj, texts, link_by) if link_by is not None else titled(ctx, obj, texts)
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
        folded[key]: title for title, key in select(ctx, obj, f"r.title, {column}", where) if key in folded
    }


def _of_like_names(ctx: Ctx, obj: ObjectDef, rule: Rule, names: Collection[str]) -> dict[str, str]:
    """The same through the keys of an identity rule on the title, which are indexed."""
    normal = NORMALISERS[rule.parts[0].normal]
    keys = {name: key for name in names if (key := normal(name))}
    ids = holders(ctx, obj, {rule: set(keys.values())}, most=MOST_ALIKE)
    wanted = {record_id for holding in ids.values() for record_id in holding}
    titles = dict(select(ctx, obj, "r.id, r.title", Sql("r.id = ANY(%s::uuid[])", (sorted(wanted),))))
    seen = {
        name: [titles[i] for i in ids.get((rule.key, key), ()) if i in titles] for name, key in keys.items()
    }
    return {name: found[0] for name, found in seen.items() if found}


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def label_of(value: object, locale: str) -> object:
    """A value of a message: labels in the reader's language."""
    return value.in_(locale) if isinstance(value, Text) else value
