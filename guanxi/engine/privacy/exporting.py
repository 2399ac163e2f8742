"""The processing register as a file: a workbook, or a page to print (PIPL art. 54-56, GDPR art. 30).

*Rules*: texts are written as texts, never as formulas, and escaped in HTML; who made the file and when stands in it.
"""

import html
import io
from typing import Any

import xlsxwriter

from guanxi.engine.privacy import rows
from guanxi.engine.privacy.models import Purpose
from guanxi.engine.privacy.purposes import list_purposes
from guanxi.engine.privacy.rules import BASES, CHANNELS, SEPARATE
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.text import Text

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}
TITLE = Text("个人信息处理活动登记", "Register of processing activities")
MADE = Text("{company}，{name} 于 {at} 生成", "{company}, made by {name} at {at}")
ALL_FIELDS = Text("全部字段", "all fields")
IN_USE = Text("使用中", "In use")
RETIRED = Text("已停用", "Retired")
COLUMNS = (
    Text("处理目的", "Purpose"), Text("说明", "Description"), Text("合法性基础", "Legal basis"), Text("法律条款", "Article"),
    Text("个人类别", "People"), Text("个人信息", "Data"), Text("联系渠道", "Channels"), Text("单独同意", "Separate consent"),
    Text("接收方", "Recipients"), Text("向境外提供", "Sent abroad"), Text("保存期限", "Kept for"),
    Text("安全措施", "Security measures"), Text("状态", "State"),
)  # fmt: skip


def export(ctx: Ctx, format_: str) -> bytes:
    """The bytes of the register in `format_` (one of TYPES); raises Forbidden."""
    rows.require_look(ctx)
    found = list_purposes(ctx)
    record(ctx, "privacy.changed", count=len(found), what="register", exported=format_)
    head = [column.in_(ctx.locale) for column in COLUMNS]
    lines = [_cells(ctx, row) for row in found]
    return _workbook(ctx, head, lines) if format_ == "xlsx" else _page(ctx, head, lines)


def made_by(ctx: Ctx) -> str:
    """Who made a file, and when."""
    at = ctx.today.strftime("%Y-%m-%d %H:%M")
    return MADE.in_(ctx.locale, company=ctx.workspace.name, name=ctx.actor.name, at=at)


def _cells(ctx: Ctx, row: Purpose) -> list[str]:
    basis = BASES[row.basis]
    data = [*(_data(ctx, part) for part in row.data), *([row.data_note] if row.data_note else [])]
    recipients = [
        " ".join(filter(None, (r["name"], r["place"], r["why"], r["contact"]))) for r in row.recipients
    ]
    return [
        _said(ctx, row.name), _said(ctx, row.description),
        "\n".join(filter(None, (basis.label.in_(ctx.locale), row.basis_note))), basis.article.in_(ctx.locale),
        "\n".join(row.people), "\n".join(filter(None, data)),
        "\n".join(CHANNELS[key].in_(ctx.locale) for key in row.channels),
        "\n".join(SEPARATE[key].in_(ctx.locale) for key in row.separate), "\n".join(recipients), row.cross_border,
        row.retention, row.measures, (RETIRED if row.retired else IN_USE).in_(ctx.locale),
    ]  # fmt: skip


def _said(ctx: Ctx, given: dict[str, str]) -> str:
    return Text.of(given).in_(ctx.locale) if given else ""


def _data(ctx: Ctx, part: dict[str, Any]) -> str:
    obj = get_schema(ctx).find(part["object"])
    if obj is None:
        return ""
    names = [obj.fields[key].label.in_(ctx.locale) for key in part["fields"] if key in obj.fields]
    listed = ", ".join(names) if part["fields"] else ALL_FIELDS.in_(ctx.locale)
    return f"{obj.label.in_(ctx.locale)}: {listed}"


def _workbook(ctx: Ctx, head: list[str], lines: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties(
            {"title": TITLE.in_(ctx.locale), "author": ctx.actor.name, "comments": made_by(ctx)}
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F0F3F7"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(TITLE.in_(ctx.locale)[:31])
        sheet.set_column(0, len(head) - 1, 24)
        sheet.freeze_panes(1, 1)
        for x, name in enumerate(head):
            sheet.write_string(0, x, name, bold)
        for y, cells in enumerate(lines, start=1):
            for x, cell in enumerate(cells):
                sheet.write_string(y, x, cell, plain)
        sheet.write_string(len(lines) + 2, 0, made_by(ctx))
    return buffer.getvalue()


def _page(ctx: Ctx, head: list[str], lines: list[list[str]]) -> bytes:
    title = html.escape(TITLE.in_(ctx.locale))
    blocks = [
        "<section><h2>" + html.escape(cells[0]) + "</h2><table>"
        + "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(cell)}</td></tr>"
            for name, cell in zip(head[1:], cells[1:], strict=True)
            if cell
        )
        + "</table></section>"
        for cells in lines
    ]  # fmt: skip
    style = (
        "body{font:14px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
        "th{text-align:left;vertical-align:top;width:12em;padding-right:1em}td{white-space:pre-line}"
        "section{break-inside:avoid;border-top:1px solid #ccd}"
    )
    page = (
        f'<!doctype html><html lang="{ctx.locale}"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<h1>{title}</h1><p>{html.escape(made_by(ctx))}</p>{''.join(blocks)}</html>"
    )
    return page.encode()
