"""What an erasure will do, before it does it: the person's records, what hangs on them, and what becomes of it.

*How it works*: from the chosen records (and those once merged into them) the links are followed back, three steps
at most. Activities go with the person. Records of objects that law requires to be kept are kept in storage
alone, without the person. What belongs to somebody else as well only loses its link; so does what is
another person. What hangs on the person alone goes. The clerk may decide otherwise by object.

*See*: erasing.py, keeping.py.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import RecordAlias
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.erasing import files_of, mentioned_in
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.subjects.finding import Chosen, describe, name_fields, reach_fields
from guanxi.engine.subjects.models import KeepRule
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.mentions import SHORTEST, pattern_of
from guanxi.kit.sql import Sql, all_of, any_of, ident, sql

DEPTH = 3
MOST = 20_000
SHOWN = 200


@dataclass(slots=True)
class Plan:
    """Ids by object: the person's own records, what goes with them, what is kept, what only loses its link."""

    own: Chosen
    erase: Chosen = field(default_factory=dict)
    keep: Chosen = field(default_factory=dict)
    unlink: Chosen = field(default_factory=dict)

    @property
    def gone(self) -> Chosen:
        """All that will be erased."""
        return {
            key: [*self.own.get(key, []), *self.erase.get(key, [])]
            for key in dict.fromkeys([*self.own, *self.erase])
        }

    def reached(self) -> set[uuid.UUID]:
        """The ids of everything in the plan."""
        return {
            i for part in (self.own, self.erase, self.keep, self.unlink) for ids in part.values() for i in ids
        }


def plan(ctx: Ctx, records: Chosen, how: Mapping[str, str]) -> Plan:
    """What becomes of everything that hangs on the records; `how` says it for an object."""
    made = Plan(own=_with_merged(ctx, records))
    rules = set(KeepRule.objects.filter(workspace_id=ctx.workspace.id).values_list("object_key", flat=True))
    frontier: Chosen = made.own
    for _ in range(DEPTH):
        following: Chosen = {}
        seen = made.reached()
        for key, ids in frontier.items():
            for other, links in _referrers(ctx, key):
                fresh = [i for i in _linked(ctx, other, links, ids) if i not in seen]
                seen.update(fresh)
                for record_id, shared in _shared(ctx, other, fresh, seen).items():
                    fate = how.get(other.key) or _fate(other, shared=shared, kept=other.key in rules)
                    getattr(made, fate).setdefault(other.key, []).append(record_id)
                    if fate != "unlink":
                        following.setdefault(other.key, []).append(record_id)
        frontier = following
        if not frontier or len(made.reached()) > MOST:
            break
    return made


def marks_of(ctx: Ctx, records: Chosen) -> list[str]:
    """What the person is known by: names, numbers and addresses in their records."""
    found: list[str] = []
    for key, ids in records.items():
        obj = get_schema(ctx).find(key)
        if obj is None or not ids:
            continue
        keys = [f.key for f in (*name_fields(obj), *reach_fields(obj))]
        for deleted in (False, True):
            rows = [Change("update", i, {}) for i in ids]
            lock_rows(ctx, obj, rows, deleted=deleted, trusted=True, lock=False)
            values = [(row.before or {}).get(key) for row in rows for key in keys]
            found += [value for value in values if isinstance(value, str) and len(value) >= SHORTEST]
    return list(dict.fromkeys(found))


def preview(ctx: Ctx, records: Chosen, how: Mapping[str, str], marks: Sequence[str]) -> dict[str, Any]:
    """The plan as the clerk sees it: each object's records with their fate, files, mentions, holds."""
    made = plan(ctx, records, how)
    schema = get_schema(ctx)
    parts = []
    for fate, group in (
        ("own", made.own),
        ("erase", made.erase),
        ("keep", made.keep),
        ("unlink", made.unlink),
    ):
        for key, ids in group.items():
            obj = schema.find(key)
            if obj is not None and ids:
                shown = describe(ctx, obj, ids[:SHOWN])
                parts.append({"object": key, "fate": fate, "count": len(ids), "records": shown})
    reached = made.reached()
    pattern = pattern_of(marks)
    mentions = []
    for obj in schema.listed:
        if not obj.record:
            continue
        others = [i for i in mentioned_in(ctx, obj, pattern, limit=MOST) if i not in reached]
        if others:
            mentions.append(
                {"object": obj.key, "count": len(others), "records": describe(ctx, obj, others[:20])}
            )
    gone = [i for ids in made.gone.values() for i in ids]
    return {
        "parts": parts,
        "mentions": mentions,
        "files": len(files_of(ctx, gone)),
        "held": held_in(ctx, made),
    }


