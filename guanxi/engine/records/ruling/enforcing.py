"""The rules of an object as a part of the write pass: defaults before the hooks, the checks after them.

*How it works*: `fill_defaults` gives new records what the rules say of fields nobody gave a value;
`enforce` decides every rule that the changes bear on, for all of them in one statement, complains at the
fields, and says which fields the rules hide (an empty one there is not missing).

*Rules*: an update is held against the rules whose fields it changes and no others, so that a record that
broke a rule before it was made can still be worked on. Hidden fields keep what they hold. Read-only is what
people may not type: actions write there, and a change that itself leads into or out of the locked state
passes. Nothing is asked of the database where an object has no rules or a change bears on none. What a person's
roles do not let them fill in is not required of them; validations hold whatever they see, and tell no value.

*See*: docs/adr/0048-rules-and-layouts.md; drafting.py for the same decisions while somebody types.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.ruling.deciding import Draft, Verdict, decide, with_inputs
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env, Refusal
from guanxi.engine.schema.form_rules import Effect, FieldRuleDef, FieldState, ValidationDef, states_of
from guanxi.engine.schema.formulas.formula import RESULTS, Formula
from guanxi.engine.schema.registry import object_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

REQUIRED = Text("必填。", "Required.")
LOCKED = Text("按规则，现在不能修改这个字段。", "A rule keeps this field from being changed now.")
NOT_ALLOWED = Text("按规则，现在不能选「{value}」。", "A rule does not allow “{value}” here now.")
NOT_SEEN = Text("按规则，这一项现有的值在这里不能用。", "A rule does not allow what stands here now.")
NOTHING: frozenset[str] = frozenset()

Hidden = Mapping[uuid.UUID, frozenset[str]]
"""By change, some of its fields."""


def given_fields(obj: ObjectDef, changes: Sequence[Change]) -> dict[uuid.UUID, frozenset[str]]:
    """The fields that the caller gave, before defaults and hooks add theirs; nothing without rules."""
    return {change.id: frozenset(change.values) for change in changes} if obj.field_rules else {}


def fill_defaults(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], given: Hidden) -> None:
    """Give new records the values that rules have for fields the caller left out."""
    rules = default_rules(obj)
    if not rules or not changes:
        return
    waiting = [c for c in changes if any(rule.targets - given[c.id] for rule in rules)]
    drafts = [Draft(c.id, c.values, is_new=True) for c in waiting]
    conditions = {rule.id: rule.condition for rule in rules}
    verdicts = decide(ctx, obj, drafts, conditions, default_paths(obj), default_formulas(obj))
    env = environment(ctx)
    for change in waiting:
        found = defaults_of(obj, verdicts[change.id], env)
        change.values.update({key: value for key, value in found.items() if key not in given[change.id]})


def default_rules(obj: ObjectDef) -> list[FieldRuleDef]:
    """The rules that have a default for some field."""
    return [rule for rule in obj.field_rules if any(effect.kind == "default" for effect in rule.effects)]


def default_paths(obj: ObjectDef) -> list[str]:
    """The paths that defaults are copied from."""
    sources = (effect.source for rule in obj.field_rules for effect in rule.effects if effect.source)
    return list(dict.fromkeys(sources))


def default_formulas(obj: ObjectDef) -> list[Formula]:
    """The formulas that defaults are calculated by."""
    found = (effect.formula for rule in obj.field_rules for effect in rule.effects if effect.formula)
    return list(dict.fromkeys(found))


def defaults_of(obj: ObjectDef, verdict: Verdict, env: Env) -> dict[str, Any]:
    """By field, the Python value of the first rule that holds and has one."""
    found: dict[str, Any] = {}
    for rule in default_rules(obj):
        if rule.id not in verdict.held:
            continue
        for effect in rule.effects:
            key = effect.fields[0]
            f = obj.fields.get(key)
            if effect.kind == "default" and f is not None and key not in found:
                value = _default(f, effect, verdict, env)
                if value is not None:
                    found[key] = value
    return found


def _default(f: FieldDef, effect: Effect, verdict: Verdict, env: Env) -> Any:
    """The value of a default; None where it does not fit the field (any more)."""
    if effect.formula is not None:
        return _calculated(f, verdict.results.get(effect.formula), env)
    if not effect.source:
        value = None if effect.value is None else f.type.load(effect.value, f)
        chosen = value if isinstance(value, list) else [value]
        return None if f.type.has_options and not f.option_values.issuperset(chosen) else value
    value = verdict.values.get(effect.source)
    if not isinstance(value, (str, list)):
        return value
    try:
        return f.type.parse(value, f, env)
    except Refusal:
        return None


def _calculated(f: FieldDef, value: Any, env: Env) -> Any:
    """What a formula came to as a value of the field; None where the field does not take it."""
    try:
        if value is None or f.type.type in RESULTS:
            return None if value is None else f.type.parse(value, f, env)
        return f.type.read_cell(str(value), f, env)
    except Refusal:
        return None


def enforce(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], given: Hidden, *, typed: bool) -> Hidden:
    """Complain about what breaks the rules; gives, by change, the fields that the rules hide.

    `typed`: the values come from people or programs outside, who are held to read-only fields.
    """
    changed = {key for change in changes for key in change.values}
    is_new = any(change.op == "create" for change in changes)
    rules = list(obj.field_rules) if is_new else bearing_rules(obj, changed)
    looked = {check.id: with_inputs(obj, check.reads) for check in obj.validations if check.blocks}
    checks = [c for c in obj.validations if c.id in looked and (is_new or changed & looked[c.id])]
    if not (rules or checks) or not changes:
        return {}
    drafts = [Draft(c.id, {**(c.before or {}), **c.values}, is_new=c.before is None) for c in changes]
    locking = frozenset(
        key for rule in rules for e in rule.effects if e.kind == "readonly" for key in e.fields
    )
    earlier: dict[uuid.UUID, uuid.UUID] = {}
    for change in changes if typed and locking else ():
        if change.before is not None and locking & given.get(change.id, NOTHING):
            earlier[change.id] = new_id()
            drafts.append(Draft(earlier[change.id], change.before))
    conditions = {rule.id: rule.condition for rule in rules} | {c.id: c.wrong for c in checks}
    verdicts = decide(ctx, obj, drafts, conditions)
    deciding = deciders(obj, rules)
    reach = reach_of(ctx, obj)
    hidden: dict[uuid.UUID, frozenset[str]] = {}
    for change in changes:
        held = verdicts[change.id].held
        states = states_of(rules, held, change.value)
        hidden[change.id] = frozenset(key for key, state in states.items() if not state.visible)
        for key, state in states.items():
            if change.before is None or deciding[key].intersection(change.values):
                check_field(obj, change, key, state, reach)
        if typed:
            was = earlier.get(change.id)
            before = states_of(rules, verdicts[was].held, (change.before or {}).get) if was else {}
            _check_locks(change, states, before, given.get(change.id, NOTHING))
        for check in checks:
            if check.id in held and (change.before is None or looked[check.id].intersection(change.values)):
                change.errors.append(complaint(check))
    return hidden


def bearing_rules(obj: ObjectDef, changed: set[str]) -> list[FieldRuleDef]:
    """The rules on any field that a rule which looks at or acts on the changed fields is on."""
    acting: set[str] = set()
    for rule in obj.field_rules:
        if changed & (rule.targets | with_inputs(obj, rule.reads)):
            acting |= rule.targets
    return [rule for rule in obj.field_rules if rule.targets & acting]


def deciders(obj: ObjectDef, rules: Sequence[FieldRuleDef]) -> dict[str, frozenset[str]]:
    """By field that rules are on: itself and all that decides about it."""
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        looked = with_inputs(obj, rule.reads)
        for key in rule.targets:
            found[key] = found.get(key, frozenset({key})) | looked
    return found


def complaint(check: ValidationDef) -> FieldError:
    """What a broken validation says at its field."""
    return FieldError(check.field, "rule_broken" if check.blocks else "rule_warning", check.message)


@dataclass(frozen=True, slots=True)
class Reach:
    """The fields of an object that cannot be required of somebody, and those whose values they are not told."""

    unasked: frozenset[str] = NOTHING
    unseen: frozenset[str] = NOTHING


def reach_of(ctx: Ctx, obj: ObjectDef) -> Reach:
    """What the actor's roles keep them from filling in and from seeing.

    The title, and what the program itself declares required, is asked of everybody: there is no record without it.
    """
    readable = rights.readable(ctx, obj)
    declared = object_registry.find(obj.key)
    needed = {key for key, f in declared.fields.items() if f.required} if declared else set()
    writable = {key for key, f in readable.items() if rights.is_writable(ctx, f)}
    unasked = obj.fields.keys() - writable - needed - {obj.title_field}
    return Reach(frozenset(unasked), frozenset(obj.fields.keys() - readable.keys()))


def check_field(obj: ObjectDef, change: Change, key: str, state: FieldState, reach: Reach) -> None:
    """Complain about a field that is shown: empty though it is required, or a choice that is not allowed."""
    f = obj.fields.get(key)
    if f is None or not state.visible or f.hidden or f.deprecated:  # nobody could put it right
        return
    value = change.value(key)
    is_asked = key not in reach.unasked and f.computed is None
    if state.required and is_asked and value in (None, "", []):
        change.refuse(key, "required", REQUIRED)
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    refused = next((item for item in chosen if state.options is not None and item not in state.options), None)
    if refused is not None and key in reach.unseen:
        change.refuse(key, "option_not_allowed", NOT_SEEN)
    elif refused is not None:
        option = f.option(refused)
        name = option.label if option else Text(str(refused), str(refused))
        text = Text(NOT_ALLOWED.zh.replace("{value}", name.zh), NOT_ALLOWED.en.replace("{value}", name.en))
        change.errors.append(FieldError(key, "option_not_allowed", text))


def _check_locks(
    change: Change, states: Mapping[str, FieldState], before: Mapping[str, FieldState], given: frozenset[str]
) -> None:
    for key, state in states.items():
        if not state.readonly or key not in given:
            continue
        if change.before is None:
            refused = change.value(key) is not None
        else:
            refused = key in before and before[key].readonly and change.changes(key)
        if refused:
            change.refuse(key, "readonly_by_rule", LOCKED)
