"""What a merge would do, before anybody does it: values side by side, what would be kept, what would move.

*How it works*: the records are read through the read door; the fullest one is proposed to stay (of equally
full ones the one changed last), and in each field its own value or, where it has none, that of the record
changed last. What links to the others is counted by one statement a kind of link.

*Rules*: the same refusals as merging: every record must be visible and editable. Nothing is written.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.merging import mergeable_fields, read_ids
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.sql import Sql, all_of, ident
from guanxi.kit.text import Text

NOT_AMONG = Text("要保留的记录不在这些记录里。", "The record to keep is not among these.")


def preview_merge(
    ctx: Ctx, object_key: str, ids: Sequence[uuid.UUID], survivor: uuid.UUID | None = None
) -> dict[str, Any]:
    """`{"survivor", "records", "fields", "moves"}`; raises NotFound, Forbidden, Invalid."""
    obj = rights.get_object(ctx, object_key)
    rights.require(ctx, obj, "delete")
    wanted = read_ids(ids)
    if survivor is not None and survivor not in wanted:
        raise invalid("survivor", "wrong_type", NOT_AMONG)
    fields = mergeable_fields(ctx, obj)
    shown = [*fields, *(key for key in ("created_at", "updated_at") if key not in fields)]
    records = {r["id"]: r for r in get_records(ctx, object_key, wanted, fields=shown)}
    if len(records) != len(wanted):
        raise NotFound
    _require_editable(ctx, obj, wanted)
    ordered = [records[str(i)] for i in wanted]
    kept = str(survivor) if survivor else _fullest(ordered, fields)
    newest = sorted(ordered, key=lambda r: r["updated_at"], reverse=True)
    return {
        "survivor": kept,
        "records": [
            {key: record[key] for key in ("id", "title", "version", "owner", "created_at", "updated_at")}
            for record in ordered
        ],
        "fields": [_field(f, ordered, newest, records[kept]) for f in fields.values()],
        "moves": _moves(ctx, obj, wanted),
    }


def _fullest(records: list[dict[str, Any]], fields: dict[str, FieldDef]) -> str:
    def fullness(record: dict[str, Any]) -> tuple[int, Any]:
        return sum(not _is_empty(record.get(key)) for key in fields), record["updated_at"]

    return str(max(records, key=fullness)["id"])


def _field(
    f: FieldDef, records: list[dict[str, Any]], newest: list[dict[str, Any]], survivor: dict[str, Any]
) -> dict[str, Any]:
    values = {record["id"]: record.get(f.key) for record in records}
    full = [value for value in values.values() if not _is_empty(value)]
    together = f.type.storage == "links"
    proposed = survivor["id"]
    if _is_empty(values[proposed]):
        proposed = next((r["id"] for r in newest if not _is_empty(values[r["id"]])), proposed)
    return {
        "key": f.key,
        "label": f.label.as_dict(),
        "values": values,
        "proposed": None if together else proposed,
        "together": together,
        "differs": len(full) > 1 and any(value != full[0] for value in full),
        "filled": bool(full),
    }


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _require_editable(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID]) -> None:
    where = all_of(
        [rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(ids),)),
         rights.editable(ctx, get_schema(ctx), obj, "r")]
    )  # fmt: skip
    if select_rows(Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + where)[0][0] != len(ids):
        raise Forbidden


def _moves(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    """How many live records of each object link to each of the records."""
    found = []
    for other, link in get_schema(ctx).referrers.get(obj.key, ()):
        if link.computed is not None or not other.record:
            continue
        counts = {str(i): int(n) for i, n in select_rows(_links_to(ctx, other, link, ids))}
        if counts:
            found.append(
                {"object": other.key, "label": other.label_plural.as_dict(), "field": link.key,
                 "field_label": link.label.as_dict(), "counts": counts}
            )  # fmt: skip
    return found


def _links_to(ctx: Ctx, other: ObjectDef, link: FieldDef, ids: Sequence[uuid.UUID]) -> Sql:
    conditions = [rows_of(ctx, other, "r"), Sql("r.deleted_at IS NULL")]
    if link.type.storage == "links":
        joined = " JOIN record_link l ON l.source_id = r.id AND l.workspace_id = r.workspace_id"
        target = "l.target_id::text"
        conditions.append(
            Sql(
                "l.object_key = %s AND l.field_key = %s AND l.target_id = ANY(%s::uuid[])",
                (other.key, link.key, list(ids)),
            )
        )
    elif link.column:
        joined, target = "", f"r.{ident(link.column)}::text"
        conditions.append(Sql(f"r.{ident(link.column)} = ANY(%s::uuid[])", (list(ids),)))
    else:
        joined, target = "", f"(r.custom ->> '{link.key}')"
        conditions.append(Sql(f"{target} = ANY(%s::text[])", ([str(i) for i in ids],)))
    statement = Sql(f"SELECT {target}, count(*) FROM {table_of(other)} r{joined} WHERE ") + all_of(conditions)
    return statement + f" GROUP BY {target}"
