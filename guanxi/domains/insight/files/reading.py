"""A file as a table of texts, and its columns as days, amounts and names.

*How it works*: the import's reader finds encoding, separator and header; compressed files are unpacked first. A file
without a header, or with columns set by blanks, is read by the numbers of its columns (1, 2 …).

*Rules*: cells that cannot be read as what their role asks are counted and left out, never guessed.
"""

import gzip
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from dateutil import parser as dates

from guanxi.engine.transfer.reading.rows import read
from guanxi.engine.transfer.reading.tables import Table, inspect
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

EPOCH = date(1970, 1, 1)
_FORMATS = (
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y",
    "%Y年%m月%d日", "%Y-%m-%dT%H:%M:%S",
)  # fmt: skip
_CHUNK = 50_000
MOST_COLUMNS = 10_000
"""Series that lie side by side have a column a period."""

NO_COLUMN = Text(
    "文件里没有「{column}」这一列；有：{columns}", "There is no column “{column}”; there are: {columns}"
)
NO_DAY = Text("「{column}」里没有能识别的日期。", "There is no date to be read in “{column}”.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts; blanks are empty texts."""

    table: pl.DataFrame

    def name_of(self, column: str) -> str:
        """The column of a name (any case) or of a number (1 the first); raises Problem."""
        names = self.table.columns
        found = [name for name in names if name == column] or [
            name for name in names if name.strip().lower() == column.strip().lower()
        ]
        if found:
            return found[0]
        if column.isdigit() and 1 <= int(column) <= len(names):
            return names[int(column) - 1]
        shown = ", ".join(names[:40])
        raise Problem(NO_COLUMN, code="unknown_column", status=422, column=column, columns=shown)

    def texts(self, column: str) -> npt.NDArray[np.str_]:
        """A column as it is written, blanks around it taken off; what reads 17850.0 is 17850."""
        series = self.table[column].str.strip_chars().str.replace(r"^(\d+)\.0$", "$1")
        return series.to_numpy().astype(np.str_)

    def numbers(self, column: str) -> npt.NDArray[np.float64]:
        """A column as numbers; NaN where there is none."""
        plain = self.table[column].str.replace_all(r"[,，\s¥￥$€£%]", "")
        bracketed = plain.str.replace(r"^\((.+)\)$", "-$1")
        return bracketed.cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy().astype(np.float64)

    def days(self, column: str) -> npt.NDArray[np.int64]:
        """A column as days since 1970-01-01; the least number there is where there is none. Raises Problem without any."""
        series = self.table[column].str.strip_chars()
        filled = int((series != "").sum())
        for pattern in _FORMATS:
            found = series.str.to_datetime(pattern, strict=False)
            if found.is_not_null().sum() >= max(1, 0.98 * filled):
                return _as_days(found.dt.date())
        known = {text: _day(text) for text in series.unique().to_list()}
        if not any(known.values()):
            raise Problem(NO_DAY, code="no_dates", status=422, column=column)
        return _as_days(pl.Series([known[text] for text in series.to_list()], dtype=pl.Date))


BLANK_DAY = int(np.iinfo(np.int64).min)


def _as_days(series: pl.Series) -> npt.NDArray[np.int64]:
    return series.cast(pl.Int32).cast(pl.Int64).fill_null(BLANK_DAY).to_numpy().astype(np.int64)


def _day(text: str) -> date | None:
    if len(re.findall(r"\d", text)) < 4 or re.fullmatch(r"[\d.,]{1,7}", text):
        return None  # a number, not a day
    try:
        return dates.parse(text, default=datetime(2000, 1, 1)).date()  # noqa: DTZ001 - a day has no zone
    except (ValueError, OverflowError):
        return None


def to_date(day: int) -> date:
    """The date of a day counted from 1970-01-01."""
    return date.fromordinal(EPOCH.toordinal() + int(day))


def to_day(day: date) -> int:
    """Days from 1970-01-01 to a date."""
    return (day - EPOCH).days


def read_sheet(path: Path, *, sheet: str | None = None, locale: str = "zh-CN") -> Sheet:
    """The table in a file (CSV in any encoding and separator, XLSX; `.gz` too). Raises `Problem`."""
    with tempfile.TemporaryDirectory() as folder:
        plain = _unpacked(path, Path(folder))
        if (rows := _set_by_blanks(plain)) is not None:
            return Sheet(_numbered(rows))
        found = inspect(
            plain, spool=Path(folder) / "spool.csv", sheet=sheet, locale=locale, most_columns=MOST_COLUMNS
        )
        rows = [row for chunk in read(found.layout, size=_CHUNK) for row in _whole(chunk.rows, found)]
        if all(_is_value(header) for header in found.headers):
            return Sheet(_numbered([list(found.headers), *rows]))
        return Sheet(pl.DataFrame(rows, schema=list(found.headers), orient="row", infer_schema_length=None))


def _unpacked(path: Path, folder: Path) -> Path:
    if path.suffix != ".gz":
        return path
    target = folder / path.stem
    with gzip.open(path) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return target


def _whole(rows: Sequence[list[str]], table: Table) -> list[list[str]]:
    width = len(table.headers)
    return [row[:width] for row in rows if len(row) >= width]


def _set_by_blanks(path: Path) -> list[list[str]] | None:
    """The rows of a plain text whose columns stand apart by blanks alone; None for anything else."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    if b"\0" in head or any(mark in head for mark in (b",", b";", b"\t", b"|", b'"')):
        return None
    try:
        lines = head.decode("ascii").splitlines()[:-1] or head.decode("ascii").splitlines()
    except UnicodeDecodeError:
        return None
    widths = {len(line.split()) for line in lines if line.strip()}
    if len(widths) != 1 or widths.pop() < 2:
        return None
    return [line.split() for line in path.read_text("ascii").splitlines() if line.strip()]


def _numbered(rows: list[list[str]]) -> pl.DataFrame:
    names = [str(number) for number in range(1, len(rows[0]) + 1)]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


def _is_value(header: str) -> bool:
    """Whether a header is a number or a date, which is to say no header."""
    return bool(re.fullmatch(r"[-\d.,:/ ]+", header.strip()))
