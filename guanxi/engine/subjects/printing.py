"""The copy of a person's data as PDF: records, consents, and the names of the files beside it.

*Rules*: what is written in records is text in the PDF, never part of the template. A copy that cannot be printed (no
font with Chinese characters, or far too much) goes out without a PDF: the page in the zip says the same.

*See*: engine/press, copying.py.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from guanxi.engine.press.press import press
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

MOST_ROWS = 20_000
TITLE = Text("个人信息副本", "Copy of your data")
CONSENTS = Text("同意记录", "Consents")
FILES = Text("文件", "Files")
MORE = Text("还有 {count} 项，见 data.json", "{count} more in data.json")
log = logging.getLogger("guanxi.subjects")


def printed(ctx: Ctx, data: Mapping[str, Any]) -> bytes | None:
    """The PDF of what `gathering.gather` gives; None where it cannot be printed."""
    source = Path(__file__).with_name("copy.typ").read_text(encoding="utf-8")
    made_at = datetime.fromisoformat(data["made_at"])
    try:
        return press.print(source, _told(ctx, data), at=int(made_at.timestamp()))
    except Problem as problem:
        log.warning("A person's copy goes out without a PDF: %s", problem.code)
        return None


def _told(ctx: Ctx, data: Mapping[str, Any]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    left = MOST_ROWS
    for each in data["records"]:
        rows = [[f["label"], _text(f)] for f in each["fields"]]
        parts.append({"title": each["label"], "rows": rows[:left]})
        left -= len(rows[:left])
    if data["consents"]:
        rows = [[each["purpose"], _consent(each)] for each in data["consents"]]
        parts.append({"title": CONSENTS.in_(ctx.locale), "rows": rows[:left]})
    if data["files"]:
        rows = [[str(number), f["name"]] for number, f in enumerate(data["files"], 1)]
        parts.append({"title": FILES.in_(ctx.locale), "rows": rows[:MOST_ROWS]})
    whole = sum(len(each["fields"]) for each in data["records"]) + len(data["consents"])
    if whole > MOST_ROWS:
        parts.append({"title": MORE.in_(ctx.locale, count=whole - MOST_ROWS), "rows": []})
    return {
        "title": TITLE.in_(ctx.locale),
        "controller": data["controller"],
        "date": data["made_at"][:10],
        "lang": "zh" if ctx.locale.startswith("zh") else "en",
        "parts": parts,
    }


def _text(f: Mapping[str, Any]) -> str:
    value = f["text"] or f["value"]
    return "" if value is None else str(value)


def _consent(each: Mapping[str, Any]) -> str:
    return " · ".join(str(each[key]) for key in ("state", "channel", "scope", "at") if each[key])
