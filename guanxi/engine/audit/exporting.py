"""The audit as a file, for auditors: CSV or a workbook, at most MOST rows, newest first.

*Rules*: an export of the audit is itself in the audit, and carries who made it and when in its properties.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from guanxi.engine.audit.searching import Search, find, present
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.engine.transfer.exporting.watermark import mark_of
from guanxi.kit.formulas import neutral
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

MOST = 100_000
PAGE = 2000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAME = Text("审计日志", "Audit")
HEADERS = (
    Text("时间", "Time"), Text("事项", "What"), Text("人员", "Person"), Text("令牌", "Token"), Text("地址", "Address"),
    Text("程序", "Program"), Text("途径", "Through"), Text("请求", "Request"), Text("对象", "Object"),
    Text("记录编号", "Record"), Text("数量", "Count"), Text("详情", "Details"), Text("编号", "Id"),
)  # fmt: skip


def export(ctx: Ctx, search: Search, format_: str) -> bytes:
    """The bytes of the file."""
    rows = list(_cells(ctx, search))
    record(ctx, "audit.exported", count=len(rows), format=format_,
           search={name: getattr(search, name) for name in Search.__dataclass_fields__ if getattr(search, name)})  # fmt: skip
    headers = [header.in_(ctx.locale) for header in HEADERS]
    return _workbook(ctx, headers, rows) if format_ == "xlsx" else _csv(headers, rows)


def _cells(ctx: Ctx, search: Search) -> Iterator[list[str]]:
    cursor: str | None = None
    for _ in range(MOST // PAGE):
        entries, cursor = find(ctx, search, limit=PAGE, cursor=cursor)
        for row in present(ctx, entries):
            local = row["at"].astimezone(ctx.workspace.zone)
            yield [
                local.strftime("%Y-%m-%d %H:%M:%S"), Text.of(row["kind_label"]).in_(ctx.locale), _name(row["actor"]),
                _name(row["token"]), row["ip"], row["agent"], row["via"], row["operation"],
                Text.of(row["object_label"]).in_(ctx.locale) if row["object_label"] else "", row["record"] or "",
                str(row["count"]), dumps(row["detail"]).decode() if row["detail"] else "", row["id"],
            ]  # fmt: skip
        if cursor is None:
            return


def _name(person: dict[str, Any] | None) -> str:
    return (person["name"] or person["id"]) if person else ""


def _csv(headers: list[str], rows: list[list[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(headers)
    # A cell that a spreadsheet would take for a formula is written as text.
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _workbook(ctx: Ctx, headers: list[str], rows: list[list[str]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(mark_of(ctx).properties())
    sheet = book.add_worksheet(NAME.in_(ctx.locale))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate([headers, *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:32_767])
    book.close()
    return written.getvalue()
