"""From a tree to kinds and SQL, in one pass.

*How it works*: a `Builder` asks its `Row` for the fields that a formula names (keys by now) and builds each
node bottom-up into a `Value`. Functions get a `Site`, through which they build and check their arguments.
A save builds against `naming.DeclaredRow`, which has fields and no data; a query against its own row.

*Blanks*: a blank number field of the record itself counts as 0 where a number is calculated with (`zero`);
every other number without a value stays without one. Text without a value is the empty text; a comparison
with what has no value does not hold, except that blank equals blank.

*See*: docs/adr/0043-formulas.md for what is decided here; functions/ for the functions.
"""

from dataclasses import dataclass, replace
from datetime import date as day_of
from typing import TYPE_CHECKING, Protocol

from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.formulas import errors, values
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.functions import find_function, near_function
from guanxi.engine.schema.formulas.functions.base import Site
from guanxi.engine.schema.formulas.tree import Binary, Call, Node, Number, Ref, Truth, Unary, Words
from guanxi.engine.schema.formulas.values import Kind, Value, bound
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.field_types.base import Env

_DATES = frozenset({Kind.DATE, Kind.DATETIME})
_TEXTS = frozenset({Kind.TEXT, Kind.OPTION})
_NUMBERS = frozenset({"number", "money", "percent"})
_STORED_WHOLE, _STORED_SCALE = 15, 6


