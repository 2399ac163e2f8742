"""What a file is, found out once when it arrives: kind, encoding, separator, header, rows, samples.

*How it works*: `inspect` looks at the first bytes (kinds.py), converts a workbook to a CSV file at
`spool`, detects the encoding on the whole file, tries the separators on its first rows, finds the header
row, and reads everything once to count the rows and to be sure that reading ends.

*Rules*: headers are made usable here (blank ones named, double ones numbered) and nowhere else.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from guanxi.engine.transfer.reading.encoding import Encoding, checked, detect
from guanxi.engine.transfer.reading.kinds import kind_of
from guanxi.engine.transfer.reading.limits import (
    HEADER_ONLY,
    MAX_COLUMNS,
    MAX_ROWS,
    NO_HEADER,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    WRONG_SEPARATOR,
    Unreadable,
    empty_file,
)
from guanxi.engine.transfer.reading.rows import Layout, numbered, open_text
from guanxi.engine.transfer.reading.workbook import convert
from guanxi.kit.errors import TooLarge
from guanxi.kit.text import Text

SEPARATORS = (",", "\t", ";", "|")
RARE_SEPARATORS = ("^", "~", "，", "；")
"""Found only where none of the usual ones cuts all rows alike, and this one does."""
SAMPLE_ROWS = 500
SHOWN_SAMPLES = 5
_HEAD_CHARACTERS = 256 * 1024
_HEADER_SEARCH = 12
_TABLE_ABOVE = 3  # so many rows of one width are a table already

BLANK_HEADER = Text("第 {number} 列", "Column {number}")


@dataclass(frozen=True, slots=True)
class Table:
    """A readable table: its layout, its headers, the columns' first texts, and how many rows it has."""

    layout: Layout
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    row_count: int
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    def shown_samples(self, index: int) -> list[str]:
        """A few different texts of a column, short enough to be shown."""
        return [text[:80] for text in islice(dict.fromkeys(self.samples[index]), SHOWN_SAMPLES)]


def inspect(
    path: Path,
    *,
    spool: Path,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    locale: str = "zh-CN",
    most_columns: int = MAX_COLUMNS,
) -> Table:
    """The table in the file at `path`; `spool` is where a workbook's CSV may be put. Raises `Problem`."""
    kind = kind_of(path)
    if kind == "text":
        coding = checked(path, encoding) if encoding else detect(path)
        return _inspect_text(path, coding, separator, locale, most_columns)
    converted = convert(path, spool, kind=kind, sheet=sheet)
    table = _inspect_text(spool, Encoding("utf-8", has_nul=True), ",", locale, most_columns)
    return replace(table, sheet=converted.sheet, sheets=converted.sheets)


def _inspect_text(
    path: Path, coding: Encoding, separator: str | None, locale: str, most_columns: int
) -> Table:
    if separator is not None and not separates(separator):
        raise Unreadable(WRONG_SEPARATOR, code="wrong_separator")
    layout = Layout(path, coding.name, ",", 1, 0, lossy=coding.lossy, has_nul=coding.has_nul)
    with open_text(layout) as file:
        head = file.read(_HEAD_CHARACTERS)
    if not head.strip("\ufeff \t\r\n\x00,;|"):
        raise empty_file()
    chosen, declared = (
        separator or declared_separator(head),
        separator is None and bool(declared_separator(head)),
    )
    layout = replace(layout, separator=chosen or sniff_separator(head))
    return _count(layout, locale, most_columns, skip=1 if declared else 0)


def _count(layout: Layout, locale: str, most_columns: int, *, skip: int) -> Table:
    """One pass over all rows."""
    first: list[tuple[int, list[str]]] = []
    headers: list[str] = []
    samples: list[list[str]] = []
    count = 0
    with open_text(layout) as file:
        for number, row, _closed in numbered(file, layout.separator):
            if number <= skip or not row or not any(row):
                continue
            if not headers:
                first.append((number, row))
                if len(first) == _HEADER_SEARCH:
                    layout, headers, samples, count = _with_header(layout, first, locale, most_columns)
                continue
            count += 1
            if count <= SAMPLE_ROWS:
                _sample(samples, row)
            elif count > MAX_ROWS:
                raise TooLarge(TOO_MANY_ROWS, code="too_many_rows", max=f"{MAX_ROWS:,}")
    if not headers:
        layout, headers, samples, count = _with_header(layout, first, locale, most_columns)
    if count == 0:
        raise Unreadable(HEADER_ONLY, code="no_rows")
    return Table(layout, tuple(headers), tuple(tuple(column) for column in samples), count)


