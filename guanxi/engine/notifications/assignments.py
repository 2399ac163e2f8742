"""Telling people that somebody handed records to them.

*How it works*: a hook on every object looks, after each pass of the write door, which records got an
owner who is not the one who wrote them. One statement reads them back grouped by owner (sample data left
out), one writes a notice a person. Passes of one batch (an import, a bulk edit) share one notice.

*Rules*: what the program does by itself tells nobody.
"""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

ASSIGNED = "record.assigned"

_ONE = Text("{actor} 把{object}「{record}」交给了你", "{actor} handed you the {object} “{record}”")
_MANY = Text("{actor} 交给你 {count} 个{objects}", "{actor} handed you {count} {objects}")
_SHOWN_TITLE = 200


class AssignmentHooks(RecordHooks):
    """Tells new owners."""

    object_key = "*"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """New owners, unless the program gives them by itself."""
        return "owner" in keys and ctx.via is not Via.SYSTEM

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Tell everybody who was handed records in this pass."""
        actor = ctx.actor.user_id
        if ctx.via is Via.SYSTEM or actor is None or "owner" not in obj.fields:
            return
        handed = [
            change.id
            for change in changes
            if change.op in ("create", "update")
            and change.changes("owner")
            and change.values["owner"] not in (None, actor)
        ]
        if handed:
            notify_each(ctx, ASSIGNED, [_notice(ctx, obj, row) for row in _by_owner(ctx, obj, handed)])


def _by_owner(ctx: Ctx, obj: ObjectDef, ids: list[uuid.UUID]) -> list[tuple[Any, ...]]:
    """(owner, number of records, one id, its title) of the records that are no sample data."""
    statement = (
        Sql(f"SELECT r.owner_id, count(*), min(r.id::text), min(r.title) FROM {table_of(obj)} r WHERE ")
        + rows_of(ctx, obj, "r")
        + Sql(" AND r.id = ANY(%s::uuid[]) AND NOT r.is_sample AND r.owner_id IS NOT NULL", (ids,))
        + " GROUP BY r.owner_id ORDER BY r.owner_id"
    )
    return select_rows(statement)


def _notice(ctx: Ctx, obj: ObjectDef, row: tuple[Any, ...]) -> Notice:
    owner, count, record_id, title = row
    single = f"/o/{obj.key}/{record_id}"
    several = f"/o/{obj.key}?view=builtin:mine"
    return Notice(
        user_id=owner,
        title=_ONE if count == 1 else _MANY,
        url=single if count == 1 else several,
        data={
            "actor": ctx.actor.name,
            "count": count,
            "object_key": obj.key,
            "object": _lowered(obj.label),
            "objects": _lowered(obj.label_plural),
            **({"record": title[:_SHOWN_TITLE], "record_id": record_id} if count == 1 else {}),
        },
        group=f"{ASSIGNED}:{obj.key}:{ctx.batch_id}" if ctx.batch_id else None,
        grouped_title=_MANY,
        grouped_url=several,
    )


def _lowered(label: Text) -> dict[str, str]:
    """The label inside a sentence: an English one without its capital, unless it is an abbreviation."""
    en = label.en if label.en[1:2].isupper() else label.en[:1].lower() + label.en[1:]
    return {"zh-CN": label.zh, "en": en}


hooks_registry.register(AssignmentHooks())
