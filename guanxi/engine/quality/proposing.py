"""What a repair would change, without changing it.

*How it works*: one SELECT finds the rows that some mend of the repair is for and reads what it needs; the
mends make new values of them in Python. The same pass, chunk by chunk, feeds the preview and the repair
itself, so that what is done is what was shown.

*Rules*: only records the actor may see and change; at most SCAN rows are looked through for a preview.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.repairs import repair_registry
from guanxi.engine.quality.repairs.base import Mend, Repair
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import TRUE, Sql, all_of, any_of, join, sql

SCAN = 5000
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """New values for a record as it was read: field → (before, after)."""

    id: uuid.UUID
    title: str
    version: int
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """Proposals of one stretch; `last` is the id to go on after, None at the end."""

    proposals: list[Proposal]
    last: uuid.UUID | None


def previews(ctx: Ctx, obj: ObjectDef) -> list[dict[str, Any]]:
    """Every repair that has something to do for the object: its count, and examples before and after."""
    shown = []
    for repair in repair_registry:
        found = propose(ctx, obj, repair, limit=SCAN)
        if found.proposals:
            shown.append(
                {
                    "key": repair.key,
                    "label": repair.label.as_dict(),
                    "doc": repair.doc.as_dict(),
                    "count": len(found.proposals),
                    "exact": found.last is None,
                    "examples": [_example(ctx, obj, item) for item in found.proposals[:EXAMPLES]],
                }
            )
    return shown


def propose(ctx: Ctx, obj: ObjectDef, repair: Repair, *, after: uuid.UUID | None = None, limit: int) -> Found:
    """What the repair would change among the next `limit` rows that it is for, in the order of ids."""
    compiler = Compiler(ctx, obj)
    mends = repair.mends(compiler)
    if not mends or not rights.can(ctx, obj, "bulk"):
        return Found([], None)
    pieces = []
    for mend in mends:
        pieces += [sql("(({}) IS TRUE)", mend.wanted), _stored(compiler, mend.source)]
        pieces.append(_stored(compiler, mend.field.key))
    where = all_of(
        [
            any_of([sql("({}) IS TRUE", mend.wanted) for mend in mends]),
            rights.editable(ctx, compiler.schema, obj, "r"),
            Sql("r.id > %s", (after,)) if after else TRUE,
        ]
    )
    columns = join([Sql("r.id, r.title, r.version"), *pieces])
    statement = Sql("SELECT ") + columns + " " + compiler.base(where=where)
    rows = select_rows(statement + sql(" ORDER BY r.id LIMIT {}", limit + 1))
    kept = rows[:limit]
    proposals = [found for row in kept if (found := _proposal(compiler, mends, row)) is not None]
    return Found(proposals, kept[-1][0] if len(rows) > limit else None)


def _stored(compiler: Compiler, path: str) -> Sql:
    return compiler.resolve(path, path).source.sql(as_text=False)


def _proposal(compiler: Compiler, mends: Sequence[Mend], row: tuple[Any, ...]) -> Proposal | None:
    record_id, title, version, *values = row
    changes: dict[str, tuple[Any, Any]] = {}
    for i, mend in enumerate(mends):
        wanted, source, before = values[3 * i : 3 * i + 3]
        if not wanted:
            continue
        read = compiler.resolve(mend.source, mend.source)
        stored = database_value(read.field, source, from_json=read.source.is_json)
        own = compiler.resolve(mend.field.key, mend.field.key)
        old = database_value(own.field, before, from_json=own.source.is_json)
        try:
            new = mend.value(stored, compiler.env)
        except Refusal:
            continue
        if new is not None and new != old:
            changes[mend.field.key] = (old, new)
    return Proposal(record_id, title, version, changes) if changes else None


def _example(ctx: Ctx, obj: ObjectDef, item: Proposal) -> dict[str, Any]:
    env = Compiler(ctx, obj).env
    return {
        "id": str(item.id),
        "title": item.title,
        "changes": [
            {
                "field": key,
                "label": obj.fields[key].label.as_dict(),
                "before": _said(obj, key, old, env),
                "after": _said(obj, key, new, env),
            }
            for key, (old, new) in item.changes.items()
        ],
    }


def _said(obj: ObjectDef, key: str, value: Any, env: Any) -> str:
    """A value in words: texts as they are stored, the rest as people read it."""
    if value is None:
        return ""
    f = obj.fields[key]
    return value if isinstance(value, str) and not f.options else str(f.type.format(value, f, env))
