"""Cells to values, a column at a time.

*How it works*: a `ColumnReader` reads each different text of its column once and remembers what came of
it: a value, `PENDING` (it will exist when the import runs: an option, a record, a person), or a `Fault`.
Columns that point at something (people, teams, records) read from `known`, which the caller fills for
each chunk with what the database says.

*Rules*: an empty cell is None; so are marks like "-" and "无", except in fields that would take them as
they stand. Nothing here touches the database.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import EMPTY_CELLS, Env, Refusal
from guanxi.engine.schema.field_types.many_values import cell_parts
from guanxi.engine.transfer.reading.limits import CELL_TOO_LONG, MAX_CELL, MAX_LONG_CELL
from guanxi.kit.errors import FieldError
from guanxi.kit.formulas import MARK, original
from guanxi.kit.text import Text

UNKNOWN_PERSON = Text("没有叫「{value}」的同事。", "There is no member called “{value}”.")
UNKNOWN_TEAM = Text("没有叫「{value}」的部门。", "There is no team called “{value}”.")
UNKNOWN_RECORD = Text("没有找到「{value}」这条{object}。", "There is no {object} “{value}”.")
AMBIGUOUS = Text(
    "有 {count} 条{object}都叫「{value}」，不知道是哪一条。",
    "{count} records of {object} are called “{value}”; it is not clear which is meant.",
)
# What a person may ask the import to create, by the code of the fault that it would mend.
CREATABLE: Mapping[str, str] = {
    "unknown_option": "options",
    "unknown_record": "links",
    "unknown_user": "members",
}
MAX_NAME = 500
LONGEST_MARK = max(map(len, EMPTY_CELLS))
_CACHE = 100_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read."""

    code: str
    text: Text
    values: Mapping[str, object] = field(default_factory=dict)

    def error(self, field_key: str) -> FieldError:
        """The fault as the error of a field."""
        return FieldError(field_key, self.code, self.text, dict(self.values))


class Pending:
    """The value of a cell whose option, record or person the import is about to create."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Later:
    """The value of a link to a row further down the same file."""

    name: str


PENDING: Final = Pending()
_UNREAD: Final = object()


class ColumnReader:
    """Reads the cells of one column into values of one field."""

    def __init__(
        self, index: int, field: FieldDef, env: Env, *, pending: frozenset[str] = frozenset()
    ) -> None:
        self.index = index
        self.field = field
        self.env = env
        self.pending = pending
        self.known: Mapping[str, Any] = {}
        self.is_reference = field.type.references is not None
        self.is_many = field.type.storage == "links"
        self._cache: dict[str, Any] = {}
        self._keeps_marks = not self.is_reference and _takes_any_text(field, env)
        self._limit = MAX_LONG_CELL if _takes_long_text(field, env) else MAX_CELL

    def read(self, texts: Sequence[str]) -> list[Any]:
        """A value, None, PENDING or a Fault for each text."""
        cache = self._cache
        if self.is_reference or len(cache) > _CACHE:
            cache.clear()  # what a name refers to may have changed since the last chunk
        get, one = cache.get, self._one
        values = []
        for text in texts:
            value = get(text, _UNREAD)
            if value is _UNREAD:
                value = cache[text] = one(text)
            values.append(value)
        return values

    def names(self, text: str) -> list[str]:
        """The names in a cell of a reference column: itself, or its parts where it may hold several."""
        name = text.strip()
        if name.casefold() in EMPTY_CELLS or len(name) > MAX_NAME or "\x00" in name:
            return []
        return cell_parts(name) if self.is_many else [name]

    def _one(self, text: str) -> Any:
        stripped = text.strip()
        if not stripped:
            return None
        if stripped[0] == MARK:
            stripped = original(stripped).strip()
        if len(stripped) <= LONGEST_MARK and not self._keeps_marks and stripped.casefold() in EMPTY_CELLS:
            return None
        if len(stripped) > self._limit:
            return Fault(
                "cell_too_long", CELL_TOO_LONG, {"length": f"{len(stripped):,}", "max": f"{self._limit:,}"}
            )
        if self.is_reference:
            return self._reference(stripped)
        try:
            return self.field.type.read_cell(stripped, self.field, self.env)
        except Refusal as refusal:
            return self._fault(Fault(refusal.code, refusal.text, refusal.values))

    def _fault(self, fault: Fault) -> Any:
        return PENDING if fault.code in self.pending else fault

    def _reference(self, text: str) -> Any:
        if len(text) > MAX_NAME:
            return Fault("cell_too_long", CELL_TOO_LONG, {"length": f"{len(text):,}", "max": MAX_NAME})
        whole = self.known.get(text)
        if not self.is_many:
            return self._fault(whole) if isinstance(whole, Fault) else whole
        if isinstance(whole, uuid.UUID):  # a title may hold a comma itself
            return [whole]
        found = [self.known.get(name) for name in self.names(text)]
        faults = [value for value in found if isinstance(value, Fault)]
        if faults:
            return self._fault(faults[0])
        return [value for value in found if value is not None]


def _takes_any_text(field: FieldDef, env: Env) -> bool:
    """True when the field would keep "-" as it stands, so that it is no mark for "empty" there."""
    return bool(_reading("-", field, env) == "-")


def _takes_long_text(field: FieldDef, env: Env) -> bool:
    return _reading("x" * (MAX_CELL + 1), field, env) is not None


def _reading(text: str, field: FieldDef, env: Env) -> Any:
    try:
        return field.type.read_cell(text, field, env)
    except Refusal:
        return None


@dataclass(slots=True)
class ReadRow:
    """One row read: values by field, what is still to come, and what is wrong by column."""

    values: dict[str, Any] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    later: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[int, str, Fault]] = field(default_factory=list)


def read_rows(
    readers: Sequence[ColumnReader],
    rows: Sequence[Sequence[str]],
    known: Sequence[list[Any] | None] | None = None,
) -> list[ReadRow]:
    """The rows, read column by column; empty cells are left out.

    `known` has, for each reader, what it would read, where that is known.
    """
    found = [ReadRow() for _ in rows]
    for reader, column in zip(readers, known or [None] * len(readers), strict=True):
        index, key = reader.index, reader.field.key
        values = reader.read([cells[index] for cells in rows]) if column is None else column
        for row, value in zip(found, values, strict=True):
            if value is None:
                continue
            kind = type(value)
            if kind is Fault:
                row.faults.append((index, key, value))
            elif kind is Pending:
                row.pending.add(key)
            elif kind is Later:
                row.later[key] = value.name
            else:
                row.values[key] = value
    return found
