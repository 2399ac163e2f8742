"""The language of formulas, and reading it.

*How it works*: a LALR grammar gives the tree of `tree.py` directly. Operators from loosest to tightest:
OR, AND, NOT, comparisons (which do not chain), `&`, `+ -`, `* /`, unary minus, `^`, `%`. Names are letters
of any script, digits and `_`; other labels stand in braces. Full-width punctuation is the same as ASCII.

*Rules*: pure and iterative: what is too long or too deep is refused, nothing overflows. There is no way
from a name to anything but a field of the schema or a function of the registry.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken, v_args

from guanxi.engine.schema.formulas import errors
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.tree import (
    Binary,
    Call,
    Node,
    Number,
    Part,
    Ref,
    Truth,
    Unary,
    Words,
    depth,
    walk,
)

MAX_LENGTH = 5_000
MAX_DEPTH = 100
MAX_NODES = 800
MAX_DIGITS = 15

GRAMMAR = r"""
start: either
?either: both | either OR both -> binary
?both: denied | both AND denied -> binary
?denied: compared | NOT denied -> unary
?compared: joined | joined COMPARE joined -> binary
?joined: added | joined AMPERSAND added -> binary
?added: scaled | added PLUS scaled -> binary | added MINUS scaled -> binary
?scaled: signed | scaled TIMES signed -> binary | scaled OVER signed -> binary
?signed: raised | MINUS signed -> unary | PLUS signed -> same
?raised: shared | shared CARET signed -> binary
?shared: atom | shared PERCENT -> share
?atom: NUMBER -> number
     | STRING -> words
     | ref
     | NAME OPEN [_args] CLOSE -> call
     | AND OPEN [_args] CLOSE -> call
     | OR OPEN [_args] CLOSE -> call
     | OPEN either CLOSE -> group
_args: either (_COMMA either)*
ref: part (_DOT part)*
part: NAME | BRACED

