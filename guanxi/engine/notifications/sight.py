"""Notices name records, and people lose the sight of records: what a notice still says to its reader.

*How it works*: a notice that names a record holds its title in `data["record"]`, and says which it is by
`data["object_key"]` and `data["record_id"]` or by its address. Of one page of notices the titles of those
that the reader sees are read in one statement; for all others the title and the address are left out.

*Rules*: asked when the notice is read, not when it was written: rights are those of now.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.notifications.models import Notification
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

RECORD = "record"
OUT_OF_SIGHT = Text("你看不到的记录", "a record you cannot see")
_ADDRESS = re.compile(r"^/o/([a-z][a-z0-9_]*)/([0-9a-f-]{36})\Z")
_TOLD_OF_IT = (RECORD, "record_id")

Named = tuple[str, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Told:
    """What of a notice is for its reader."""

    values: dict[str, Any]
    data: dict[str, Any]
    url: str


def told(ctx: Ctx, rows: Sequence[Notification]) -> list[Told]:
    """Of each notice, its values for the text, its data and its address."""
    about = [_about(row) for row in rows]
    titles = _titles(ctx, {named for named in about if named})
    return [_told(row, named, titles) for row, named in zip(rows, about, strict=True)]


def _about(row: Notification) -> Named | None:
    """The record that a notice names or leads to."""
    address = _ADDRESS.match(row.url or "")
    if address is not None:
        return _named(address[1], address[2])
    return _named(row.data.get("object_key"), row.data.get("record_id"))


def _named(key: Any, given: Any) -> Named | None:
    found = parse_id(given) if isinstance(given, str) else None
    return (key, found) if isinstance(key, str) and found is not None else None


def _titles(ctx: Ctx, wanted: set[Named]) -> dict[Named, str]:
    """The titles of those that the reader sees."""
    schema = get_schema(ctx)
    ids: dict[str, set[uuid.UUID]] = {}
    for key, record_id in wanted:
        found = schema.find(key)
        if found is not None and found.record:
            ids.setdefault(key, set()).add(record_id)
    first = next((obj for key in ids if (obj := schema.find(key))), None)
    if first is None:
        return {}
    return {named: shown["title"] for named, shown in titles_of(Compiler(ctx, first), ids).items()}


def _told(row: Notification, named: Named | None, titles: dict[Named, str]) -> Told:
    if named is not None and named in titles:
        return Told(row.data | ({RECORD: titles[named]} if RECORD in row.data else {}), row.data, row.url)
    if named is None and RECORD not in row.data:
        return Told(row.data, row.data, row.url)
    kept = {key: value for key, value in row.data.items() if key not in _TOLD_OF_IT}
    url = "" if _ADDRESS.match(row.url or "") else row.url
    return Told(kept | {RECORD: OUT_OF_SIGHT.as_dict()}, kept, url)
