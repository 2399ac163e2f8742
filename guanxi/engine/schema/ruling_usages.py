"""What rules on fields, validations, layouts and the gates of stages use of a field.

*See*: usage.py; form_rules.py for what they are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.own_usages import page
from guanxi.engine.schema.usage import Usage, UsageProvider, names, touches, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.text import Text

PIPELINES = "/settings/pipelines"
RULE = Text("「{object}」的字段规则「{name}」", "The rule “{name}” of “{object}”")
VALIDATION = Text("「{object}」的校验规则「{name}」", "The validation “{name}” of “{object}”")
WATCH = Text("「{object}」的变化提醒「{name}」", "The watch rule “{name}” of “{object}”")
STAGE = Text("「{object}」的流程阶段「{name}」", "The stage “{name}” of “{object}”")
LAYOUT = Text("「{object}」的布局「{name}」", "The layout “{name}” of “{object}”")
LAID_OUT_FOR = Text(
    "「{object}」的布局「{name}」的适用条件", "The condition of the layout “{name}” of “{object}”"
)
RELATED = Text(
    "「{object}」的布局「{name}」里的相关列表", "A related list in the layout “{name}” of “{object}”"
)


class RulingUsages(UsageProvider):
    """Uses by what an administrator has laid down about forms and records."""

    key = "ruling"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a rule, validation or layout."""
        for obj in get_schema(ctx).listed:
            for kind, label, paths, _ in _paths(obj):
                if touches(ctx, obj.key, paths, object_key, field_key):
                    yield _usage(obj, kind, label, object_key, field_key or "")
            yield from _in_layouts(ctx, obj, object_key, field_key)

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """One use a condition."""
        for obj in get_schema(ctx).listed:
            for kind, label, _, trees in _paths(obj):
                if names(ctx, obj.key, trees, object_key, field_key, options):
                    yield _usage(obj, kind, label, object_key, field_key)


def _in_layouts(ctx: Ctx, obj: ObjectDef, object_key: str, field_key: str | None) -> Iterable[Usage]:
    """One use a layout that places the field, whatever its type, and one that lists records by this link."""
    for layout in obj.layouts:
        placed = list(_named_in(layout.definition.get("tabs")))
        if touches(ctx, obj.key, placed, object_key, field_key):
            label = _said(LAYOUT, obj, layout.name)
            yield replace(_usage(obj, "layout", label, object_key, field_key or ""), any_type=True)
        listed = {(item["object"], item["field"]) for item in layout.definition.get("related") or ()}
        if (object_key, field_key) in listed:
            yield _usage(obj, "layout", _said(RELATED, obj, layout.name), object_key, field_key or "")


def _usage(obj: ObjectDef, kind: str, label: Text, object_key: str, field_key: str) -> Usage:
    where = (
        PIPELINES if kind == "stage" else f"{page(obj.key)}?tab={'layouts' if kind == 'layout' else 'rules'}"
    )
    return Usage(object_key, field_key, kind, label, where)


def _paths(obj: ObjectDef) -> Iterator[tuple[str, Text, list[str], list[Any]]]:
    """What each ruling is called, the paths it goes along, and its conditions."""
    for rule in obj.field_rules:
        sources = [path for effect in rule.effects for path in (*effect.reads, effect.by) if path]
        yield (
            "rule",
            _said(RULE, obj, rule.name if rule.name.zh else _targets(obj, rule.targets)),
            [*paths_in(rule.condition), *rule.targets, *sources],
            [rule.condition],
        )
    for validation in obj.validations:
        stated = validation.formula.inputs if validation.formula else paths_in(validation.condition)
        paths = [*stated, validation.field]
        yield (
            "validation",
            _said(VALIDATION, obj, validation.name if validation.name.zh else validation.message),
            paths,
            [validation.condition],
        )
    for watch in obj.watches:
        yield (
            "watch",
            _said(WATCH, obj, watch.message),
            [*paths_in(watch.condition), *watch.fields],
            [watch.condition],
        )
    for layout in obj.layouts:
        label = _said(LAID_OUT_FOR, obj, layout.name)
        yield "layout", label, list(paths_in(layout.condition)), [layout.condition]

    for option in (option for f in obj.fields.values() if f.type.type == "stage" for option in f.options):
        gates = [option.guide.get(name, {}).get("filter") for name in ("entry", "exit")]
        paths = [*option.guide.get("required", ()), *(path for gate in gates for path in paths_in(gate))]
        if paths:
            yield "stage", _said(STAGE, obj, option.label), paths, gates


def _targets(obj: ObjectDef, keys: Iterable[str]) -> Text:
    """The fields that a rule without a name acts on."""
    labels = [obj.fields[key].label for key in sorted(keys) if key in obj.fields]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _named_in(part: Any) -> Iterator[str]:
    """The field keys that a layout's definition places, wherever they stand in it."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("field", "fields", "columns"):
                found = value if isinstance(value, list) else [value]
                yield from (item for item in found if isinstance(item, str))
            yield from _named_in(value)
    elif isinstance(part, (list, tuple)):
        for item in part:
            yield from _named_in(item)


def _said(text: Text, obj: ObjectDef, name: Text) -> Text:
    return Text(
        text.zh.format(object=obj.label.zh, name=name.zh), text.en.format(object=obj.label.en, name=name.en)
    )


usage_registry.register(RulingUsages())
