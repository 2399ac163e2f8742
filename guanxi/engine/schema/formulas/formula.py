"""A formula as a field computes it, and checking one that somebody writes.

*How it works*: `check` reads a text with names, gives its stored form, the kind of its result and every
mistake with its place. `Formula` is the `Computed` of a field: it builds the stored text over the row of a
query and brings the value to the type of the result.

*Rules*: a stored formula that can no longer be built (a field of another type by now) is blank, never an
error: a list must not fail because of one column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_seams import Scope
from guanxi.engine.schema.formulas import errors, naming, values
from guanxi.engine.schema.formulas.building import Builder
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.functions import find_function
from guanxi.engine.schema.formulas.grammar import parse
from guanxi.engine.schema.formulas.tree import Call, Node, Words, refs, walk
from guanxi.engine.schema.formulas.values import PG_TYPES, Kind, Value
from guanxi.kit.errors import Invalid
from guanxi.kit.relative_dates import today
from guanxi.kit.sql import Sql, sql

if TYPE_CHECKING:
    from guanxi.engine.schema.field_types.base import Env

MAX_COST = 3_000
MAX_FORMULAS = 4
MAX_DIGITS = 15
MAX_BUILT = 32
RESULTS: Mapping[str, Kind] = {
    "number": Kind.NUMBER, "decimal": Kind.NUMBER, "money": Kind.NUMBER, "percent": Kind.NUMBER, "text": Kind.TEXT,
    "boolean": Kind.BOOLEAN, "date": Kind.DATE, "datetime": Kind.DATETIME,
}  # fmt: skip
"""The types that a result can be of, and the kind each holds."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A formula that is right: its stored text, its tree with keys, the type of its result, what it reads."""

    stored: str
    node: Node
    result: str
    fits: tuple[str, ...]
    inputs: frozenset[str]


def fitting(value: Value) -> tuple[str, ...]:
    """The types a value can be stored as, the most natural first."""
    if value.kind is Kind.NUMBER:
        first = value.nature or ("number" if value.scale == 0 else "decimal")
        return (first, *(name for name, kind in RESULTS.items() if kind is Kind.NUMBER and name != first))
    if value.kind in (Kind.TEXT, Kind.OPTION):
        return ("text",)
    return tuple(name for name, kind in RESULTS.items() if kind is value.kind)


def check(
    text: str, obj: ObjectDef, objects: Mapping[str, ObjectDef], *, own: str = "", result: str = "",
    env: "Env",
) -> Checked:  # fmt: skip
    """The formula of a field of `obj`; raises FormulaError for the first mistake.

    `own` is the key of the field itself, `result` the type that its values shall have (empty: the natural one).
    """
    named: list[tuple[Node, FieldDef, str | None]] = []
    node = naming.keyed(parse(text), obj, objects)
    for ref in refs(node):
        if ref.path == own:
            raise FormulaError("ring", errors.ITSELF, ref.at, ref.length)
    value = Builder(naming.DeclaredRow(obj, objects, env), named).build(node)
    for at, of, stored in named:
        if stored is None and isinstance(at, Words):
            raise FormulaError(
                "unknown_option",
                errors.UNKNOWN_OPTION,
                at.at,
                at.length,
                field=of.label,
                value=at.value[:60],
            )
    if value.kind is Kind.BLANK:
        raise FormulaError("no_result", errors.NO_RESULT, 0, len(text))
    fits = fitting(value)
    if not fits or (result and result not in fits):
        raise FormulaError(
            "wrong_result", errors.WRONG_RESULT, 0, len(text), given=value.kind.label, wanted=result or "?"
        )
    return Checked(
        naming.stored_text(text, node, named),
        node,
        result or fits[0],
        fits,
        frozenset(ref.path for ref in refs(node)),
    )


def paths_of(expression: str) -> frozenset[str]:
    """The paths that a stored formula reads; empty for one that cannot be read."""
    try:
        return frozenset(ref.path for ref in refs(parse(expression)))
    except FormulaError:
        return frozenset()


def size_of(expression: str) -> int:
    """How many steps a stored formula has, without those of the formulas it reads."""
    try:
        return sum(1 for _ in walk(parse(expression)))
    except FormulaError:
        return 1