OR.2: /(?:or|或者|或)(?!\w)/i
AND.2: /(?:and|并且|且)(?!\w)/i
NOT.2: /(?:not|非)(?!\w)/i
NAME: /[^\W\d]\w*/
BRACED: /[{｛][^{}｛｝\n]+[}｝]/
NUMBER: /\d+(?:\.\d+)?|\.\d+/
STRING: /"(?:[^"]|"")*"|“[^”]*”/
COMPARE: /<>|!=|≠|<=|>=|≤|≥|==|[=＝<＜>＞]/
AMPERSAND: /[&＆]/
PLUS: /[+＋]/
MINUS: /[-－−]/
TIMES: /[*＊×]/
OVER: /[\/／÷]/
CARET: /[\^＾]/
PERCENT: /[%％]/
OPEN: /[(（]/
CLOSE: /[)）]/
_COMMA: /[,，]/
_DOT: /[.．]/
%ignore /[\s\u3000]+/
"""

_SAME = {
    "＝": "=", "==": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">", "＆": "&", "＋": "+",
    "－": "-", "−": "-", "＊": "*", "×": "*", "／": "/", "÷": "/", "＾": "^",
}  # fmt: skip
_WORDS = {"OR": "or", "AND": "and", "NOT": "not"}
_TRUTHS = {"true": True, "真": True, "false": False, "假": False}


def _op(token: Token) -> str:
    return _WORDS.get(token.type) or _SAME.get(str(token), str(token))


def _start(token: Token) -> int:
    return int(token.start_pos or 0)


def _end(token: Token) -> int:
    return int(token.end_pos or 0)


@v_args(inline=True)
class _Maker(Transformer[Token, Any]):
    """Nodes out of what the parser has recognised."""

    def start(self, node: Node) -> Node:
        return node

    def number(self, token: Token) -> Node:
        if not str(token).isascii() or len(str(token).replace(".", "").strip("0")) > MAX_DIGITS:
            raise FormulaError("bad_number", errors.BAD_NUMBER, _start(token), len(token), max=MAX_DIGITS)
        return Number(_start(token), len(token), Decimal(str(token)))

    def words(self, token: Token) -> Node:
        value = token[1:-1].replace('""', '"') if token[0] == '"' else token[1:-1]
        if "\x00" in value:
            raise FormulaError(
                "bad_character", errors.BAD_CHARACTER, _start(token), len(token), character="\\0"
            )
        return Words(_start(token), len(token), value)

    def part(self, token: Token) -> Part:
        braced = token.type == "BRACED"
        name = token[1:-1].strip() if braced else str(token)
        return Part(_start(token), len(token), name, braced)

    def ref(self, *parts: Part) -> Node:
        first, last = parts[0], parts[-1]
        length = last.at + last.length - first.at
        if len(parts) == 1 and not first.braced and first.name.lower() in _TRUTHS:
            return Truth(first.at, length, _TRUTHS[first.name.lower()])
        return Ref(first.at, length, parts)

    def call(self, name: Token, opening: Token, *rest: Any) -> Node:
        closing = rest[-1]
        args = tuple(arg for arg in rest[:-1] if arg is not None)
        return Call(_start(name), _end(closing) - _start(name), str(name), len(name), args)

    def group(self, opening: Token, node: Node, closing: Token) -> Node:
        return node

    def unary(self, op: Token, operand: Node) -> Node:
        return Unary(_start(op), operand.at + operand.length - _start(op), _op(op), operand)

    def same(self, op: Token, operand: Node) -> Node:
        return operand

    def share(self, operand: Node, op: Token) -> Node:
        return Unary(operand.at, _end(op) - operand.at, "%", operand)

    def binary(self, left: Node, op: Token, right: Node) -> Node:
        return Binary(left.at, right.at + right.length - left.at, _op(op), left, right)


_parser = Lark(GRAMMAR, parser="lalr", transformer=_Maker(), maybe_placeholders=False)


@lru_cache(maxsize=2048)
def parse(text: str) -> Node:
    """The tree of a formula; raises FormulaError."""
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", errors.TOO_LONG, MAX_LENGTH, 1, max=MAX_LENGTH, given=len(text))
    if not text.strip():
        raise FormulaError("empty", errors.EMPTY, 0)
    try:
        node: Node = _parser.parse(text)  # type: ignore[assignment]  # the transformer gives nodes, not a Tree
    except UnexpectedInput as found:
        raise _explained(text, found) from None
    if depth(node) > MAX_DEPTH:
        raise FormulaError("too_deep", errors.TOO_DEEP, node.at, node.length, max=MAX_DEPTH)
    size = sum(1 for _ in walk(node))
    if size > MAX_NODES:
        raise FormulaError("too_costly", errors.TOO_COSTLY, node.at, node.length, cost=size, max=MAX_NODES)
    return node


def _explained(text: str, found: UnexpectedInput) -> FormulaError:
    if isinstance(found, UnexpectedToken) and found.token.type == "$END":
        return _unfinished(text)
    at = int(getattr(found, "pos_in_stream", None) or 0)
    if isinstance(found, UnexpectedCharacters):
        character = text[at]
        if character in '"“':
            return FormulaError("unclosed_text", errors.UNCLOSED_TEXT, at, len(text) - at)
        if character in "{｛" and not any(closing in text[at:] for closing in "}｝"):
            return FormulaError("unclosed_brace", errors.UNCLOSED_BRACE, at, len(text) - at)
        return FormulaError("bad_character", errors.BAD_CHARACTER, at, 1, character=character)
    token = str(getattr(found, "token", text[at : at + 1]))
    return FormulaError("unexpected", errors.UNEXPECTED, at, len(token), token=token[:30])


def _unfinished(text: str) -> FormulaError:
    """The end came too early: an open parenthesis is named, if there is one."""
    waiting: list[int] = []
    inside = ""
    for at, character in enumerate(text):
        if inside:
            inside = "" if character == inside else inside
        elif character in '"“':
            inside = '"' if character == '"' else "”"
        elif character in "(（":
            waiting.append(at)
        elif character in ")）" and waiting:
            waiting.pop()
    if waiting:
        return FormulaError("unclosed", errors.UNCLOSED, waiting[-1])
    return FormulaError("ends_early", errors.ENDS_EARLY, max(len(text.rstrip()) - 1, 0))
