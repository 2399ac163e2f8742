"""The error workbook: the refused rows as they were, what is wrong beside them, ready to be corrected.

Its columns are the file's own, so that it can be imported again as it is; the column with the reasons is
recognised by its header and left out.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from guanxi.kit.text import Text

REASON_HEADER = Text("未导入的原因", "Why it was not imported")
REASON_HEADERS = frozenset({REASON_HEADER.zh, REASON_HEADER.en})
SHEET = Text("未导入的行", "Not imported")
_MAX_COMMENTS = 50_000


def write_errors(path: Path, headers: Sequence[str], rows: Iterable[Any], locale: str) -> None:
    """Write the workbook; `rows` have `cells` and `errors` as they are stored."""
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True})
        bad = book.add_format({"bg_color": "#FFE1DE", "font_color": "#A8071A"})
        reason = book.add_format({"font_color": "#A8071A"})
        sheet = book.add_worksheet(SHEET.in_(locale))
        sheet.freeze_panes(1, 0)
        for column, header in enumerate([*headers, REASON_HEADER.in_(locale)]):
            sheet.write_string(0, column, header, bold)
        sheet.set_column(0, len(headers), 18)
        comments = 0
        for number, row in enumerate(rows, start=1):
            messages: dict[int | None, list[str]] = {}
            for error in row.errors:
                messages.setdefault(error["index"], []).append(
                    error["message"].get(locale) or error["message"]["en"]
                )
            for column, cell in enumerate(row.cells[: len(headers)]):
                said = messages.get(column)
                sheet.write_string(number, column, cell, bad if said else None)
                if said and comments < _MAX_COMMENTS:
                    sheet.write_comment(number, column, "\n".join(said), {"visible": False})
                    comments += 1
            every = [f"{headers[i]}: {text}" if i is not None and i < len(headers) else text
                     for i, texts in messages.items() for text in texts]  # fmt: skip
            sheet.write_string(number, len(headers), "\n".join(every), reason)