def shown(expression: str, obj: ObjectDef, objects: Mapping[str, ObjectDef], locale: str) -> str:
    """A stored formula as an editor shows it; as it is where it cannot be read."""
    named: list[tuple[Node, FieldDef, str | None]] = []
    try:
        node = parse(expression)
    except FormulaError:
        return expression
    try:
        Builder(naming.DeclaredRow(obj, objects, NO_ENV), named).build(node)
    except (FormulaError, KeyError):
        named = []
    return naming.shown_text(expression, node, named, obj, objects, locale)


@dataclass(frozen=True, slots=True)
class Formula:
    """How a formula field comes to its value (`definitions.Computed`)."""

    expression: str
    result: str
    places: int

    built: dict[Any, Sql] = field(default_factory=dict, compare=False, repr=False)
    """What was built, by what it was built of: it lives as long as the schema does."""

    @property
    def inputs(self) -> frozenset[str]:
        """The paths it reads."""
        return paths_of(self.expression)

    @property
    def mentions(self) -> list[str]:
        """The paths it reads, each as often as it does."""
        try:
            return [ref.path for ref in refs(parse(self.expression))]
        except FormulaError:
            return []

    @property
    def size(self) -> int:
        """How many steps it takes by itself."""
        return size_of(self.expression)

    def compile(self, scope: Scope) -> Sql:
        """The value in the type of the result; NULL where the formula cannot be built any more."""
        try:
            node = parse(self.expression)
            env, told = scope.env, _told(self.expression)
            now = env.now if "NOW" in told else today(env.now, env.zone) if told else None
            row = _Known(env, {path: scope.value(path) for path in _paths(self.expression)})
            held = tuple((piece.text, piece.params) for _, piece in row.found.values())
            key = (env.zone.key, env.language, now, held)
            known = _looked_up(self.built, key)
            if known is not None:
                return known
            builder = Builder(row)
            found = finished(builder, builder.build(node), node, self.result, self.places)
        except (FormulaError, Invalid):
            return Sql(f"NULL::{PG_TYPES[RESULTS[self.result]]}")
        _keep(self.built, key, found)
        return found


@dataclass(frozen=True, slots=True)
class _Known:
    """The row of a query, its fields asked once."""

    env: "Env"
    found: Mapping[str, tuple[FieldDef, Sql]]

    def value(self, path: str) -> tuple[FieldDef, Sql]:
        """The field at a path and its value."""
        return self.found[path]


@lru_cache(maxsize=2048)
def _paths(expression: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.path for ref in refs(parse(expression))))


@lru_cache(maxsize=2048)
def _told(expression: str) -> frozenset[str]:
    """Which of TODAY and NOW the value depends on."""
    calls = (find_function(found.name) for found in walk(parse(expression)) if isinstance(found, Call))
    return frozenset(call.key for call in calls if call is not None) & {"TODAY", "NOW"}


def _looked_up(built: dict[Any, Sql], key: Any) -> Sql | None:
    try:
        return built.get(key)
    except TypeError:  # a parameter that cannot be looked up, such as a list
        return None


def _keep(built: dict[Any, Sql], key: Any, found: Sql) -> None:
    try:
        if len(built) >= MAX_BUILT:
            built.clear()
        built[key] = found
    except TypeError:
        return


def finished(builder: Builder, value: Value, node: Node, result: str, places: int) -> Sql:
    """A value as one of the type of the result; raises FormulaError where it is of another kind."""
    if result not in fitting(value):
        raise FormulaError("wrong_result", errors.WRONG_RESULT, 0, 1, given=value.kind.label, wanted=result)
    if value.kind is Kind.NUMBER:
        if result == "percent":
            value = values.multiplied(value, values.number(Sql("100"), whole=3, scale=0))
        rounded = replace(value, sql=sql(f"round({{}}, {places})", value.sql), whole=value.whole + 1)
        digits = MAX_DIGITS - places
        return rounded.sql if rounded.whole <= digits else values.below(rounded.sql, digits)
    if value.kind in (Kind.TEXT, Kind.OPTION):
        return sql("nullif({}, '')", builder.as_text(value, node))
    return value.sql


class _NoEnv:
    """What naming needs of an environment: nothing that depends on a workspace."""

    zone = ZoneInfo("UTC")
    now = datetime(2000, 1, 1, tzinfo=UTC)
    language = "zh-CN"


NO_ENV: "Env" = _NoEnv()  # type: ignore[assignment]  # the three attributes that builders read
