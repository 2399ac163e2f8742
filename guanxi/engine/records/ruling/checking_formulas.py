"""Formulas in rules: what must be true of a record, and what a field starts as.

*How it works*: a formula is checked as one of a field of the same object would be: names, kinds, rings, cost.
What is stored has keys for names (`formulas.naming`).

*Rules*: a validation's formula results in yes or no. A default's results in the type of its field where formulas
know that type, else in text, which is read as if somebody had typed it.
"""

from typing import Any

from guanxi.engine.records.query.present import reference_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.field_types.formula import FormulaFieldType
from guanxi.engine.schema.field_types.number import NumberFieldType
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.formula import NO_ENV, RESULTS, Checked, check
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

OWN_KEY = "=rule"
"""No field's key: what a formula that is no field of the object is checked as."""
NOT_TEXT = Text("这里需要公式的文字。", "The text of a formula is needed here.")
NO_FORMULA = Text("「{field}」不能用公式作默认值。", "“{field}” cannot start with a formula.")


def must_be_true(ctx: Ctx, obj: ObjectDef, given: Any) -> str:
    """The stored form of a formula that says what must be true; empty for none. Raises Refusal."""
    return "" if given in (None, "") else _checked(ctx, obj, given, "boolean").stored


def calculated(ctx: Ctx, obj: ObjectDef, f: FieldDef, given: Any) -> dict[str, Any]:
    """The settings of a default that a formula calculates; raises Refusal."""
    if reference_of(f) or f.type.storage != "value":
        raise Refusal("not_possible", NO_FORMULA, field=f.label.in_(ctx.locale))
    result = f.type.type if f.type.type in RESULTS else "text"
    places = f.type.places(f) if isinstance(f.type, NumberFieldType) else 0
    checked = _checked(ctx, obj, given, result, own=f.key, places=places)
    return {"formula": checked.stored, "result_type": result, "places": places}


def _checked(ctx: Ctx, obj: ObjectDef, given: Any, result: str, *, own: str = "", places: int = 0) -> Checked:
    if not isinstance(given, str):
        raise Refusal("wrong_type", NOT_TEXT)
    objects = get_schema(ctx).objects
    kind = get_field_type("formula")
    assert isinstance(kind, FormulaFieldType)
    try:
        found = check(given, obj, objects, own=own, result=result, env=NO_ENV)
    except FormulaError as mistake:
        raise Refusal(mistake.code, mistake.text, **mistake.values) from None
    config = {"expression": found.stored, "result_type": found.result}
    kind.check_fit(config, found, OWN_KEY, obj, objects)
    return found