def held_in(ctx: Ctx, made: Plan) -> list[dict[str, Any]]:
    """The records of a plan that somebody holds: nothing is erased while there are any."""
    found: list[dict[str, Any]] = []
    for part in (made.gone, made.keep):
        for key, ids in part.items():
            obj = get_schema(ctx).find(key)
            held = held_ids(ctx, obj, ids) if obj is not None else set()
            if obj is not None and held:
                found += describe(ctx, obj, sorted(held)[:SHOWN])
    return found


def _fate(obj: ObjectDef, *, shared: bool, kept: bool) -> str:
    if kept:
        return "keep"
    if obj.activity_kind:
        return "erase"
    return "unlink" if obj.identity or shared else "erase"


def _with_merged(ctx: Ctx, records: Chosen) -> Chosen:
    """The records and those that were merged into them, whose rows wait in the recycle bin."""
    found = {key: list(dict.fromkeys(ids)) for key, ids in records.items()}
    for key, ids in found.items():
        wanted = list(ids)
        while wanted:
            rows = RecordAlias.objects.filter(
                workspace_id=ctx.workspace.id, object_key=key, record_id__in=wanted
            )
            wanted = [i for i in rows.values_list("old_id", flat=True) if i not in ids]
            ids += wanted
    return found


def _referrers(ctx: Ctx, key: str) -> list[tuple[ObjectDef, list[FieldDef]]]:
    found: dict[str, tuple[ObjectDef, list[FieldDef]]] = {}
    for other, link in get_schema(ctx).referrers.get(key, ()):
        if other.record and other.line_of is None and (link.in_row or link.type.storage == "links"):
            found.setdefault(other.key, (other, []))[1].append(link)
    return list(found.values())


def _linked(ctx: Ctx, obj: ObjectDef, links: Sequence[FieldDef], ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    ways = []
    for link in links:
        if link.type.storage == "links":
            ways.append(
                sql("r.id IN (SELECT source_id FROM record_link WHERE workspace_id = {} AND object_key = {} AND field_key = {}"
                    " AND target_id = ANY({}::uuid[]))", ctx.workspace.id, obj.key, link.key, list(ids))
            )  # fmt: skip
        else:
            ways.append(sql(f"{_held(link)} = ANY({{}}::uuid[])", list(ids)))
    where = all_of([rows_of(ctx, obj, "r"), any_of(ways)])
    statement = (
        Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where + sql(" ORDER BY r.id LIMIT {}", MOST)
    )
    return [row[0] for row in select_rows(statement)]


def _shared(
    ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], inside: set[uuid.UUID]
) -> dict[uuid.UUID, bool]:
    """Of each record, whether a link of it leads to a record outside the plan as well."""
    links = [
        f for f in obj.fields.values() if f.in_row and f.type.is_record_link and not f.declared and f.target
    ]
    parents = [f for f in links if f.key in obj.parents or f.target in _targets(obj)]
    if not ids or not parents:
        return dict.fromkeys(ids, False)
    columns = ", ".join(_held(f) for f in parents)
    where = all_of([rows_of(ctx, obj, "r"), sql("r.id = ANY({}::uuid[])", list(ids))])
    rows = select_rows(Sql(f"SELECT r.id, {columns} FROM {table_of(obj)} r WHERE ") + where)
    return {row[0]: any(target is not None and target not in inside for target in row[1:]) for row in rows}


def _targets(obj: ObjectDef) -> set[str]:
    return {obj.fields[key].target or "" for key in obj.parents if key in obj.fields}


def _held(link: FieldDef) -> str:
    return f"r.{ident(link.column)}" if link.column else f"(r.custom ->> '{link.key}')::uuid"
