"""Who is this already? The records that share an identity key with a draft, before it is saved.

Besides what the actor may see, it says that the firm has such a record, and which team looks after it,
without a word of its content, its id or its owner: the check against two people working on the same
customer. Only an equal key reveals that much; parts of a name or number never do.

*How it works*: the draft's keys under every rule that is asked at the actor's door are looked up, some of
each; one statement then reads what is told of the records found. `ref` stands for a record the actor may
not see: they can ask for it (engine/duplicates), and can do nothing else with it.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import environment, rows_of, table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.aliases import known_as
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.keys import Rule, door_of, holders, normal_of, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, all_of

MAX_FOUND = 10
LAST_CONTACT = "last_contact_at"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that shares a key, and the rule that found it."""

    record_id: uuid.UUID
    rule: Rule


def find_duplicates(
    ctx: Ctx, object_key: str, given: Mapping[str, Any], *, ignore: uuid.UUID | None = None
) -> list[dict[str, Any]]:
    """`{"id", "title", "object", "reason", "strict", "owner", "team", "can_open", …}` of records like the draft.

    Values that do not parse are passed over. `id`, `title` and `owner` are null where the actor may not
    open; `ref` then stands for the record.
    """
    obj = rights.get_object(ctx, object_key)
    return describe_matches(ctx, obj, matches_of(ctx, obj, given, ignore=ignore))


def matches_of(
    ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any], *, ignore: uuid.UUID | None = None
) -> list[Match]:
    """The records that share a key with a draft, the strictest rule first; at most MAX_FOUND."""
    known = {key: value for key, value in given.items() if key in obj.fields}
    values, _ = read_values(ctx, obj, known, environment(ctx))
    door = door_of(ctx)
    wanted = {
        rule: {normal}
        for rule in rules_of(obj)
        if rule.is_asked(door) and (normal := normal_of(rule, obj, values.get)) is not None
    }
    return holding(ctx, obj, wanted, ignore=ignore)


def holding(
    ctx: Ctx, obj: ObjectDef, wanted: Mapping[Rule, set[str]], *, ignore: uuid.UUID | None = None
) -> list[Match]:
    """The records that hold the keys, each once, by the strongest rule that finds it."""
    by_key = {rule.key: rule for rule in wanted}
    found = [
        (by_key[rule_key], record_id)
        for (rule_key, _), ids in holders(ctx, obj, wanted, most=MAX_FOUND + 1).items()
        for record_id in ids
        if record_id != ignore
    ]
    known = known_as(ctx, obj, {rule.key: values for rule, values in wanted.items()})
    found += [(by_key[rule_key], i) for (rule_key, _), ids in known.items() for i in ids if i != ignore]
    found.sort(key=lambda pair: (not pair[0].strict, pair[0].is_weak))
    matches: dict[uuid.UUID, Match] = {}
    for rule, record_id in found:
        matches.setdefault(record_id, Match(record_id, rule))
    return list(matches.values())[:MAX_FOUND]


def describe_matches(ctx: Ctx, obj: ObjectDef, matches: Iterable[Match]) -> list[dict[str, Any]]:
    """What the actor is told of matching records, in their order; live ones only."""
    by_id = {match.record_id: match for match in matches}
    if not by_id:
        return []
    seen = visible_ids(ctx, obj, list(by_id))
    contact = rights.readable(ctx, obj).get(LAST_CONTACT)
    source = Source("r", contact.column, contact.key, obj.key).sql(as_text=False) if contact else Sql("NULL")
    conditions = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(by_id),)),
                         Sql("r.deleted_at IS NULL")])  # fmt: skip
    statement = (
        Sql("SELECT r.id, r.title, r.owner_id, m.name, t.name, ")
        + source
        + f" FROM {table_of(obj)} r LEFT JOIN membership m ON m.user_id = r.owner_id AND"
        " m.workspace_id = r.workspace_id LEFT JOIN team t ON t.id = m.team_id WHERE " + conditions
    )
    rows = {row[0]: row for row in select_rows(statement)}
    found = []
    for record_id, match in by_id.items():
        if record_id not in rows:
            continue
        _, title, owner_id, owner, team, last_contact = rows[record_id]
        can_open = record_id in seen
        told: dict[str, Any] = {
            "id": None,
            "title": None,
            "object": obj.key,
            "reason": _reason(obj, match.rule),
            "strict": match.rule.refuses(door_of(ctx)),
            "owner": None,
            "team": {"name": team} if team else None,
            "in_pool": owner_id is None and not obj.shared,
            "last_contact_at": None,
            "can_open": can_open,
            "ref": None if can_open else reference(ctx, obj, record_id),
        }
        if can_open:
            told |= {"id": str(record_id), "title": title,
                     "owner": {"id": str(owner_id), "name": owner} if owner_id else None}  # fmt: skip
            if contact is not None:
                value = database_value(contact, last_contact, from_json=contact.column is None)
                told["last_contact_at"] = contact.type.to_api(value, contact, from_json=False)
        found.append(told)
    return found


def reference(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> str:
    """What stands for a record towards somebody who may not see it: it means nothing to anybody else."""
    said = f"{ctx.workspace.id}:{ctx.actor.user_id}:{obj.key}:{record_id}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]


def _reason(obj: ObjectDef, rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "field": rule.field,
        "fields": [part.field for part in rule.parts],
        "label": rule.title(obj).as_dict(),
    }
