"""What a form is told while somebody types: which fields are shown, required, locked, and what is wrong.

*How it works*: the values typed so far stand over the stored record (or the defaults of a new one); the
same decisions as in the write pass are made over this one draft, computed fields and conditions of layouts
with them, and nothing is written. At most three statements: the record, the defaults, the decisions.

*Rules*: with the asker's rights: a record they may not edit has no form, a field they may not read is not
in the answer, and what a link leads to out of their sight is empty.

*See*: enforcing.py, whose word is the last when the form is saved.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler, environment
from guanxi.engine.records.query.present import reference_of, titles_of
from guanxi.engine.records.ruling import choosing, enforcing
from guanxi.engine.records.ruling.deciding import Draft, Verdict, decide, with_inputs
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.validation import check_required, fill_defaults
from guanxi.engine.records.store.writing import refusal
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.form_rules import FieldState, states_of
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_id

MAX_COMPUTED = 50


@dataclass(slots=True)
class Form:
    """A draft with everything decided about it."""

    change: Change
    given: frozenset[str]
    states: dict[str, FieldState] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    defaults: dict[str, Any] = field(default_factory=dict)
    computed: dict[str, Any] = field(default_factory=dict)
    held: set[uuid.UUID] = field(default_factory=set)


def form_state(
    ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any], record_id: uuid.UUID | None = None
) -> dict[str, Any]:
    """`{"fields", "errors", "warnings", "layout"}` of a draft; raises NotFound, Forbidden.

    `fields` holds those that a rule is on or that are computed; of all others the metadata says what they
    are. `default` is what a new record gets in a field left out; `value` what a computed field comes to.
    """
    rights.require(ctx, obj, "edit" if record_id else "create")
    form = _judged(ctx, obj, given, record_id)
    layouts = choosing.candidates(ctx, obj, "form")
    layout = choosing.first_fitting(layouts, form.held)
    change = form.change
    warnings = [
        enforcing.complaint(check) for check in obj.validations if not check.blocks and check.id in form.held
    ]
    change.settle_errors()
    return {
        "fields": _fields(ctx, obj, form),
        "errors": [error.as_json(ctx.locale) for error in change.errors],
        "warnings": [error.as_json(ctx.locale) for error in warnings],
        "layout": choosing.shown_layout(ctx, obj, "form", layout) if layouts else None,
    }


def _judged(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any], record_id: uuid.UUID | None) -> Form:
    env = environment(ctx)
    values, misread = read_values(ctx, obj, given, env)
    form = Form(_change(ctx, obj, values, record_id), frozenset(values))
    change = form.change
    change.misread = misread
    if change.before is None:
        _fill(ctx, obj, form)
    conditions: dict[uuid.UUID, Any] = {rule.id: rule.condition for rule in obj.field_rules}
    conditions |= {check.id: check.wrong for check in obj.validations}
    conditions |= choosing.conditions_of(choosing.candidates(ctx, obj, "form"))
    computed = [key for key, f in rights.readable(ctx, obj).items() if f.computed][:MAX_COMPUTED]
    draft = Draft(change.id, {**(change.before or {}), **change.values}, is_new=change.before is None)
    drafts = [draft] if change.before is None else [draft, Draft(new_id(), change.before)]
    verdicts = decide(ctx, obj, drafts, conditions, computed)
    verdict = verdicts[change.id]
    form.held, form.computed = verdict.held, verdict.values
    form.states = states_of(obj.field_rules, verdict.held, change.value)
    form.locked = {key for key, state in form.states.items() if state.readonly}
    if change.before is not None:
        was = states_of(obj.field_rules, verdicts[drafts[1].id].held, change.before.get)
        form.locked = {key for key in form.locked if was[key].readonly}
    _check(ctx, obj, form, verdict)
    return form


def _change(ctx: Ctx, obj: ObjectDef, values: dict[str, Any], record_id: uuid.UUID | None) -> Change:
    if record_id is None:
        return Change("create", new_id(), values)
    change = Change("update", record_id, values)
    lock_rows(ctx, obj, [change], deleted=False, trusted=False, lock=False)
    if change.errors:
        raise refusal({0: change.errors}, single=True)
    before = change.before or {}
    change.values = {key: value for key, value in values.items() if before.get(key) != value}
    return change


def _fill(ctx: Ctx, obj: ObjectDef, form: Form) -> None:
    """The defaults of a new record, and which of them come from rules."""
    change = form.change
    fill_defaults(ctx, obj, [change])
    kept = dict(change.values)
    enforcing.fill_defaults(ctx, obj, [change], {change.id: form.given})
    form.defaults = {key: value for key, value in change.values.items() if kept.get(key) != value}


def _check(ctx: Ctx, obj: ObjectDef, form: Form, verdict: Verdict) -> None:
    change = form.change
    deciding = enforcing.deciders(obj, obj.field_rules)
    reach = enforcing.reach_of(ctx, obj)
    for key, state in form.states.items():
        if change.before is None or deciding[key].intersection(change.values):
            enforcing.check_field(obj, change, key, state, reach)
    for check in obj.validations:
        concerned = change.before is None or with_inputs(obj, check.reads).intersection(change.values)
        if check.blocks and check.id in verdict.held and concerned:
            change.errors.append(enforcing.complaint(check))
    hidden = frozenset(key for key, state in form.states.items() if not state.visible)
    check_required(ctx, obj, [change], {change.id: hidden})


def _fields(ctx: Ctx, obj: ObjectDef, form: Form) -> dict[str, Any]:
    readable = rights.readable(ctx, obj)
    shown: dict[str, Any] = {}
    for key in sorted({*form.states, *form.computed, *form.defaults}):
        f = readable.get(key)
        if f is None:
            continue
        state = form.states.get(key, FieldState())
        is_asked = state.visible and rights.is_writable(ctx, f)
        shown[key] = {
            "visible": state.visible,
            "required": is_asked and (f.required or (state.required and not f.deprecated)),
            "readonly": key in form.locked or not rights.is_writable(ctx, f),
        }
        if state.options is not None:
            shown[key]["options"] = [o.value for o in f.options if o.value in state.options]
        if key in form.computed:
            shown[key]["value"] = _api(f, form.computed[key])
    titles = _titles(ctx, obj, form.defaults)
    for key, value in form.defaults.items():
        if key in shown:
            kind = reference_of(readable[key])
            shown[key]["default"] = titles.get((kind, value)) if kind else _api(readable[key], value)
    return shown


def _api(f: FieldDef, value: Any) -> Any:
    return None if value is None else f.type.to_api(value, f, from_json=False)


def _titles(ctx: Ctx, obj: ObjectDef, defaults: Mapping[str, Any]) -> dict[tuple[str, uuid.UUID], Any]:
    """What linked defaults are called; asked only where there are some."""
    wanted: dict[str, set[uuid.UUID]] = {}
    for key, value in defaults.items():
        kind = reference_of(obj.fields[key])
        if kind and kind != "file" and isinstance(value, uuid.UUID):
            wanted.setdefault(kind, set()).add(value)
    return titles_of(Compiler(ctx, obj), wanted) if wanted else {}
