"""Running a registered action: the right, the records, the input, then the action itself."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import get_records, require_reach
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Forbidden, Invalid, NotFound, invalid
from guanxi.kit.text import Text

MAX_RECORDS = 5000
UNKNOWN_ACTION = Text("没有「{action}」这个操作。", "There is no action “{action}”.")
ONE_ONLY = Text("这个操作一次只能用于一条记录。", "This action works on one record at a time.")
UNKNOWN_INPUT = Text("没有这一项。", "There is no such input.")
REQUIRED = Text("必填。", "Required.")


def find_action(obj: ObjectDef, key: str) -> Action:
    """The action of an object; raises NotFound naming it."""
    action = action_registry.find(key)
    if action is None or not action.applies(obj):
        raise NotFound(UNKNOWN_ACTION, code="unknown_action", action=key[:60])
    return action


def run_action(
    ctx: Ctx, obj: ObjectDef, key: str, ids: Sequence[uuid.UUID], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Run an action on visible records; raises NotFound, Forbidden, Invalid or what the action raises."""
    action = find_action(obj, key)
    if not rights.can_act(ctx, obj, action.key, action.verb):
        raise Forbidden
    if len(ids) > 1 and not action.bulk:
        raise invalid("ids", "one_only", ONE_ONLY)
    if len(ids) > MAX_RECORDS:
        raise invalid(
            "ids", "too_many", Text("一次最多 {max} 条。", "At most {max} at a time."), max=MAX_RECORDS
        )
    unique = list(dict.fromkeys(ids))
    if len(get_records(ctx, obj.key, unique, fields=["id"], deleted=action.deleted)) != len(unique):
        raise NotFound
    require_reach(ctx, obj, unique, action.verb, deleted=action.deleted)
    data = dict(given) if action.raw_input else read_input(ctx, action, obj, given)
    return action.run(ctx, obj, unique, data)


def read_input(ctx: Ctx, action: Action, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parsed input of an action by field key; raises Invalid with every complaint."""
    env = environment(ctx)
    fields = {f.key: f for f in action.input_fields(obj)}
    errors = [FieldError(str(key)[:60], "unknown_field", UNKNOWN_INPUT) for key in given if key not in fields]
    data: dict[str, Any] = {}
    for key, f in fields.items():
        value = given.get(key)
        if value is None or value == "":
            if f.required:
                errors.append(FieldError(key, "required", REQUIRED))
            data[key] = None
            continue
        try:
            data[key] = f.type.parse(value, f, env)
        except Refusal as refusal:
            errors.append(FieldError(key, refusal.code, refusal.text, refusal.values))
    if errors:
        raise Invalid(errors=errors)
    return data
