"""Streaming the rows of a CSV file in chunks, from any row on.

*How it works*: the csv module reads decoded lines; rows are numbered as a spreadsheet numbers them (the
first is 1, blank ones count). A row that is too wide, holds a NUL, an unreadable byte or an unclosed
quotation mark comes with its `RowProblem` and its cells; nobody else needs to know about such things.

*Rules*: memory is one chunk, whatever the file. Reading is deterministic: `skip_to` with the number after
the last row handled goes on exactly there.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from guanxi.engine.transfer.reading.limits import (
    CELL_BEYOND_READING,
    LOSSY,
    MAX_PARSED_CELL,
    NUL,
    TOO_MANY_CELLS,
    UNCLOSED,
    Unreadable,
)
from guanxi.kit.bidi import strip_bidi
from guanxi.kit.text import Text

# Process-wide; nothing else here reads CSV.
csv.field_size_limit(MAX_PARSED_CELL)

UNREADABLE = "\ufffd"
_END = "\x1eend of file\x1e"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file at `path` is read: everything `inspect` found out."""

    path: Path
    encoding: str
    separator: str
    header_row: int
    width: int
    lossy: bool = False
    has_nul: bool = False
    replaced: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """What cells of a column mean that hold just this text (somebody has said so)."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be read as a record; `index` is the column, where there is one."""

    code: str
    text: Text
    index: int | None = None
    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Chunk:
    """Some rows: numbers, cells (all `width` wide except problem rows), and problems by position."""

    numbers: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    problems: dict[int, RowProblem] = field(default_factory=dict)

    def whole(self) -> list[int]:
        """The positions of the rows that could be read."""
        return [position for position in range(len(self.rows)) if position not in self.problems]

    def __len__(self) -> int:
        return len(self.rows)


def read(layout: Layout, *, size: int, skip_to: int = 0) -> Iterator[Chunk]:
    """The rows below the header, those numbered below `skip_to` left out, `size` to a chunk."""
    width = layout.width
    chunk = Chunk()
    suspicious = layout.has_nul or layout.lossy
    first = max(layout.header_row + 1, skip_to)
    with open_text(layout) as file:
        for number, row, closed in numbered(file, layout.separator):
            if number < first or not row:
                continue
            count = len(row)
            if count != width or suspicious or not closed:
                if not any(row):
                    continue
                if count < width:
                    row.extend([""] * (width - count))
                elif count > width:
                    _drop_empty_tail(row, width)
                if problem := _problem(layout, row, closed=closed):
                    chunk.problems[len(chunk.rows)] = problem
            elif not any(row):
                continue
            chunk.numbers.append(number)
            chunk.rows.append(_meant(layout, row) if layout.replaced else row)
            if len(chunk.rows) >= size:
                yield chunk
                chunk = Chunk()
    if chunk.rows:
        yield chunk


def _meant(layout: Layout, row: list[str]) -> list[str]:
    for index, meant in layout.replaced.items():
        if index < len(row):
            row[index] = meant.get(row[index].strip(), row[index])
    return row


def numbered(file: IO[str], separator: str) -> Iterator[tuple[int, list[str], bool]]:
    """(number, cells, closed) of every row; `closed` is False for one whose quotation never ends."""
    held: tuple[int, list[str]] | None = None
    number = 0
    reader = csv.reader(_with_end(file), delimiter=separator)
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                # The mark stands alone in its row, unless an open quotation has swallowed it.
                if len(row) == 1 and row[0] == _END:
                    break
                row[-1] = row[-1][: -len(_END)]
                if held:
                    yield held[0], held[1], True
                yield number + 1, row, False
                return
            if held:
                yield held[0], held[1], True
            number += 1
            held = (number, row if _is_plain(row) else [strip_bidi(cell) for cell in row])
    except csv.Error:
        if held:
            yield held[0], held[1], True
        raise Unreadable(
            CELL_BEYOND_READING, code="cell_too_long", row=number + 1, max=f"{MAX_PARSED_CELL:,}"
        ) from None
    if held:
        yield held[0], held[1], True


def _is_plain(row: list[str]) -> bool:
    """Whether all of a row can be seen: nothing in it turns the direction of writing around."""
    return "".join(row).isprintable()


def _with_end(file: IO[str]) -> Iterator[str]:
    last = "\n"
    for line in file:
        last = line
        yield line
    if not last.endswith(("\n", "\r")):
        yield "\n"
    yield _END


def open_text(layout: Layout) -> IO[str]:
    """The file decoded, line ends as they are."""
    errors = "guanxi_unreadable" if layout.lossy else "strict"
    return layout.path.open("r", encoding=layout.encoding, errors=errors, newline="")


def _drop_empty_tail(row: list[str], width: int) -> None:
    while len(row) > width and not row[-1].strip():
        row.pop()


def _problem(layout: Layout, row: list[str], *, closed: bool) -> RowProblem | None:
    if not closed:
        return RowProblem("unclosed_quote", UNCLOSED, len(row) - 1)
    if len(row) > layout.width:
        values: dict[str, object] = {"count": len(row), "width": layout.width}
        return RowProblem("too_many_cells", TOO_MANY_CELLS, None, values)
    for index, cell in enumerate(row):
        if layout.has_nul and "\x00" in cell:
            return RowProblem("bad_character", NUL, index)
        if layout.lossy and UNREADABLE in cell:
            return RowProblem("unreadable_character", LOSSY, index, {"encoding": layout.encoding})
    return None


def _unreadable(error: UnicodeError) -> tuple[str, int]:
    """Decoding goes on after a byte that has no reading; the row is refused by its mark."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREADABLE, max(error.start + 1, error.end if error.end - error.start == 1 else error.start + 1)


with suppress(ValueError):
    codecs.register_error("guanxi_unreadable", _unreadable)
