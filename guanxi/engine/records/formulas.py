"""Trying a formula that is not saved yet: is it right, what does it result in, what is it for one record.

*How it works*: the same check as at save, its mistakes with their places. The value for a record or for the
values of a form is computed by the compiler of lists, under the rights of whoever asks.

*Rules*: administrators only, like every change of the schema; nothing is stored.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection

from guanxi.engine.records.query.compile import Compiler, RowScope, environment
from guanxi.engine.records.query.drafts import draft_row, evaluate
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import require_admin
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.field_types.formula import FormulaFieldType
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.formula import Checked, check, shown
from guanxi.engine.schema.formulas.functions import GROUPS, function_registry
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, NotFound, invalid
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

PARTS = frozenset({"expression", "key", "result_type", "decimals", "record", "values"})
UNKNOWN = Text("没有这个参数。", "There is no such parameter.")
NOT_TEXT = Text("这里需要文字。", "Text is needed here.")
NOT_ID = Text("这里需要一条记录的 id。", "The id of a record is needed here.")
NOT_VALUES = Text("这里需要一个对象。", "An object is needed here.")


def check_formula(ctx: Ctx, object_key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a check; raises Invalid for a malformed question, Forbidden, NotFound."""
    require_admin(ctx)
    obj = get_object(ctx, object_key)
    expression, key, result = (_text(given, name) for name in ("expression", "key", "result_type"))
    for name in given:
        if name not in PARTS:
            raise invalid(name[:60], "unknown_parameter", UNKNOWN)
    objects = get_schema(ctx).objects
    try:
        checked = check(expression, obj, objects, own=key, result=result, env=environment(ctx))
        field = _settled(checked, given, key or "formula", obj, ctx)
    except FormulaError as found:
        return _refused(found.as_json(ctx.locale))
    except Refusal as found:
        message = found.text.in_(ctx.locale, **found.values)
        return _refused({"code": found.code, "message": message, "at": 0, "length": max(len(expression), 1)})
    return {
        "ok": True,
        "errors": [],
        "result_type": checked.result,
        "result_types": list(checked.fits),
        "canonical": checked.stored,
        "text": shown(checked.stored, obj, objects, ctx.locale),
        "inputs": sorted(checked.inputs),
        "preview": _preview(ctx, obj, field, given),
    }


def describe_functions() -> list[dict[str, Any]]:
    """Every function, shelf by shelf."""
    return [
        {
            "key": item.key,
            "name": {"zh-CN": item.zh, "en": item.key},
            "group": group.key,
            "group_label": group.label.as_dict(),
            "signature": item.signature.as_dict(),
            "doc": item.doc.as_dict(),
            "example": item.example.as_dict(),
        }
        for group in GROUPS
        for item in function_registry
        if item.group is group
    ]


def _refused(error: dict[str, Any]) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "result_type": None,
        "result_types": [],
        "canonical": None,
        "text": None,
        "inputs": [],
        "preview": None,
    }
    return {"ok": False, "errors": [error], **nothing}


def _settled(checked: Checked, given: Mapping[str, Any], key: str, obj: ObjectDef, ctx: Ctx) -> FieldDef:
    """The formula as the field it would be."""
    kind = get_field_type("formula")
    assert isinstance(kind, FormulaFieldType)
    objects = get_schema(ctx).objects
    config = {"expression": checked.stored, "result_type": checked.result, "decimals": given.get("decimals")}
    kept = kind.check_config(config)
    kind.check_fit(kept, checked, key, obj, objects)
    return kind.settle(FieldDef(key, kind, Text(key, key), config=kept, custom=True), obj, objects)


def _preview(ctx: Ctx, obj: ObjectDef, field: FieldDef, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The value for the record or for the values that were sent; None when neither was."""
    if given.get("record") is not None:
        found = _of_record(ctx, obj, field, given["record"])
    elif given.get("values") is not None:
        found = _of_values(ctx, obj, field, given["values"])
    else:
        return None
    value = None if found is None else field.type.to_api(found, field, from_json=False)
    env = environment(ctx)
    return {"value": value, "shown": field.type.format(value, field, env)}


def _expression(compiler: Compiler, field: FieldDef) -> Sql:
    assert field.computed is not None
    return field.computed.compile(RowScope(compiler, compiler.object, compiler.alias, ""))


def _of_record(ctx: Ctx, obj: ObjectDef, field: FieldDef, given: Any) -> Any:
    record_id = parse_id(given)
    if record_id is None:
        raise invalid("record", "wrong_type", NOT_ID)
    compiler = Compiler(ctx, obj)
    expression = _expression(compiler, field)
    statement = "SELECT " + expression + " " + compiler.base(where=sql("r.id = {}", record_id))
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        row = db.fetchone()
    if row is None:
        raise NotFound
    return row[0]


def _of_values(ctx: Ctx, obj: ObjectDef, field: FieldDef, given: Any) -> Any:
    if not isinstance(given, Mapping):
        raise invalid("values", "wrong_type", NOT_VALUES)
    env = environment(ctx)
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for key, value in given.items():
        f = obj.fields.get(key)
        if f is None or not f.in_row or f.hidden:
            continue
        try:
            values[key] = None if value is None else f.type.parse(value, f, env)
        except Refusal as refusal:
            errors.append(FieldError(f"values.{key}", refusal.code, refusal.text, refusal.values))
    if errors:
        raise Invalid(errors=errors)
    draft: uuid.UUID = new_id()
    row = draft_row(ctx, obj, draft, values)
    return evaluate(ctx, obj, [row], lambda compiler: [_expression(compiler, field)])[draft][0]


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid(name, "wrong_type", NOT_TEXT)
    return value
