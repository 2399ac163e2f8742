"""Papers made of papers: a quote of a deal, the next version of a quote, a contract of a quote."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import create_whole
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT, POSITION
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx

_SYSTEM = {"owner", "created_at", "created_by", "updated_at", "updated_by", PARENT, POSITION}


def make_paper(
    ctx: Ctx, object_key: str, values: Mapping[str, Any], lines: Sequence[Change]
) -> dict[str, Any]:
    """Make a draft with copies of lines, and give a link to it (`{"id", "title", "object"}`).

    The lines' prices stay; what follows from them is worked out with the draft's own discount.
    """
    known = get_object(ctx, line_key(object_key, "items")).fields
    given = {key: value for key, value in values.items() if value is not None}
    made = create_whole(ctx, object_key, given, {"items": [_copied(line, known) for line in lines]})
    return {"id": str(made), "title": str(given.get("name") or ""), "object": object_key}


def _copied(line: Change, known: Mapping[str, Any]) -> dict[str, Any]:
    before = line.before or {}
    kept = {
        key: value
        for key, value in before.items()
        if key in known and key not in _SYSTEM and value is not None
    }
    return kept | {"list_price": before.get("list_price")}
