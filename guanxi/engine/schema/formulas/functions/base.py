"""What a function of formulas is, and the site where one is called.

*How it works*: `@function(...)` over a builder registers a `Function`: its names, its parameters (for the
signature, completion and the count of arguments), what it does, an example. The builder gets a `Site` and
asks it for its arguments as what it needs them as; that checks them.

*Rules*: a key is never renamed: stored formulas hold it. The SQL raises for no row (values.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from guanxi.engine.schema.formulas import errors, values
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.tree import Call, Node, Words
from guanxi.engine.schema.formulas.values import Kind, Value
from guanxi.kit.registry import Registry
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.formulas.building import Builder

MAX_ARGS = 50


@dataclass(frozen=True, slots=True)
class Group:
    """A shelf of functions."""

    key: str
    label: Text


LOGIC = Group("logic", Text("逻辑", "Logic"))
MATHS = Group("maths", Text("数学", "Maths"))
TEXT = Group("text", Text("文字", "Text"))
DATE = Group("date", Text("日期与时间", "Date and time"))
CONVERT = Group("convert", Text("转换", "Conversion"))
OPTION = Group("option", Text("选项", "Options"))
GROUPS = (LOGIC, MATHS, TEXT, DATE, CONVERT, OPTION)


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its name, whether it may be left out, whether it may be repeated."""

    name: Text
    optional: bool = False
    many: bool = False


def p(zh: str, en: str, *, optional: bool = False, many: bool = False) -> Param:
    """A parameter."""
    return Param(Text(zh, en), optional, many)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language."""

    key: str
    zh: str
    group: Group
    params: tuple[Param, ...]
    doc: Text
    example: Text
    make: "Callable[[Site], Value]"
    pairs: bool = False

    @property
    def signature(self) -> Text:
        """`ROUND(number, [places])`."""
        shown = [self._shown(locale) for locale in ("zh-CN", "en")]
        return Text(f"{self.key}({shown[0]})", f"{self.key}({shown[1]})")

    def build(self, site: "Site") -> Value:
        """The value of a call; raises FormulaError."""
        given, node = len(site.args), site.node
        least = sum(not param.optional for param in self.params)
        most = MAX_ARGS if any(param.many for param in self.params) else len(self.params)
        if given < least or (self.pairs and given % 2):
            code, text = ("too_few", errors.TOO_FEW) if given < least else ("pairs", errors.PAIRS)
            raise FormulaError(
                code, text, node.at, node.length, name=self.key, min=least, signature=self.signature
            )
        if given > most:
            extra = site.args[most]
            values_ = {"name": self.key, "max": most, "signature": self.signature}
            raise FormulaError("too_many", errors.TOO_MANY, extra.at, extra.length, **values_)
        return self.make(site)

    def _shown(self, locale: str) -> str:
        names = []
        for param in self.params:
            name = param.name.in_(locale) + ("…" if param.many else "")
            names.append(f"[{name}]" if param.optional else name)
        return ", ".join(names)


function_registry: Registry[Function] = Registry("function", lambda item: item.key)
_by_name: dict[str, Function] = {}


def function(
    key: str, zh: str, group: Group, *params: Param, doc: Text, example: str | Text, pairs: bool = False
) -> "Callable[[Callable[[Site], Value]], Callable[[Site], Value]]":
    """Register the decorated builder as the function `key`, called `zh` in Chinese."""

    def register(make: "Callable[[Site], Value]") -> "Callable[[Site], Value]":
        found = Function(key, zh, group, params, doc, Text.of(example), make, pairs)
        function_registry.register(found)
        for name in (key, zh):
            if _by_name.setdefault(name, found) is not found:
                raise ValueError(f"two functions are called {name}")
        return make

    return register


def find_function(name: str) -> Function | None:
    """The function of a name in either language, whatever the case."""
    return _by_name.get(name.upper())


def near_function(name: str) -> str | None:
    """The name of a function that looks like `name`."""
    return next(iter(get_close_matches(name.upper(), _by_name, 1, 0.6)), None)


@dataclass(frozen=True, slots=True)
class Site:
    """A call: its arguments, by number, as what the function needs them as."""

    builder: "Builder"
    node: Call
    key: str
    zero: bool

    @property
    def args(self) -> tuple[Node, ...]:
        """The arguments as nodes."""
        return self.node.args

    def has(self, index: int) -> bool:
        """True when the argument was given."""
        return index < len(self.args)

    def value(self, index: int, *, zero: bool = False) -> Value:
        """The argument as it is."""
        return self.builder.build(self.args[index], zero=zero)

    def once(self, index: int) -> tuple[Value, Value]:
        """The argument for a piece that needs it often, and as it is: see `with_once`."""
        whole = self.value(index, zero=True)
        if not whole.sql.params and len(whole.sql.text) <= values.INLINE:
            return whole, whole
        return replace(whole, sql=Sql("sw.subject")), whole

    def with_once(self, found: Value, subject: Value, whole: Value) -> Value:
        """The piece that was made of the first half of `once`, with the argument computed once for it."""
        if subject is whole:
            return found
        piece = "(SELECT " + found.sql + " FROM (SELECT " + whole.sql + " AS subject OFFSET 0) sw)"
        return replace(found, sql=piece)

    def number(self, index: int, *, zero: bool = True) -> Value:
        """The argument as a number."""
        return self.builder.number(self.args[index], zero=zero)

    def count(self, index: int, default: int, *, highest: int = values.MAX_TEXT, lowest: int = 0) -> Sql:
        """The argument as a count, or `default` where it was left out."""
        if not self.has(index):
            return Sql(str(default))
        return values.counted(self.number(index), highest, lowest)

    def text(self, index: int) -> Sql:
        """The argument as text, never NULL."""
        return self.builder.text(self.args[index])

    def boolean(self, index: int) -> Sql:
        """The argument as a condition, never NULL."""
        return self.builder.boolean(self.args[index])

    def date(self, index: int) -> Sql:
        """The argument as a day."""
        return self.builder.date(self.args[index])

    def literal(self, index: int) -> str:
        """The argument, which has to be a text written in the formula."""
        node = self.args[index]
        if not isinstance(node, Words):
            raise FormulaError("needs_literal", errors.NEEDS_LITERAL, node.at, node.length)
        return node.value

    def refuse(self, index: int, code: str, text: Text, **shown: object) -> FormulaError:
        """The error to raise about an argument."""
        node = self.args[index]
        return FormulaError(code, text, node.at, node.length, **shown)

    def wrong(self, index: int, given: Value, wanted: Kind) -> FormulaError:
        """The error to raise about an argument of the wrong kind."""
        return self.refuse(
            index, "wrong_kind", errors.WRONG_KIND, wanted=wanted.label, given=given.kind.label
        )
