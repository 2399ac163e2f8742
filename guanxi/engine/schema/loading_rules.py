"""The rules and layouts of a workspace, from their rows to what hangs on its objects.

*Rules*: read with the schema (`loading.py`) and by nobody else; what is switched off is not there.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from guanxi.engine.schema.form_rules import Effect, FieldRuleDef, LayoutDef, ValidationDef, WatchDef
from guanxi.engine.schema.formulas.formula import Formula
from guanxi.engine.schema.models import FieldRule, Layout, ValidationRule, WatchRule
from guanxi.kit.text import Text


def rulings() -> dict[str, dict[str, Any]]:
    """By object: its `field_rules`, `validations`, `layouts` and `watches` that are switched on, in order."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)

    def add(object_key: str, name: str, item: Any) -> None:
        found[object_key][name] = (*found[object_key].get(name, ()), item)

    for rule in FieldRule.objects.filter(enabled=True).order_by("position", "id"):
        add(rule.object_key, "field_rules", field_rule_of(rule))
    for check in ValidationRule.objects.filter(enabled=True).order_by("position", "id"):
        add(check.object_key, "validations", validation_of(check))
    for layout in Layout.objects.filter(enabled=True).order_by("position", "id"):
        add(layout.object_key, "layouts", layout_of(layout))
    for watch in WatchRule.objects.filter(enabled=True).order_by("position", "id"):
        add(watch.object_key, "watches", watch_of(watch))
    return found


def field_rule_of(row: FieldRule) -> FieldRuleDef:
    """The rule of a row."""
    return FieldRuleDef(row.id, Text.of(row.name), row.condition, tuple(map(effect_of, row.effects)))


def effect_of(stored: Mapping[str, Any]) -> Effect:
    """An effect of its stored JSON, its formula ready to be computed."""
    expression = stored.get("formula")
    if not expression:
        return Effect.of(stored)
    return Effect.of(stored, Formula(expression, stored["result_type"], stored["places"]))


def must_be(expression: str) -> Formula | None:
    """The formula of a validation; None where it has none."""
    return Formula(expression, "boolean", 0) if expression else None


def validation_of(row: ValidationRule) -> ValidationDef:
    """The validation of a row."""
    blocks, message = row.severity == "error", Text.of(row.message)
    return ValidationDef(
        row.id, Text.of(row.name), row.condition, message, row.field, blocks, must_be(row.formula)
    )


def layout_of(row: Layout) -> LayoutDef:
    """The layout of a row."""
    return LayoutDef(row.id, row.kind, Text.of(row.name), frozenset(row.roles), row.condition, row.definition)


def watch_of(row: WatchRule) -> WatchDef:
    """The watch rule of a row."""
    return WatchDef(
        row.id, Text.of(row.name), row.condition, frozenset(row.fields), row.action, row.to,
        Text.of(row.message), row.due_days, row.on_create,
    )  # fmt: skip
