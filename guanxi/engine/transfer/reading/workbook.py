"""Workbooks (xlsx, xlsb, xls, ods) as CSV: converted once, by a child process with limits of its own.

*How it works*: the archive is measured first (archive.py). Then `python -m …workbook_to_csv` reads the
workbook with calamine under limits on memory and time and writes one sheet as UTF-8 CSV. Whatever
happens in it (a lying archive, a parser's bug, gigabytes of cells) happens to the child alone, and every
later pass over the file is a cheap pass over CSV.

*Rules*: dates arrive as ISO text, whole numbers without `.0`, formulas as their last computed values.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guanxi.engine.transfer.reading.archive import check_archive
from guanxi.engine.transfer.reading.kinds import Kind
from guanxi.engine.transfer.reading.limits import (
    CONVERT_MEMORY_BYTES,
    CONVERT_SECONDS,
    IS_BROKEN,
    IS_PROTECTED,
    MAX_COLUMNS,
    MAX_ROWS,
    NO_SUCH_SHEET,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Unreadable,
    bomb,
    empty_file,
)
from guanxi.kit.errors import Problem, TooLarge

CONVERTER = "guanxi.engine.transfer.reading.workbook_to_csv"


@dataclass(frozen=True, slots=True)
class Converted:
    """What the converter made: the sheet's rows are in the target file."""

    sheet: str
    sheets: tuple[str, ...]


def convert(source: Path, target: Path, *, kind: Kind, sheet: str | None) -> Converted:
    """Write `sheet` (None: the first with rows) of the workbook `source` to `target`; raises `Problem`."""
    if kind == "archive":
        check_archive(source)
    limits = {
        "sheet": sheet,
        "memory": CONVERT_MEMORY_BYTES,
        "seconds": CONVERT_SECONDS,
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
    }
    command = [sys.executable, "-m", CONVERTER, str(source), str(target), json.dumps(limits)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=CONVERT_SECONDS + 10, check=False)
    except subprocess.TimeoutExpired:
        raise bomb() from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:  # killed by a limit, or by the parser
        raise bomb() from None
    if problem := answer.get("problem"):
        raise _PROBLEMS[problem](sheet or "")
    return Converted(sheet=answer["sheet"], sheets=tuple(answer["sheets"]))


_PROBLEMS: dict[str, Callable[[str], Problem]] = {
    "broken": lambda sheet: Unreadable(IS_BROKEN, code="damaged_workbook"),
    "protected": lambda sheet: Unreadable(IS_PROTECTED, code="protected_workbook"),
    "no_sheet": lambda sheet: Unreadable(NO_SUCH_SHEET, code="no_such_sheet", sheet=sheet[:60]),
    "empty": lambda sheet: empty_file(),
    "memory": lambda sheet: bomb(),
    "rows": lambda sheet: TooLarge(TOO_MANY_ROWS, code="too_many_rows", max=f"{MAX_ROWS:,}"),
    "columns": lambda sheet: Unreadable(TOO_MANY_COLUMNS, code="too_many_columns", max=MAX_COLUMNS),
}
