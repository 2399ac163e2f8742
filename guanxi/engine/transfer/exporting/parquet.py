"""Exports as Parquet: for programs that analyse, with typed columns under the API's names.

*How it works*: rows are gathered to frames of FRAME, each written as a part of its own beside the file; at the end the
parts are streamed into one, so that memory holds a frame at a time. Numbers are decimals (money must not lose a cent),
days and moments what they are, everything else is text as people read it, as in the other formats.

*Rules*: columns are named by their path (`customer.name`), which stays when a label changes or the reader's language
does. What does not fit its column is nothing, never something else.
"""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import polars as pl

from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.transfer.exporting.columns import ExportColumn, cell_text
from guanxi.engine.transfer.exporting.watermark import Mark

FRAME = 20_000
_PLACES = 10
_MOST = Decimal(10) ** 27


class ParquetWriter:
    """One file, compressed, a column a field."""

    media_type = "application/vnd.apache.parquet"

    def __init__(
        self, path: Path, columns: Sequence[ExportColumn], env: Env, mark: Mark | None = None
    ) -> None:
        self._path, self._columns, self._env, self._mark = path, columns, env, mark
        self._schema = {column.path: _kind(column) for column in columns}
        self._parts = path.with_name(f"{path.name}.parts")
        self._parts.mkdir(mode=0o700)
        self._rows: list[tuple[Any, ...]] = []
        self._written = 0

    def write(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Add records."""
        for record in records:
            self._rows.append(tuple(self._cell(column, record) for column in self._columns))
            if len(self._rows) >= FRAME:
                self._flush()

    def _cell(self, column: ExportColumn, record: Mapping[str, Any]) -> Any:
        value = record.get(column.path)
        if value is None:
            return None
        kind = self._schema[column.path]
        if kind == pl.String:
            return cell_text(column, record, self._env) or None
        return _fitting(kind, value)

    def _flush(self) -> None:
        frame = pl.DataFrame(self._rows, schema=self._schema, orient="row")
        frame.write_parquet(self._parts / f"{self._written:06}.parquet")
        self._rows = []
        self._written += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        try:
            if kind is None:
                self._flush()
                said = {"guanxi": self._mark.line} if self._mark is not None and self._mark.line else None
                parts = sorted(self._parts.glob("*.parquet"))
                pl.scan_parquet(parts).sink_parquet(self._path, metadata=said)
        finally:
            shutil.rmtree(self._parts, ignore_errors=True)


def _kind(column: ExportColumn) -> Any:
    kind = column.field.type.column_type
    if "avg" in column.field.type.measures:
        return pl.Decimal(38, _PLACES)
    known = {"date": pl.Date, "timestamptz": pl.Datetime("us", "UTC"), "boolean": pl.Boolean}
    return known.get(kind, pl.String)


def _fitting(kind: Any, value: Any) -> Any:
    if kind == pl.Boolean:
        return value if isinstance(value, bool) else None
    if kind == pl.Date:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if kind == pl.Datetime("us", "UTC"):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return None
    number = Decimal(str(value))
    return round(number, _PLACES) if number.is_finite() and abs(number) < _MOST else None
