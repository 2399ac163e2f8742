"""Values as text that reads back: between two types, and out of a journal older than a field's type.

*How it works*: a value written by one type's `format` (numbers without the grouping that is for people) is
what another type's `read_cell` gets, so that any two types meet without knowing each other.
"""

from decimal import Decimal
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env


def written(field: FieldDef, value: Any, env: Env) -> str:
    """An API value as text that a spreadsheet, or another field's `read_cell`, takes."""
    if value is None:
        return ""
    text = field.type.format(value, field, env)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        plain = format(value, "f") if isinstance(value, Decimal) else str(value)
        # Digits grouped for people are in the way of everything else that reads them.
        return plain if _is_grouped(text, plain) else text.replace(",", "")
    return text


def recalled(field: FieldDef, stored: Any) -> Any:
    """A journaled value as the API shows it; as it was stored where the field was of another type then."""
    if stored is None:
        return None
    try:
        return field.type.to_api(field.type.load(stored, field), field, from_json=False)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return stored


def _is_grouped(text: str, plain: str) -> bool:
    """True when the text is the number itself, with separators and a fixed number of places at most."""
    bare = text.replace(",", "")
    try:
        return Decimal(bare) == Decimal(plain)
    except ArithmeticError:
        return False
