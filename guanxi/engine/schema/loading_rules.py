"""The rules and layouts of a workspace, from their rows to what hangs on its objects.

*Rules*: read with the schema (`loading.py`) and by nobody else; what is switched off is not there.
"""

from collections import defaultdict
from typing import Any

from guanxi.engine.schema.form_rules import Effect, FieldRuleDef, LayoutDef, ValidationDef
from guanxi.engine.schema.models import FieldRule, Layout, ValidationRule
from guanxi.kit.text import Text


def rulings() -> dict[str, dict[str, Any]]:
    """By object: its `field_rules`, `validations` and `layouts` that are switched on, in order."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)

    def add(object_key: str, name: str, item: Any) -> None:
        found[object_key][name] = (*found[object_key].get(name, ()), item)

    for rule in FieldRule.objects.filter(enabled=True).order_by("position", "id"):
        add(rule.object_key, "field_rules", field_rule_of(rule))
    for check in ValidationRule.objects.filter(enabled=True).order_by("position", "id"):
        add(check.object_key, "validations", validation_of(check))
    for layout in Layout.objects.filter(enabled=True).order_by("position", "id"):
        add(layout.object_key, "layouts", layout_of(layout))
    return found


def field_rule_of(row: FieldRule) -> FieldRuleDef:
    """The rule of a row."""
    return FieldRuleDef(row.id, Text.of(row.name), row.condition, tuple(map(Effect.of, row.effects)))


def validation_of(row: ValidationRule) -> ValidationDef:
    """The validation of a row."""
    return ValidationDef(
        row.id, Text.of(row.name), row.condition, Text.of(row.message), row.field, row.severity == "error"
    )


def layout_of(row: Layout) -> LayoutDef:
    """The layout of a row."""
    return LayoutDef(row.id, row.kind, Text.of(row.name), frozenset(row.roles), row.condition, row.definition)
