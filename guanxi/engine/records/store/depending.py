"""What stands in the way of taking something back: later changes, and what has come to hang on it.

*Rules*: set-wise, one statement a kind of link; records of the batch itself are never in its way.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler, rows_of, table_of
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.locking import NOT_EDITABLE
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.sql import TRUE, Sql, all_of, ident


@dataclass(slots=True)
class Left:
    """A record that was left as it is: `changed`, `deleted`, `merged`, `linked` or `refused`.

    `by` and `at` say who changed it since and when; `detail` holds what else belongs to the reason
    (`object` and `count` of what links to it, `fields` that were changed, a `message`).
    """

    object_key: str
    record_id: uuid.UUID
    reason: str
    by: uuid.UUID | None = None
    at: datetime | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is kept beside what was done."""
        return {"object": self.object_key, "record": str(self.record_id), "reason": self.reason,
                "by": str(self.by) if self.by else None, "at": self.at.isoformat() if self.at else None,
                "detail": self.detail}  # fmt: skip

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Left":
        """What `as_json` gave."""
        found = parse_id(kept["record"]) or uuid.UUID(int=0)
        return cls(kept["object"], found, kept["reason"], parse_id(kept.get("by")), moment(kept.get("at")),
                   kept.get("detail") or {})  # fmt: skip


def moved_on(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], batch_id: uuid.UUID) -> list[Left]:
    """Why records are no longer as the batch left them: who changed, deleted or merged them since, and when."""
    if not ids:
        return []
    statement = Sql(
        "SELECT DISTINCT ON (record_id) record_id, action, actor_id, at FROM journal_entry WHERE workspace_id = %s"
        " AND record_id = ANY(%s::uuid[]) AND batch_id IS DISTINCT FROM %s ORDER BY record_id, id DESC",
        (ctx.workspace.id, list(ids), batch_id),
    )
    latest = {row[0]: row[1:] for row in select_rows(statement)}
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(ids),)),
                    Sql("r.deleted_at IS NULL")])  # fmt: skip
    live = {row[0] for row in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)}
    found = []
    for record_id in ids:
        action, by, at = latest.get(record_id, ("", None, None))
        reason = "changed" if record_id in live else "merged" if action == "merge" else "deleted"
        found.append(Left(obj.key, record_id, reason, by, at))
    return found


def barred(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Left]:
    """Those of the records that the actor may not change (any more): handed on, or the actor's role is another."""
    may = rights.editable(ctx, get_schema(ctx), obj, "r")
    if not ids or may == TRUE:
        return {}
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(ids),)),
                    Sql("((") + may + ") IS NOT TRUE)"])  # fmt: skip
    rows = select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)
    return {row[0]: no_right(obj, row[0]) for row in rows}


def no_right(obj: ObjectDef, record_id: uuid.UUID) -> Left:
    """A record that the actor may not change."""
    return Left(obj.key, record_id, "refused", detail={"field": "id", "message": NOT_EDITABLE.as_dict()})


def linked_since(
    ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], batch_id: uuid.UUID
) -> dict[uuid.UUID, Left]:
    """Those of the records that live records link to which the batch knows nothing of."""
    found: dict[uuid.UUID, Left] = {}
    if not ids:
        return found
    unknown = (
        " AND NOT EXISTS (SELECT 1 FROM journal_entry b WHERE b.workspace_id = %s AND b.record_id = r.id"
        " AND b.batch_id = %s)"
    )
    for other, link in get_schema(ctx).referrers.get(obj.key, ()):
        if link.computed is not None or not other.record:
            continue
        conditions = [rows_of(ctx, other, "r"), Sql("r.deleted_at IS NULL")]
        if link.type.storage == "links":
            target = "l.target_id"
            joined = " JOIN record_link l ON l.source_id = r.id AND l.workspace_id = r.workspace_id"
            conditions.append(
                Sql("l.object_key = %s AND l.field_key = %s AND l.target_id = ANY(%s::uuid[])",
                    (other.key, link.key, list(ids)))
            )  # fmt: skip
        elif link.column:
            target, joined = f"r.{ident(link.column)}", ""
            conditions.append(Sql(f"{target} = ANY(%s::uuid[])", (list(ids),)))
        else:
            target, joined = f"(r.custom ->> '{link.key}')", ""
            conditions.append(Sql(f"{target} = ANY(%s::text[])", ([str(i) for i in ids],)))
        where = all_of(conditions) + Sql(unknown, (ctx.workspace.id, batch_id))
        statement = Sql(f"SELECT {target}, count(*) FROM {table_of(other)} r{joined} WHERE ") + where
        for target_id, count in select_rows(statement + f" GROUP BY {target}"):
            record_id = target_id if isinstance(target_id, uuid.UUID) else uuid.UUID(target_id)
            found.setdefault(
                record_id,
                Left(obj.key, record_id, "linked", detail={"object": other.key, "count": int(count)}),
            )
    return found


def refused_left(ctx: Ctx, object_key: str, record_id: uuid.UUID, errors: Sequence[FieldError]) -> Left:
    """A record that the write door refused to put back, with the first complaint."""
    said = errors[0].text.as_dict() if errors and not errors[0].values else None
    if errors and said is None:
        said = {locale: errors[0].as_json(locale)["message"] for locale in ("zh-CN", "en")}
    return Left(
        object_key, record_id, "refused", detail={"field": errors[0].field, "message": said} if errors else {}
    )


def present_left(ctx: Ctx, left: Sequence[Left]) -> list[dict[str, Any]]:
    """What was left, as the API tells it: records by title where the actor may see them, people by name.

    Of a record that is out of the actor's sight it says only why it was left.
    """
    if not left:
        return []
    schema = get_schema(ctx)
    wanted: dict[str, set[uuid.UUID]] = {"user": {item.by for item in left if item.by}}
    for item in left:
        wanted.setdefault(item.object_key, set()).add(item.record_id)
    first = next((obj for item in left if (obj := schema.find(item.object_key))), None)
    titles = titles_of(Compiler(ctx, first), wanted) if first else {}
    binned = _in_sight_in_bin(ctx, [item for item in left if (item.object_key, item.record_id) not in titles])
    told = []
    for item in left:
        named = (item.object_key, item.record_id)
        if named not in titles and item.record_id not in binned:
            kept = {name: value for name, value in item.detail.items() if name != "fields"}
            told.append({"object": item.object_key, "record": None, "record_id": None, "reason": item.reason,
                         "by": None, "at": item.at, "detail": kept})  # fmt: skip
            continue
        obj, detail = schema.find(item.object_key), dict(item.detail)
        other = schema.find(str(detail.get("object") or ""))
        if other is not None:
            detail["label"] = other.label_plural.as_dict()
        if obj is not None and "fields" in detail:
            readable = rights.readable(ctx, obj)
            detail["fields"] = [readable[key].label.as_dict() for key in detail["fields"] if key in readable]
        told.append(
            {"object": item.object_key, "record": titles.get(named),
             "record_id": str(item.record_id), "reason": item.reason,
             "by": titles.get(("user", item.by)) if item.by else None, "at": item.at, "detail": detail}
        )  # fmt: skip
    return told


def _in_sight_in_bin(ctx: Ctx, left: Sequence[Left]) -> set[uuid.UUID]:
    """Those of the records that are deleted and that the actor would see otherwise."""
    found: set[uuid.UUID] = set()
    for key in {item.object_key for item in left}:
        obj = get_schema(ctx).find(key)
        if obj is not None and obj.record:
            ids = [item.record_id for item in left if item.object_key == key]
            found |= visible_ids(ctx, obj, ids, deleted=True)
    return found
