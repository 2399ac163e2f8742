"""Showing the value of a masked field: one record, one field, and it is written down.

*Rules*: only what the actor sees masked (what is hidden does not exist, what is read needs no revealing).
The journal and the audit hold who asked for which field, never the value.
"""

import uuid
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import Presenter
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.rows import write_mention
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record as audit
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

NOT_MASKED = Text("这个字段没有打码，不用申请查看。", "This field is not masked; there is nothing to reveal.")
UNKNOWN_FIELD = Text("没有这个字段。", "There is no such field.")
REVEAL = "reveal"


def reveal(ctx: Ctx, object_key: str, record_id: uuid.UUID, field_key: Any) -> dict[str, Any]:
    """`{"field", "value"}` of a field that the actor sees masked; raises NotFound, Invalid at `field`."""
    obj = rights.get_object(ctx, object_key)
    f = rights.shown(ctx, obj).get(field_key) if isinstance(field_key, str) else None
    if f is None:
        raise invalid("field", "unknown_field", UNKNOWN_FIELD)
    if not f.masked:
        raise invalid("field", "not_masked", NOT_MASKED)
    record = get_record(ctx, object_key, record_id, fields=["id"])
    compiler = Compiler(ctx, obj)
    presenter = Presenter(compiler, (f.key,), clear=True)
    base = compiler.base(where=Sql("r.id = %s", (record_id,)))
    rows = select_rows(Sql("SELECT ") + presenter.columns + " " + base)
    if not rows:
        raise NotFound
    write_mention(ctx, obj, record_id, record["version"], f.key, REVEAL)
    audit(ctx, "field.revealed", object_key=obj.key, record_id=record_id, field=f.key)
    return {"field": f.key, "value": presenter.records(rows)[0][f.key]}
