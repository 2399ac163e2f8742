"""Rules on fields, validation rules and layouts as every floor above reads them: frozen, in order.

*How it works*: an administrator's rows become these in `loading.py`, once per version of the schema, and
hang on their `ObjectDef`. A condition is a filter tree (empty: always). `states_of` turns the rules that
hold for a record into what each field is then: shown, required, read-only, and which options it takes.

*Rules*: no database here and nothing of records; who asks decides with which values (records/ruling).

*See*: docs/adr/0048-rules-and-layouts.md.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.formulas.formula import Formula

EffectKind = Literal["show", "hide", "require", "readonly", "options", "cascade", "default"]
EFFECT_KINDS: tuple[EffectKind, ...] = (
    "show",
    "hide",
    "require",
    "readonly",
    "options",
    "cascade",
    "default",
)
LISTING: frozenset[str] = frozenset({"show", "hide", "require", "readonly"})
"""The effects on several fields at once; the others are on one."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does to its fields while its condition holds.

    `options`: the allowed values (`options`), or by the value of the field `by` (`cascade`, `allowed`).
    `default`: the constant `value` (JSON form), the value at the path `source`, or what `formula` comes to.
    """

    kind: EffectKind
    fields: tuple[str, ...]
    options: frozenset[str] = frozenset()
    by: str = ""
    allowed: Mapping[str, frozenset[str]] | None = None
    value: Any = None
    source: str = ""
    formula: "Formula | None" = None

    @classmethod
    def of(cls, given: Mapping[str, Any], formula: "Formula | None" = None) -> Self:
        """The effect of its stored JSON; `formula` is what its text means."""
        table = given.get("table")
        return cls(
            kind=given["kind"],
            fields=tuple(given.get("fields") or (given["field"],)),
            options=frozenset(given.get("options") or ()),
            by=given.get("by") or "",
            allowed=None if table is None else {key: frozenset(found) for key, found in table.items()},
            value=given.get("value"),
            source=given.get("from") or "",
            formula=formula,
        )

    @property
    def reads(self) -> frozenset[str]:
        """The paths that a default is made from."""
        copied = frozenset({self.source}) if self.source else frozenset[str]()
        return copied | (self.formula.inputs if self.formula else frozenset())


@dataclass(frozen=True, slots=True)
class Refuted:
    """A condition in place of a filter tree: the formula says no. Where it says nothing, it does not hold."""

    formula: "Formula"


@dataclass(frozen=True, slots=True)
class FieldRuleDef:
    """While `condition` holds, `effects` are on their fields."""

    id: uuid.UUID
    name: Text
    condition: Any
    effects: tuple[Effect, ...]

    @property
    def targets(self) -> frozenset[str]:
        """The fields it has an effect on."""
        return frozenset(key for effect in self.effects for key in effect.fields)

    @property
    def reads(self) -> frozenset[str]:
        """The fields of the object that it looks at (links for what it reads through them)."""
        looked = {effect.by for effect in self.effects if effect.by}
        sources = {path.split(".")[0] for effect in self.effects for path in effect.reads}
        return frozenset(own_fields(self.condition)) | looked | sources


@dataclass(frozen=True, slots=True)
class ValidationDef:
    """A record for which `condition` holds is wrong: `message` stands at `field`.

    A filter tree says what is wrong; a formula, in its place, says what must be true.
    """

    id: uuid.UUID
    name: Text
    condition: Any
    message: Text
    field: str
    blocks: bool = True
    formula: "Formula | None" = None

    @property
    def wrong(self) -> Any:
        """What holds for a wrong record: a filter tree, or the formula refuted."""
        return self.condition if self.formula is None else Refuted(self.formula)

    @property
    def reads(self) -> frozenset[str]:
        """The fields of the object that it looks at."""
        return frozenset(looked_at(self.wrong))


@dataclass(frozen=True, slots=True)
class WatchDef:
    """When one of `fields` changes and `condition` holds then, `action` is taken for the people of `to`.

    `on_create` counts a new record with one of the fields filled as a change.
    """

    id: uuid.UUID
    name: Text
    condition: Any
    fields: frozenset[str]
    action: str
    to: str
    message: Text
    due_days: int = 1
    on_create: bool = False


@dataclass(frozen=True, slots=True)
class LayoutDef:
    """How a form or a page is laid out, for `roles` (none: all) and records for which `condition` holds."""

    id: uuid.UUID
    kind: str
    name: Text
    roles: frozenset[str]
    condition: Any
    definition: Mapping[str, Any]


@dataclass(slots=True)
class FieldState:
    """What a field is for one record: `options` None means all of them."""

    visible: bool = True
    required: bool = False
    readonly: bool = False
    options: frozenset[str] | None = None

    def limit(self, allowed: frozenset[str]) -> None:
        """Only what is allowed by this rule and by those before it."""
        self.options = allowed if self.options is None else self.options & allowed


def states_of(
    rules: Sequence[FieldRuleDef], held: Iterable[uuid.UUID], value: Callable[[str], Any]
) -> dict[str, FieldState]:
    """What the rules make of the fields they name; `held` are the rules whose condition holds.

    A field that some rule shows is hidden unless one of those holds; a rule that hides wins over one that
    shows. What several rules allow is what all of them allow.
    """
    holding = frozenset(held)
    states = {key: FieldState() for rule in rules for key in rule.targets}
    shown: dict[str, bool] = {}
    for rule in rules:
        for effect in rule.effects:
            if effect.kind == "show":
                for key in effect.fields:
                    shown[key] = shown.get(key, False) or rule.id in holding
    for key, is_shown in shown.items():
        states[key].visible = is_shown
    for rule in rules:
        if rule.id in holding:
            for effect in rule.effects:
                for key in effect.fields:
                    _apply(effect, states[key], value)
    return states


def _apply(effect: Effect, state: FieldState, value: Callable[[str], Any]) -> None:
    if effect.kind == "hide":
        state.visible = False
    elif effect.kind == "require":
        state.required = True
    elif effect.kind == "readonly":
        state.readonly = True
    elif effect.kind == "options":
        state.limit(effect.options)
    elif effect.kind == "cascade" and effect.allowed is not None:
        by = value(effect.by)
        allowed = effect.allowed.get(by) if isinstance(by, str) else None
        if allowed is not None:
            state.limit(allowed)


def leaves(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The conditions of a filter tree, wherever they stand."""
    if isinstance(tree, list):
        for part in tree:
            yield from leaves(part)
    elif isinstance(tree, Mapping):
        if "field" in tree:
            yield tree
        else:
            for part in tree.values():
                yield from leaves(part)


def paths(tree: Any) -> Iterator[str]:
    """The field paths of a filter tree."""
    return (leaf["field"] for leaf in leaves(tree) if isinstance(leaf["field"], str))


def looked_at(condition: Any) -> Iterator[str]:
    """The fields of the object itself that a condition looks at, a filter tree or a formula."""
    if isinstance(condition, Refuted):
        return (path.split(".")[0] for path in condition.formula.inputs)
    return own_fields(condition)


def own_fields(tree: Any) -> Iterator[str]:
    """The fields of the object itself that a filter tree looks at."""
    return (path.split(".")[0] for path in paths(tree))
