"""The converter process: one sheet of a workbook to CSV, under limits (see workbook.py).

Called as `python -m guanxi.engine.transfer.reading.workbook_to_csv SOURCE TARGET LIMITS`; prints one JSON
object: `{"sheet", "sheets"}` or `{"problem"}`. Imports nothing of ours, so that it starts fast.
"""

import csv
import json
import re
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

# How workbooks write characters that XML cannot hold (_x0001_), and the underscore before what looks so.
_ESCAPED = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def main() -> None:
    """Convert, and say what came of it."""
    source, target, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    _limit(limits["memory"], limits["seconds"])
    try:
        answer = _convert(source, Path(target), limits)
    except MemoryError:
        answer = {"problem": "memory"}
    except PasswordError:
        answer = {"problem": "protected"}
    except (CalamineError, OSError, ValueError, EOFError) as error:
        protected = "password" in str(error).lower() or "encrypt" in str(error).lower()
        answer = {"problem": "protected" if protected else "broken"}
    print(json.dumps(answer))


def _limit(memory: int, seconds: int) -> None:
    # Windows has no such limits: there the parent's time-out is the only one.
    with suppress(ImportError):
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _convert(source: str, target: Path, limits: dict[str, Any]) -> dict[str, Any]:
    workbook = CalamineWorkbook.from_path(source)
    shown = [meta.name for meta in workbook.sheets_metadata if str(meta.visible).endswith("Visible")]
    sheets = [name for name in workbook.sheet_names if name in shown] or workbook.sheet_names
    wanted = limits["sheet"]
    if wanted is not None and wanted not in workbook.sheet_names:
        return {"problem": "no_sheet"}
    for name in [wanted] if wanted is not None else sheets:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None or sheet.end is None:
            continue
        if sheet.height > limits["rows"] + 100:
            return {"problem": "rows"}
        if sheet.width > limits["columns"]:
            return {"problem": "columns"}
        _write(sheet, target)
        return {"sheet": name, "sheets": sheets}
    return {"problem": "empty"}


def _write(sheet: CalamineSheet, target: Path) -> None:
    assert sheet.start is not None
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        # Rows keep the numbers they have in the spreadsheet, so that people find them again.
        for _ in range(sheet.start[0]):
            file.write("\n")
        skipped = 0
        for row in sheet.iter_rows():
            cells = [
                cell if type(cell) is str and cell[:1] != "'" and "_x" not in cell else _text(cell)
                for cell in row
            ]
            if not any(cells):
                skipped += 1
                continue
            for _ in range(skipped):
                file.write("\n")
            skipped = 0
            writer.writerow(cells)


def _text(cell: Any) -> str:
    """A typed cell as the text that the fields' cell readers understand."""
    if isinstance(cell, str):
        cell = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
        # In CSV an apostrophe before a formula is a mark (rules/formulas.py); in a workbook it is text.
        return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULA_STARTS else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # 15 digits are what spreadsheets keep and show: 0.30000000000000004 is 0.3 to people.
        return format(Decimal(format(cell, ".15g")), "f")
    if isinstance(cell, datetime):
        whole_day = cell.hour == cell.minute == cell.second == 0
        return cell.date().isoformat() if whole_day else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes") if cell.second == 0 else cell.isoformat(timespec="seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
