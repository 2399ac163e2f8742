"""Everything kept of a person, as plain data: records, what hangs on them, consents, history, files.

*How it works*: the plan of an erasure says what is theirs; its records are read with every value, sensitive and
hidden ones included. Colleagues stand for their role, records of other people are left out with their names.

*Rules*: reads as the program, for a person has a right to all of it.
"""

import uuid
from typing import Any

from guanxi.engine.privacy.ledger import entries_of
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import JournalEntry, StoredFile
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.store.erasing import files_of
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.subjects.finding import Chosen, as_program
from guanxi.engine.subjects.planning import plan
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

FORMAT = "guanxi.person/1"
MOST_ENTRIES = 20_000
COLLEAGUE = Text("员工", "a colleague")


def gather(ctx: Ctx, records: Chosen) -> tuple[dict[str, Any], list[StoredFile]]:
    """The data (documented in docs/guide) and the rows of the files."""
    own = as_program(ctx)
    made = plan(own, records, {})
    theirs: Chosen = {}
    for part in (made.own, made.erase, made.keep, made.unlink):
        for key, ids in part.items():
            obj = get_schema(own).find(key)
            if obj is not None and (part is not made.unlink or not obj.identity):
                theirs.setdefault(key, []).extend(ids)
    shown = {i for ids in theirs.values() for i in ids}
    told = [each for key, ids in theirs.items() for each in _records(own, key, ids, shown)]
    ids = sorted(shown)
    consents = [
        {"purpose": each.purpose_name.in_(ctx.locale), "channel": each.channel, "scope": each.scope, "state": each.state,
         "at": each.at.isoformat(), "source": each.source, "text_shown": each.text_shown, "note": each.note}
        for key, group in made.own.items() for record_id in group for each in entries_of(own, key, record_id)
    ]  # fmt: skip
    files = list(
        StoredFile.objects.filter(workspace_id=ctx.workspace.id, id__in=files_of(own, ids)).order_by("id")
    )
    data = {
        "format": FORMAT,
        "made_at": ctx.now.isoformat(),
        "controller": ctx.workspace.name,
        "records": told,
        "consents": consents,
        "history": _history(own, made.own),
        "files": [{"id": str(row.id), "name": row.name, "size": row.size, "type": row.type} for row in files],
    }
    return data, files


def _records(ctx: Ctx, key: str, ids: list[uuid.UUID], shown: set[uuid.UUID]) -> list[dict[str, Any]]:
    obj = get_schema(ctx).find(key)
    if obj is None:
        return []
    found = []
    for deleted in (False, True):
        rows = [Change("update", i, {}) for i in ids]
        lock_rows(ctx, obj, rows, deleted=deleted, trusted=True, lock=False)
        found += [_record(ctx, obj, row, shown, deleted=deleted) for row in rows if row.before is not None]
    return found


def _record(ctx: Ctx, obj: ObjectDef, row: Change, shown: set[uuid.UUID], *, deleted: bool) -> dict[str, Any]:
    values = row.before or {}
    fields = []
    for f in obj.fields.values():
        value = values.get(f.key)
        if value is None or value in ("", []) or not f.in_row:
            continue
        told = _value(ctx, f, value, shown)
        if told is not None:
            fields.append({"field": f.key, "label": f.label.in_(ctx.locale), **told})
    return {
        "object": obj.key, "label": obj.label.in_(ctx.locale), "id": str(row.id), "in_recycle_bin": deleted,
        "fields": fields,
    }  # fmt: skip


def _value(ctx: Ctx, f: FieldDef, value: Any, shown: set[uuid.UUID]) -> dict[str, Any] | None:
    if f.type.references == "user" or f.type.type == "user":
        return {"value": None, "text": COLLEAGUE.in_(ctx.locale)}
    if f.type.is_record_link or f.type.references:
        held = [i for i in (value if isinstance(value, (list, tuple)) else [value]) if i in shown]
        return {"value": [str(i) for i in held], "text": ""} if held else None
    dumped = f.type.dump(value, f)
    text = f.type.format(f.type.to_api(value, f, from_json=False), f, environment(ctx))
    return {"value": dumped, "text": text}


def _history(ctx: Ctx, records: Chosen) -> list[dict[str, Any]]:
    schema = get_schema(ctx)
    found = []
    for key, ids in records.items():
        obj = schema.find(key)
        rows = JournalEntry.objects.filter(workspace_id=ctx.workspace.id, record_id__in=ids, erased=None)
        for row in rows.order_by("id")[:MOST_ENTRIES]:
            changes = {
                name: pair for name, pair in row.changes.items()
                if obj is not None and (f := obj.fields.get(name)) is not None
                and not f.is_sealed and not f.type.references and not f.type.is_record_link and f.type.type != "user"
            }  # fmt: skip
            found.append(
                {
                    "object": key,
                    "id": str(row.record_id),
                    "at": row.at.isoformat(),
                    "action": row.action,
                    "changes": changes,
                }
            )
    return found