class Row(Protocol):
    """Where the fields of a formula come from (`definitions.Scope`)."""

    @property
    def env(self) -> "Env":
        """The zone, the moment, the languages."""
        ...

    def value(self, path: str) -> tuple[FieldDef, Sql]:
        """The field at a path of keys and its typed value."""
        ...


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the nodes of one formula over one row; raises FormulaError.

    `named` collects the literals that name options: the node, the field, the stored value (None: none such).
    """

    row: Row
    named: list[tuple[Node, FieldDef, str | None]] | None = None

    @property
    def env(self) -> "Env":
        """The zone, the moment, the languages."""
        return self.row.env

    def build(self, node: Node, *, zero: bool = False) -> Value:
        """The node's value; `zero`: a blank number field counts as 0."""
        if isinstance(node, Number):
            return values.numeral(node.value)
        if isinstance(node, Words):
            return Value(Kind.TEXT, Sql("%s::text", (node.value,)), literal=node.value, sure=True)
        if isinstance(node, Truth):
            return values.truth(Sql("TRUE" if node.value else "FALSE"))
        if isinstance(node, Ref):
            return self._field(node, zero=zero)
        if isinstance(node, Unary):
            return self._unary(node)
        if isinstance(node, Binary):
            return self._binary(node)
        assert isinstance(node, Call)
        return self._call(node, zero=zero)

    # ---- Values as what they are needed as

    def number(self, node: Node, *, zero: bool = True) -> Value:
        """A number; text that states one is none."""
        return self.as_number(self.build(node, zero=zero), node)

    def as_number(self, value: Value, node: Node) -> Value:
        """The value, which has to be a number."""
        if value.kind is Kind.BLANK:
            return replace(value, kind=Kind.NUMBER, sql=Sql("NULL::numeric"))
        return self._expected(value, node, Kind.NUMBER)

    def text(self, node: Node) -> Sql:
        """Any single value as text, never NULL."""
        return self.as_text(self.build(node), node)

    def as_text(self, value: Value, node: Node) -> Sql:
        """The value as text, never NULL: blank is the empty text, an option its label."""
        if value.kind is Kind.BLANK:
            return Sql("''::text")
        if value.kind in (Kind.OPTIONS, Kind.REFERENCE):
            raise self._wrong(value, node, Kind.TEXT)
        piece = value.sql
        if value.kind is Kind.OPTION:
            piece = self._label(value)
        elif value.kind is Kind.NUMBER:
            piece = sql("trim_scale({})::text", piece)
        elif value.kind is Kind.DATE:
            piece = sql("to_char({}, 'YYYY-MM-DD')", piece)
        elif value.kind is Kind.DATETIME:
            piece = sql("to_char({}, 'YYYY-MM-DD HH24:MI')", self.local(value.sql))
        elif value.kind is Kind.BOOLEAN:
            return sql("CASE WHEN {} THEN 'TRUE' ELSE 'FALSE' END", piece).wrapped()
        return piece if value.sure else sql("coalesce({}, '')", piece)

    def boolean(self, node: Node) -> Sql:
        """A condition, never NULL: what has no value does not hold."""
        value = self.build(node)
        if value.kind is Kind.BLANK:
            return Sql("FALSE")
        self._expected(value, node, Kind.BOOLEAN)
        return value.sql if value.sure else sql("({} IS TRUE)", value.sql)

    def date(self, node: Node) -> Sql:
        """A day; of a moment its day in the workspace's zone."""
        return self.as_date(self.build(node), node)

    def as_date(self, value: Value, node: Node) -> Sql:
        """The value as a day; a text that states one counts."""
        value = self.dated(value)
        if value.kind is Kind.BLANK:
            return Sql("NULL::date")
        if value.kind is Kind.DATETIME:
            return sql("{}::date", self.local(value.sql)).wrapped()
        return self._expected(value, node, Kind.DATE).sql

    def as_moment(self, value: Value, node: Node) -> Sql:
        """The value as a moment; of a day its midnight in the workspace's zone."""
        value = self.dated(value)
        if value.kind is Kind.BLANK:
            return Sql("NULL::timestamptz")
        if value.kind is Kind.DATE:
            return sql("({}::timestamp AT TIME ZONE {}::text)", value.sql, self.env.zone.key)
        return self._expected(value, node, Kind.DATETIME).sql

    def local(self, piece: Sql) -> Sql:
        """A moment as its clock time in the workspace's zone."""
        return sql("({} AT TIME ZONE {}::text)", piece, self.env.zone.key)

    def dated(self, value: Value) -> Value:
        """A literal `"2026-03-05"` as the day it states; anything else as it is."""
        if value.kind is not Kind.TEXT or value.literal is None or len(value.literal) != 10:
            return value
        try:
            return values.stated_date(day_of.fromisoformat(value.literal))
        except ValueError:
            return value

    def plain(self, value: Value, node: Node) -> Value:
        """An option as its label; anything else as it is."""
        return values.text(self.as_text(value, node), sure=True) if value.kind is Kind.OPTION else value

    def is_blank(self, value: Value) -> Sql:
        """The condition that a value is blank."""
        if value.kind is Kind.BLANK:
            return Sql("TRUE")
        if value.kind is Kind.TEXT:
            return sql("(coalesce({}, '') = '')", value.sql)
        if value.kind is Kind.OPTIONS:
            return sql("(coalesce({}, '[]'::jsonb) = '[]'::jsonb)", value.sql)
        return sql("({} IS NULL)", value.sql)

    def alike(self, found: list[tuple[Value, Node]]) -> list[Value]:
        """The values as one kind, for the branches of IF and the like; raises FormulaError."""
        kinds = {value.kind for value, _ in found} - {Kind.BLANK}
        if len(kinds) > 1 and kinds <= _DATES:
            kinds = {Kind.DATETIME}
            found = [(values.moment(self.as_moment(value, node)), node) for value, node in found]
        elif Kind.OPTION in kinds and (kinds <= _TEXTS or not _same_options([value for value, _ in found])):
            kinds = (kinds - {Kind.OPTION}) | {Kind.TEXT}
            found = [(self.plain(value, node), node) for value, node in found]
        if len(kinds) > 1 or kinds & {Kind.OPTIONS, Kind.REFERENCE}:
            self._refuse_unlike(found)
        kind = next(iter(kinds), Kind.BLANK)
        cast = Sql(f"NULL::{values.PG_TYPES[kind]}")
        return [
            replace(value, kind=kind, sql=cast) if value.kind is Kind.BLANK else value for value, _ in found
        ]

    def chosen(self, found: list[Value], piece: Sql) -> Value:
        """One of several values of one kind: `piece` says which."""
        first = next((value for value in found if value.nature), found[0])
        return Value(
            first.kind,
            piece,
            whole=max(value.whole for value in found),
            scale=max(value.scale for value in found),
            field=first.field,
            sure=all(value.sure for value in found),
            nature=first.nature,
        )

    # ---- Operators

    def compare(self, left: Value, op: str, right: Value, at: tuple[Node, Node, Node]) -> Sql:
        """`left op right`, never NULL; `at`: the comparison and its sides."""
        whole, left_at, right_at = at
        for value, other in ((left, right), (right, left)):
            if value.kind is Kind.BLANK or (value.literal == "" and other.kind not in _TEXTS):
                if op not in ("=", "<>"):
                    raise self._unlike(errors.NOT_COMPARABLE, whole, left, right)
                empty = self.is_blank(other)
                return empty if op == "=" else sql("(NOT {})", empty)
        left, right = self.option_named(left, left_at, right), self.option_named(right, right_at, left)
        if left.kind in _DATES or right.kind in _DATES:
            left, right = self._same_dates(left, left_at, right, right_at)
        if left.kind in _TEXTS and right.kind in _TEXTS:
            return self._compared_texts(left, op, right, at)
        if left.kind is not right.kind or left.kind is Kind.OPTIONS:
            raise self._unlike(errors.NOT_COMPARABLE, whole, left, right)
        if left.kind is Kind.BOOLEAN:
            left, right = (
                replace(v, sql=v.sql if v.sure else sql("({} IS TRUE)", v.sql)) for v in (left, right)
            )
        if op in ("=", "<>"):
            return sql("({} IS " + ("NOT " if op == "=" else "") + "DISTINCT FROM {})", left.sql, right.sql)
        if left.kind not in (Kind.NUMBER, *_DATES):
            raise self._unlike(errors.NOT_COMPARABLE, whole, left, right)
        return sql("coalesce({} " + op + " {}, FALSE)", left.sql, right.sql)

    def _same_dates(self, left: Value, left_at: Node, right: Value, right_at: Node) -> tuple[Value, Value]:
        """Two dates as days where one of them is a day: a moment equals the day it is on."""
        left, right = self.dated(left), self.dated(right)
        if left.kind in _DATES and right.kind in _DATES and Kind.DATE in (left.kind, right.kind):
            return values.date(self.as_date(left, left_at)), values.date(self.as_date(right, right_at))
        return left, right

    def _compared_texts(self, left: Value, op: str, right: Value, at: tuple[Node, Node, Node]) -> Sql:
        if left.literal is None and right.literal is None and not _same_options([left, right]):
            left, right = self.plain(left, at[1]), self.plain(right, at[2])
        collate = "" if op in ("=", "<>") else ' COLLATE "C"'
        sides = [sql("coalesce({}, '')" + collate, side.sql) for side in (left, right)]
        return sql("({} " + op + " {})", *sides)

    def option_named(self, value: Value, node: Node, other: Value) -> Value:
        """`value`, unless it is the literal name of an option of `other`: then the option's stored value."""
        field = other.field
        if field is None or other.kind not in (Kind.OPTION, Kind.OPTIONS) or not field.options:
            return value
        if value.kind is not Kind.TEXT or not value.literal:
            return value
        stored = field.options_by_label.get(value.literal.strip().casefold())
        if self.named is not None:
            self.named.append((node, field, stored))
        if stored is None:
            return value  # an option that is gone equals nothing; a save refuses it
        return replace(value, sql=Sql("%s::text", (stored,)), literal=stored)

    def _unary(self, node: Unary) -> Value:
        if node.op == "not":
            return values.truth(sql("NOT {}", self.boolean(node.operand)))
        operand = self.number(node.operand)
        if node.op == "%":
            return values.multiplied(operand, values.number(Sql("0.01"), whole=1, scale=2))
        return replace(operand, sql=sql("(- {})", operand.sql), literal=None)

    def _binary(self, node: Binary) -> Value:
        left, right, op = node.left, node.right, node.op
        if op in ("and", "or"):
            return values.truth(sql("{} " + op.upper() + " {}", self.boolean(left), self.boolean(right)))
        if op == "&":
            return values.text(values.short(sql("({} || {})", self.text(left), self.text(right))), sure=True)
        if op in ("*", "/", "^"):
            do = {"*": values.multiplied, "/": values.divided, "^": values.raised}[op]
            one, two = self.number(left), self.number(right)
            return replace(do(one, two), nature=one.nature if op != "^" else "")
        one, two = self.build(left, zero=True), self.build(right, zero=True)
        if op in ("+", "-"):
            return self._added(node, one, two)
        if any(side.kind is Kind.BLANK or side.literal == "" for side in (one, two)):
            one, two = self.build(left), self.build(right)  # whether it is blank is the question
        return values.truth(self.compare(one, op, two, (node, left, right)))

    def _added(self, node: Binary, one: Value, two: Value) -> Value:
        minus = node.op == "-"
        if one.kind in _DATES and two.kind is Kind.NUMBER:
            return self.moved(one, two if not minus else replace(two, sql=sql("(- {})", two.sql)))
        if two.kind in _DATES and one.kind is Kind.NUMBER and not minus:
            return self.moved(two, one)
        if minus and (one.kind in _DATES or two.kind in _DATES):
            one, two = self.dated(one), self.dated(two)
            if one.kind is Kind.DATE and two.kind is Kind.DATE:
                return values.number(sql("({} - {})::numeric", one.sql, two.sql), whole=7, scale=0)
            if one.kind in _DATES and two.kind in _DATES:
                apart = sql("({} - {})", self.as_moment(one, node.left), self.as_moment(two, node.right))
                days = sql("round(extract(epoch FROM {}) / 86400, 10)", apart)
                return values.number(days, whole=7, scale=10)
        for value in (one, two):
            if value.kind not in (Kind.NUMBER, Kind.BLANK):
                raise self._unlike(errors.NOT_COMBINED, node, one, two)
        first, second = self.as_number(one, node.left), self.as_number(two, node.right)
        return replace(values.added(first, second, node.op), nature=first.nature or second.nature)

    def moved(self, start: Value, days: Value) -> Value:
        """A day or a moment, so many days on; a day moves by whole days."""
        if start.kind is Kind.DATE:
            step = values.counted(days, 4_000_000, -4_000_000)
            return values.date(values.days_on(start.sql, step))
        piece = bound(
            "CASE WHEN extract(epoch FROM {t}) + {n} * 86400 BETWEEN -30610224000 AND 253370764800"
            " THEN (({t} AT TIME ZONE 'UTC')"
            " + make_interval(days => greatest(least(trunc({n}), 4000000), -4000000)::int, secs => round(({n} - trunc({n})) * 86400, 6)::float8))"
            " AT TIME ZONE 'UTC' END",
            t=start.sql,
            n=days.sql,
        )
        return values.moment(values.moment_in_calendar(piece))

    # ---- Fields and functions

    def _field(self, node: Ref, *, zero: bool) -> Value:
        field, piece = self.row.value(node.path)
        kind = field.type.formula_kind
        if not kind or field.type.storage != "value":
            shown = field.label
            raise FormulaError("not_usable", errors.NOT_USABLE, node.at, node.length, field=shown.zh)
        if kind not in _NUMBERS:
            return Value(Kind(kind), values.short(piece) if kind == "text" else piece, field=field)
        stored = "." not in node.path and field.computed is None
        exact = not field.declared
        found = values.number(
            sql("{}::numeric", piece).wrapped(),
            whole=_STORED_WHOLE if exact else values.MAX_WHOLE,
            scale=_STORED_SCALE if exact else values.MAX_SCALE,
        )
        if kind == "percent":
            found = values.multiplied(found, values.number(Sql("0.01"), whole=0, scale=2))
        if stored and zero:
            found = replace(found, sql=sql("coalesce({}, 0)", found.sql))
        return replace(found, nature="" if kind == "number" else kind)

    def _call(self, node: Call, *, zero: bool) -> Value:
        function = find_function(node.name)
        if function is None:
            near = near_function(node.name)
            text = errors.UNKNOWN_FUNCTION_NEAR if near else errors.UNKNOWN_FUNCTION
            raise FormulaError(
                "unknown_function", text, node.at, node.name_length, name=node.name[:40], near=near
            )
        return function.build(Site(self, node, function.key, zero=zero))

    def _label(self, value: Value) -> Sql:
        """The label of an option in the workspace's language; of one that is gone, its value."""
        options: tuple[Option, ...] = value.field.options if value.field else ()
        if not options:
            return value.sql
        labels = {option.value: option.label.in_(self.env.language) for option in options}
        return bound(
            "coalesce(({labels} ->> {x}), {x})",
            labels=Sql("%s::jsonb", (dumps(labels).decode(),)),
            x=value.sql,
        )

    def _expected(self, value: Value, node: Node, kind: Kind) -> Value:
        if value.kind is not kind:
            raise self._wrong(value, node, kind)
        return value

    def _wrong(self, value: Value, node: Node, kind: Kind) -> FormulaError:
        return FormulaError(
            "wrong_kind", errors.WRONG_KIND, node.at, node.length, wanted=kind.label, given=value.kind.label
        )

    def _unlike(self, text: Text, node: Node, left: Value, right: Value) -> FormulaError:
        return FormulaError(
            "wrong_kind", text, node.at, node.length, left=left.kind.label, right=right.kind.label
        )

    def _refuse_unlike(self, found: list[tuple[Value, Node]]) -> None:
        first = next(value for value, _ in found if value.kind is not Kind.BLANK)
        for value, node in found:
            if value.kind not in (Kind.BLANK, first.kind) or value.kind in (Kind.OPTIONS, Kind.REFERENCE):
                raise self._unlike(errors.NOT_ALIKE, node, first, value)


def _same_options(found: list[Value]) -> bool:
    """True when all are options of one and the same list."""
    lists = [value.field.options if value.field else () for value in found if value.kind is not Kind.BLANK]
    options = all(value.kind in (Kind.OPTION, Kind.BLANK) for value in found)
    return options and all(item == lists[0] for item in lists)
