"""Bringing in consents that were given elsewhere: rows that find their record by a number or an address.

*How it works*: each row names a value of one field (phone, e-mail, id), a purpose and what was said. All values are looked
up in one statement; a row that finds no record, or several, is refused by its number and the others are kept.
`dry_run` tells the same without writing.

*Rules*: who looks after privacy, and only for records they may change. The source is `import`, and the note says from where.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.privacy import rows
from guanxi.engine.privacy.ledger import Word, check_words, named_purposes
from guanxi.engine.privacy.models import ConsentEntry
from guanxi.engine.privacy.rules import GENERAL, GIVEN
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import FieldError, invalid
from guanxi.kit.sql import Sql, all_of, sql
from guanxi.kit.text import Text

MAX_ROWS = 5000
SHOWN_ERRORS = 200
NOBODY = uuid.UUID(int=0)
BAD_ROWS = Text("这里需要 1 到 {max} 行。", "1 to {max} rows are needed here.")
BAD_MATCH = Text("不能按这个字段查找。", "Records cannot be found by this field.")
NO_RECORD = Text("没有找到对应的记录。", "No record has this value.")
SEVERAL = Text("有多条记录都是这个值，无法确定是谁。", "Several records have this value.")
IN_FUTURE = Text("时间不能在将来。", "This moment lies in the future.")


@dataclass(slots=True)
class _Asked:
    object: str = ""
    match: str = ""
    note: str = ""
    dry_run: bool = False
    rows: Any = None


def run(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """`{"written", "refused", "errors": [{"row", "field", "message"}]}`; raises Forbidden, Invalid."""
    rows.require_desk(ctx)
    asked = _Asked()
    rows.fill(asked, given, {
        "object": rows.text(40), "match": rows.text(40), "note": rows.text(500), "dry_run": rows.flag, "rows": _rows,
    }, needed=("object", "match", "note", "rows"))  # fmt: skip
    obj = rights.get_object(ctx, asked.object)
    rights.require(ctx, obj, "edit")
    items = [_Item(i, item) for i, item in enumerate(asked.rows)]
    _find(ctx, obj, asked.match, items)
    purposes = named_purposes(ctx, [item.word for item in items])
    for item in items:
        item.errors += [
            FieldError(error.field.rpartition(".")[2], error.code, error.text, error.values)
            for error in check_words([item.word], purposes)
        ]
        if item.at is not None and item.at > ctx.now:
            item.errors.append(FieldError("at", "in_future", IN_FUTURE))
    good = [item for item in items if not item.errors]
    if good and not asked.dry_run:
        ConsentEntry.objects.bulk_create([
            ConsentEntry(
                workspace_id=ctx.workspace.id, object_key=obj.key, record_id=item.record_id,
                purpose_id=purposes[item.word.purpose].id, channel=item.word.channel, scope=item.word.scope,
                state=item.word.state, at=item.at or ctx.now, source="import", note=asked.note, by=ctx.actor.user_id,
                by_name=ctx.actor.name[:120], ip=ctx.origin.ip[:45], recorded_at=ctx.now,
            )
            for item in good
        ], batch_size=1000)  # fmt: skip
        record(ctx, "consent.recorded", object_key=obj.key, count=len(good), source="import", note=asked.note)
    errors = [{"row": item.index + 1, **error.as_json(ctx.locale)} for item in items for error in item.errors]
    return {"written": len(good), "refused": len(items) - len(good), "errors": errors[:SHOWN_ERRORS]}


class _Item:
    """One row: what it says, and the record it is about."""

    def __init__(self, index: int, given: Mapping[str, Any]) -> None:
        self.index = index
        self.value: str = given["value"]
        self.word = Word(
            given["purpose"], given["state"] or GIVEN, given["channel"] or GENERAL, given["scope"] or GENERAL
        )
        self.at = given["at"]
        self.record_id = NOBODY
        self.errors: list[FieldError] = []


def _rows(value: Any) -> list[dict[str, Any]]:
    one = rows.shape(
        value=rows.text(400), purpose=rows.text(60), channel=rows.text(20), scope=rows.text(20),
        state=rows.text(20), at=rows.moment,
    )  # fmt: skip
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_ROWS:
        raise Refusal("wrong_type", BAD_ROWS, max=MAX_ROWS)
    return [one(item) for item in value]


def _find(ctx: Ctx, obj: ObjectDef, match: str, items: list[_Item]) -> None:
    """Set each item's record, or say why there is none."""
    compiler = Compiler(ctx, obj)
    found = compiler.resolve(match, "match")
    f = found.field
    if match != "id" and (not f.type.can_be_unique or f.computed is not None):
        raise invalid("match", "not_possible", BAD_MATCH)
    wanted = {item.index: _normal(compiler, f, item.value) for item in items}
    values = sorted({value for value in wanted.values() if value})
    held = sql("({})::text", f.type.expression(found.source))
    may = rights.editable(ctx, compiler.schema, obj, "r")
    where = all_of([sql("{} = ANY({})", held, Sql("%s::text[]", (values,))), may])
    known: dict[str, list[uuid.UUID]] = {}
    for value, record_id in select_rows(
        sql("SELECT {}, r.id ", held) + compiler.base(where=where) + " LIMIT 20000"
    ):
        known.setdefault(value, []).append(record_id)
    for item in items:
        ids = known.get(wanted[item.index] or "", [])
        if len(ids) == 1:
            item.record_id = ids[0]
        else:
            item.errors.append(
                FieldError("value", "several" if ids else "not_found", SEVERAL if ids else NO_RECORD)
            )


def _normal(compiler: Compiler, f: FieldDef, text: str) -> str | None:
    """A value as the field stores it; None for what it cannot be."""
    try:
        parsed = f.type.parse(text, f, compiler.env)
    except Refusal:
        return None
    return None if parsed is None else str(f.type.dump(parsed, f))
