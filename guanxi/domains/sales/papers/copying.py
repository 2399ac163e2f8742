"""Papers made of papers: a quote of a deal, the next version of a quote, a contract of a quote."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT, POSITION
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_id


def make_paper(
    ctx: Ctx, object_key: str, values: Mapping[str, Any], lines: Sequence[Change]
) -> dict[str, Any]:
    """Make a draft with copies of lines, and give a link to it (`{"id", "title", "object"}`).

    The lines' prices stay; what follows from them is worked out with the draft's own discount.
    """
    made = Change("create", new_id(), {key: value for key, value in values.items() if value is not None})
    bulk_write(ctx, object_key, [made], partial=False, trusted=True)
    if lines:
        known = get_object(ctx, line_key(object_key, "items")).fields
        copies = [
            Change("create", new_id(), _copied(line, known) | {PARENT: made.id, POSITION: n + 1}, index=n)
            for n, line in enumerate(lines)
        ]
        bulk_write(ctx, line_key(object_key, "items"), copies, partial=False, trusted=True)
    return {"id": str(made.id), "title": str(made.value("name") or ""), "object": object_key}


def _copied(line: Change, known: Mapping[str, Any]) -> dict[str, Any]:
    system = {"owner", "created_at", "created_by", "updated_at", "updated_by", PARENT, POSITION}
    before = line.before or {}
    return {
        key: value
        for key, value in before.items()
        if key in known and key not in system and value is not None
    }