def _with_header(
    layout: Layout, first: Sequence[tuple[int, list[str]]], locale: str, most_columns: int
) -> tuple[Layout, list[str], list[list[str]], int]:
    if not first:
        raise Unreadable(NO_HEADER, code="no_header")
    position = header_position([row for _, row in first])
    number, row = first[position]
    while len(row) > 1 and not row[-1].strip():
        row = row[:-1]
    if len(row) > most_columns:
        raise Unreadable(TOO_MANY_COLUMNS, code="too_many_columns", max=most_columns)
    headers = tidy_headers(row, locale)
    samples: list[list[str]] = [[] for _ in headers]
    below = first[position + 1 :]
    for _, cells in below:
        _sample(samples, cells)
    return replace(layout, header_row=number, width=len(headers)), headers, samples, len(below)


def _sample(samples: list[list[str]], row: list[str]) -> None:
    for column, cell in zip(samples, row, strict=False):
        text = cell.strip()
        if text and len(text) < 2000:
            column.append(text)


def declared_separator(head: str) -> str | None:
    """The separator of a first line `sep=;`, as spreadsheet programs write it."""
    line = head.lstrip("\ufeff").split("\n", 1)[0].strip("\r").strip('"')
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 and separates(line[4]) else None


def separates(text: str) -> bool:
    """Whether a separator may be this: one character that no cell is made of."""
    return len(text) == 1 and not text.isalnum() and text not in '"\r\n\x00\x1e'


def sniff_separator(head: str) -> str:
    """The separator that cuts the first rows into the same number (more than one) of cells most often."""
    best, score = _best_separator(head, SEPARATORS)
    if score <= 1.0:
        rare, rare_score = _best_separator(head, RARE_SEPARATORS)
        best = rare if rare_score > 1.0 else best
    return best


def _best_separator(head: str, separators: Sequence[str]) -> tuple[str, float]:
    """The best of some, and how good it is: more than 1 where all rows and the header are cut alike."""
    best, best_score = ",", 0.0
    for separator in separators:
        # The last row of a cut-off head may be half a row.
        rows = [
            row for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), 101) if row
        ]
        counted = Counter(len(row) for row in (rows[:-1] if len(rows) > 3 else rows))
        if not counted:
            continue
        width, times = max(counted.items(), key=lambda item: (item[1] * min(item[0], 4), item[0]))
        if width < 2:
            continue
        header_fits = 1.0 if len(rows[0]) == width else 0.5
        score = times / counted.total() * header_fits * (1 + min(width, 20) / 20)
        if score > best_score:
            best, best_score = separator, score
    return best, best_score


def header_position(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows is the header: the first that is not a title line over a wider table.

    A row with too many cells is no header when a table stands above it, or nothing below.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    widest = max(filled)
    if widest < 3:
        return 0
    found = next((i for i, count in enumerate(filled) if count >= 2 and count * 2 >= widest), 0)
    above = filled[:found]
    if above and above[0] >= 2 and found == len(rows) - 1:
        return 0
    for usual, times in Counter(count for count in above if count >= 2).most_common(1):
        if times >= _TABLE_ABOVE:
            return above.index(usual)
    return found


def tidy_headers(row: Sequence[str], locale: str) -> list[str]:
    """Headers without white space around them; blank ones named, repeated ones numbered."""
    headers: list[str] = []
    taken: Counter[str] = Counter()
    for number, cell in enumerate(row, start=1):
        name = " ".join(cell.replace("\ufeff", "").replace("\x00", "").split())[:200]
        name = name or BLANK_HEADER.in_(locale, number=number)
        taken[name] += 1
        headers.append(f"{name} ({taken[name]})" if taken[name] > 1 else name)
    return headers
