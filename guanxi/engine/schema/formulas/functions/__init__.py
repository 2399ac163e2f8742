"""The functions of formulas, a module for each shelf, registered by being here."""

from guanxi.engine.schema.formulas.functions import calendar, convert, dates, logic, maths, options, texts
from guanxi.engine.schema.formulas.functions.base import (
    GROUPS,
    Function,
    find_function,
    function_registry,
    near_function,
)

__all__ = [
    "GROUPS", "Function", "calendar", "convert", "dates", "find_function", "function_registry", "logic", "maths",
    "near_function", "options", "texts",
]  # fmt: skip
