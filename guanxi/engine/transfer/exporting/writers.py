"""The kinds of files an export writes: two for spreadsheets, row by row, never holding more than one; parquet.py for the third.

CSV starts with a byte-order mark, because spreadsheet programs on Windows take it for the local code
page otherwise. XLSX keeps numbers, dates and moments as such; every text is written as a string.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import xlsxwriter

from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.transfer.exporting.columns import ExportColumn, cell_text, csv_cell
from guanxi.engine.transfer.exporting.parquet import ParquetWriter
from guanxi.engine.transfer.exporting.watermark import Mark

MAX_XLSX_ROWS = 1_048_575
MAX_XLSX_TEXT = 32_767
_FIRST_DAY = date(1900, 3, 1)
_DIGITS = 15


class Writer(Protocol):
    """A file being written."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def write(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Add records."""


class CsvWriter:
    """UTF-8 with a mark, commas, CRLF."""

    media_type = "text/csv; charset=utf-8"

    def __init__(
        self, path: Path, columns: Sequence[ExportColumn], env: Env, mark: Mark | None = None
    ) -> None:
        self._columns, self._env, self._mark = columns, env, mark
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow([column.header for column in columns])

    def write(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Add records."""
        columns, env = self._columns, self._env
        self._writer.writerows([[csv_cell(column, record, env) for column in columns] for record in records])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._mark is not None and self._mark.line:
            self._writer.writerow([self._mark.line])
        self._file.close()


class XlsxWriter:
    """One sheet, header bold and frozen, typed cells."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(
        self, path: Path, columns: Sequence[ExportColumn], env: Env, mark: Mark | None = None
    ) -> None:
        self._columns, self._env, self._mark = columns, env, mark
        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        if mark is not None:
            self._book.set_properties(mark.properties())
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        bold = self._book.add_format({"bold": True})
        for index, column in enumerate(columns):
            self._sheet.write_string(0, index, column.header, bold)
            self._sheet.set_column(index, index, 24 if index == 0 else 16)
        self._row = 0

    def write(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Add records."""
        for record in records:
            self._row += 1
            for index, column in enumerate(self._columns):
                value = record.get(column.path)
                if value is not None and not self._typed(index, column, value):
                    text = cell_text(column, record, self._env)[:MAX_XLSX_TEXT]
                    if text:
                        self._sheet.write_string(self._row, index, text)

    def _typed(self, index: int, column: ExportColumn, value: Any) -> bool:
        """Write a number, a date or a moment as what it is; False when it is better written as text."""
        kind = column.field.type.column_type
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            # A spreadsheet keeps 15 digits; more of them survive as text only.
            if len(format(Decimal(str(value)), "f").replace(".", "").lstrip("-0")) > _DIGITS:
                return False
            self._sheet.write_number(self._row, index, float(value))
            return True
        if kind == "date":
            day = date.fromisoformat(value) if isinstance(value, str) else value
            if day < _FIRST_DAY:
                return False
            self._sheet.write_datetime(
                self._row, index, datetime.combine(day, datetime.min.time()), self._date
            )
            return True
        if kind == "timestamptz":
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
            local = (
                moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(self._env.zone).replace(tzinfo=None)
            )
            if local.date() < _FIRST_DAY:
                return False
            self._sheet.write_datetime(self._row, index, local.replace(microsecond=0), self._moment)
            return True
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._mark is not None and self._mark.line:
            self._sheet.write_string(self._row + 1, 0, self._mark.line)
        self._book.close()


WRITERS: Mapping[str, type[CsvWriter] | type[XlsxWriter] | type[ParquetWriter]] = {
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "parquet": ParquetWriter,
}
