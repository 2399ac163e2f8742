"""What became of each row, and how it is told: counts, stored errors, reasons grouped.

Errors are kept with their sentence in both languages, so that whoever looks at an import later reads it
in their own. They are plain, since they are counted in SQL: of encrypted fields they quote nothing (`discreet`).
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from guanxi.engine.schema.field_types.base import MASK
from guanxi.engine.transfer.reading.rows import RowProblem
from guanxi.engine.transfer.rules.cells import Fault
from guanxi.kit.errors import FieldError
from guanxi.kit.text import LOCALES, Text

Outcome = Literal["create", "update", "unchanged", "refuse"]
MAX_KEPT_CELL = 2_000
MAX_KINDS = 1_000
COUNTERS: Mapping[Outcome, str] = {
    "create": "created", "update": "updated", "unchanged": "unchanged", "refuse": "refused",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong with a row: the column (None: the row as a whole), the field, the sentence."""

    index: int | None
    field: str | None
    code: str
    text: Text
    values: Mapping[str, object]

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        messages = {locale: self.message(locale) for locale in LOCALES}
        return {"index": self.index, "field": self.field, "code": self.code, "message": messages}

    def message(self, locale: str) -> str:
        """The sentence in `locale`."""
        spoken = {key: v.in_(locale) if isinstance(v, Text) else v for key, v in self.values.items()}
        return self.text.in_(locale, **spoken)

    def discreet(self) -> "RowError":
        """The same without a word of the cell; who reads it sees the cell beside it."""
        values = {key: MASK if isinstance(v, str) else v for key, v in self.values.items()}
        return replace(self, values=values)

    @classmethod
    def of_problem(cls, problem: RowProblem) -> "RowError":
        """A row that could not be read."""
        return cls(problem.index, None, problem.code, problem.text, problem.values)

    @classmethod
    def of_fault(cls, index: int, field_key: str, fault: Fault) -> "RowError":
        """A cell that could not be read."""
        return cls(index, field_key, fault.code, fault.text, fault.values)

    @classmethod
    def of_refusal(cls, error: FieldError, columns: Mapping[str, int]) -> "RowError":
        """A row that the write door refused; `columns` are the columns by field."""
        key = error.field.split(".")[0]
        return cls(columns.get(key), key or None, error.code, error.text, error.values)


@dataclass(slots=True)
class RowOutcome:
    """What became of one row of the file; `ownerless`: a new record that the file gives no owner."""

    number: int
    outcome: Outcome
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    record_id: uuid.UUID | None = None
    later: dict[str, str] = field(default_factory=dict)
    ownerless: bool = False


def count(outcomes: Iterable[RowOutcome]) -> dict[str, int]:
    """Rows by what became of them."""
    counts = dict.fromkeys(COUNTERS.values(), 0)
    for row in outcomes:
        counts[COUNTERS[row.outcome]] += 1
    return counts


def kept_cells(cells: Sequence[str]) -> tuple[list[str], list[int]]:
    """The cells of a refused row as they are stored, and which of them had to be cut."""
    kept, clipped = [], []
    for index, cell in enumerate(cells):
        text = cell.replace("\x00", "\N{SYMBOL FOR NULL}")
        if len(text) > MAX_KEPT_CELL:
            clipped.append(index)
            text = text[:MAX_KEPT_CELL] + "…"
        elif text != cell:
            clipped.append(index)
        kept.append(text)
    return kept, clipped


class Reasons:
    """Errors grouped by field and code, the most frequent first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str | None, str], tuple[RowError, int]] = {}
        self._kinds: dict[tuple[str | None, str], set[str]] = defaultdict(set)

    def add(self, errors: Iterable[RowError]) -> None:
        """Count the errors of one row."""
        for error in errors:
            key = (error.field, error.code)
            first, times = self._found.get(key, (error, 0))
            self._found[key] = (first, times + 1)
            if len(self._kinds[key]) < MAX_KINDS:
                self._kinds[key].add(error.message(LOCALES[0]))

    def as_json(self, locale: str) -> list[dict[str, Any]]:
        """`[{field, code, message, kinds, count}]`: the first row's message, and how many different ones."""
        ordered = sorted(self._found.values(), key=lambda found: -found[1])
        return [
            {"field": error.field, "code": error.code, "message": error.message(locale),
             "kinds": len(self._kinds[error.field, error.code]), "count": times}
            for error, times in ordered
        ]  # fmt: skip
