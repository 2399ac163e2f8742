"""Who is this already? The records that share an identity key with a draft, before it is saved.

Besides what the actor may see, it says that a colleague has such a customer, and who owns it, without
a word of its content: the check against two people working on the same customer.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.engine.records.query.compile import environment, rows_of, table_of
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.keys import Rule, holders, normal_value, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, all_of

MAX_FOUND = 10


def find_duplicates(
    ctx: Ctx, object_key: str, given: Mapping[str, Any], *, ignore: uuid.UUID | None = None
) -> list[dict[str, Any]]:
    """`{"id", "title", "object", "reason", "strict", "owner", "can_open"}` of records like the draft.

    Values that do not parse are passed over. `id` and `title` are null where the actor may not open.
    """
    obj = get_object(ctx, object_key)
    known = {key: value for key, value in given.items() if key in obj.fields}
    values, _ = read_values(ctx, obj, known, environment(ctx))
    wanted: dict[Rule, set[str]] = {}
    for rule in rules_of(obj):
        normal = normal_value(rule, obj, values.get(rule.field))
        if normal is not None:
            wanted[rule] = {normal}
    reasons: dict[uuid.UUID, Rule] = {}
    by_key = {rule.key: rule for rule in wanted}
    for (rule_key, _), ids in holders(ctx, obj, wanted).items():
        for record_id in ids[:MAX_FOUND]:
            if record_id != ignore:
                reasons.setdefault(record_id, by_key[rule_key])
    return _described(ctx, obj, dict(list(reasons.items())[:MAX_FOUND]))


def _described(ctx: Ctx, obj: ObjectDef, reasons: dict[uuid.UUID, Rule]) -> list[dict[str, Any]]:
    if not reasons:
        return []
    seen = visible_ids(ctx, obj, list(reasons))
    conditions = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(reasons),)),
                         Sql("r.deleted_at IS NULL")])  # fmt: skip
    statement = Sql(
        f"SELECT r.id, r.title, m.user_id, m.name FROM {table_of(obj)} r LEFT JOIN membership m"
        " ON m.user_id = r.owner_id AND m.workspace_id = r.workspace_id WHERE "
    )
    found = []
    for record_id, title, owner_id, owner_name in select_rows(statement + conditions):
        rule, can_open = reasons[record_id], record_id in seen
        found.append(
            {"id": str(record_id) if can_open else None, "title": title if can_open else None, "object": obj.key,
             "reason": {"field": rule.field, "label": obj.fields[rule.field].label.as_dict()}, "strict": rule.strict,
             "owner": {"id": str(owner_id), "name": owner_name} if owner_id else None, "can_open": can_open}
        )  # fmt: skip
    return found
