"""The tree of a parsed formula. Pure data: no kinds, no fields, no SQL.

Every node knows which characters of the text it stands for (`at`, `length`), how deep it is and how
many nodes it has, so that limits are checked while the tree is being made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a formula."""

    at: int
    length: int

    @property
    def children(self) -> tuple["Node", ...]:
        """The nodes below."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Words(Node):
    """A text in quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a field reference, without its braces."""

    at: int
    length: int
    name: str
    braced: bool


@dataclass(frozen=True, slots=True)
class Ref(Node):
    """A field, maybe reached through links."""

    parts: tuple[Part, ...]

    @property
    def path(self) -> str:
        """The parts joined by dots: a path, once the parts are keys."""
        return ".".join(part.name for part in self.parts)


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`-x`, `NOT x`, `x%`; `op` is one of `-`, `not`, `%`."""

    op: str
    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left op right`; `op` is one of + - * / ^ & = <> < <= > >= and or."""

    op: str
    left: Node
    right: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function with its arguments; `name` as written, `name_length` its characters."""

    name: str
    name_length: int
    args: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.args


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text; not recursive."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.children))


def refs(node: Node) -> list[Ref]:
    """The field references, in the order of the text."""
    return [found for found in walk(node) if isinstance(found, Ref)]


def depth(node: Node) -> int:
    """How many levels the tree has; not recursive."""
    level, deepest = [node], 0
    while level:
        deepest += 1
        level = [child for found in level for child in found.children]
    return deepest
