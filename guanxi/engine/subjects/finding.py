"""Which records are a person's: found by number, address or name, over all objects, the recycle bin included.

*How it works*: what equals a text in the identity keys (the same as 查重), and what equals it in any field for
numbers, addresses and names, live or deleted. The clerk chooses among them: a number may be shared.

*Rules*: reads as the program, for whoever may answer requests must find all there is; routes ask for the area.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.engine.duplicates.looking_up import equal
from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.query.compile import environment, rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.mentions import SHORTEST
from guanxi.kit.sql import Sql, all_of, any_of, ident, sql
from guanxi.kit.text import Text

MOST_TEXTS, MOST_RECORDS, MOST_EACH = 10, 100, 50
LONGEST = 200
Chosen = dict[str, list[uuid.UUID]]
"""Ids by object."""
BAD_TEXTS = Text("请填 1 到 {max} 个电话、邮箱或姓名。", "Give 1 to {max} numbers, addresses or names.")
BAD_RECORDS = Text(
    "应是 [{{object, id}}] 的列表，最多 {max} 条。", "A list of [{{object, id}}], {max} at most."
)
NO_RECORD = Text("没有这条记录。", "There is no such record.")


def as_program(ctx: Ctx) -> Ctx:
    """The program's own context, in the caller's language and at the caller's time."""
    return replace(system_ctx(ctx.workspace), locale=ctx.locale, now=ctx.now)


def read_texts(given: Any) -> list[str]:
    """Texts to look for; raises Invalid."""
    if isinstance(given, list) and 0 < len(given) <= MOST_TEXTS:
        texts = [text.strip() for text in given if isinstance(text, str)]
        if len(texts) == len(given) and all(SHORTEST <= len(t) <= LONGEST and "\x00" not in t for t in texts):
            return list(dict.fromkeys(texts))
    raise Invalid(errors=[FieldError("texts", "wrong_type", BAD_TEXTS, {"max": MOST_TEXTS})])


def find(ctx: Ctx, texts: Sequence[str]) -> list[dict[str, Any]]:
    """`{object, id, title, deleted, why, held}` of the records that hold one of the texts."""
    own = as_program(ctx)
    found: list[dict[str, Any]] = []
    for obj in get_schema(own).listed:
        if not obj.record or obj.line_of is not None:
            continue
        why: dict[uuid.UUID, list[str]] = {}
        for text in texts:
            for record_id in [*_by_fields(own, obj, text), *_by_keys(own, obj, text)]:
                reasons = why.setdefault(record_id, [])
                if text not in reasons:
                    reasons.append(text)
        described = describe(own, obj, list(why)[:MOST_EACH])
        found += [each | {"why": why[uuid.UUID(each["id"])]} for each in described]
    return found


def describe(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    """`{object, id, title, deleted, held}` of records, live or not."""
    if not ids:
        return []
    where = all_of([rows_of(ctx, obj, "r"), sql("r.id = ANY({}::uuid[])", list(ids))])
    rows = select_rows(
        Sql(f"SELECT r.id, r.title, r.deleted_at IS NOT NULL FROM {table_of(obj)} r WHERE ")
        + where
        + " ORDER BY r.id"
    )
    held = held_ids(ctx, obj, ids)
    return [
        {"object": obj.key, "id": str(row[0]), "title": row[1], "deleted": row[2], "held": row[0] in held}
        for row in rows
    ]


def read_records(ctx: Ctx, given: Any) -> list[dict[str, Any]]:
    """The chosen records with their titles, each once; raises Invalid at `records`."""
    if not isinstance(given, list) or len(given) > MOST_RECORDS:
        raise Invalid(errors=[FieldError("records", "wrong_type", BAD_RECORDS, {"max": MOST_RECORDS})])
    own = as_program(ctx)
    schema = get_schema(own)
    wanted: Chosen = {}
    errors = []
    for i, each in enumerate(given):
        key = each.get("object") if isinstance(each, dict) else None
        record_id = parse_id(each.get("id")) if isinstance(each, dict) else None
        obj = schema.find(key) if isinstance(key, str) else None
        if record_id is None or obj is None or not obj.record or obj.line_of is not None:
            errors.append(FieldError(f"records.{i}", "not_found", NO_RECORD))
            continue
        wanted.setdefault(obj.key, []).append(record_id)
    known: dict[tuple[str, str], dict[str, Any]] = {}
    for key, ids in wanted.items():
        obj = schema.find(key)
        if obj is not None:
            known |= {(key, each["id"]): each for each in describe(own, obj, ids)}
    errors += [
        FieldError(f"records.{i}", "not_found", NO_RECORD)
        for i, each in enumerate(given)
        if not errors and (each["object"], str(parse_id(each["id"]))) not in known
    ]
    if errors:
        raise Invalid(errors=errors)
    return [{name: each[name] for name in ("object", "id", "title")} for each in known.values()]


def chosen(records: Iterable[Mapping[str, Any]]) -> Chosen:
    """Ids by object of stored `{object, id}`."""
    found: Chosen = {}
    for each in records:
        found.setdefault(str(each["object"]), []).append(uuid.UUID(str(each["id"])))
    return found


def reach_fields(obj: ObjectDef) -> list[FieldDef]:
    """The fields by which people are reached."""
    return [
        f
        for f in obj.fields.values()
        if f.in_row and (f.type.type in ("phone", "email") or f.key == "wechat")
    ]


def name_fields(obj: ObjectDef) -> list[FieldDef]:
    """The fields that hold a name: the title, and of leads the person behind."""
    keys = dict.fromkeys((obj.title_field, "contact_name"))
    return [
        f for key in keys if (f := obj.fields.get(key)) is not None and f.in_row and f.type.type == "text"
    ]


def source_of(f: FieldDef) -> str:
    """The text of a field in the row `r`."""
    return f"r.{ident(f.column)}::text" if f.column else f"(r.custom ->> '{f.key}')"


def _by_keys(ctx: Ctx, obj: ObjectDef, text: str) -> list[uuid.UUID]:
    return [match.record_id for match in equal(ctx, obj, text)] if obj.identity else []


def _by_fields(ctx: Ctx, obj: ObjectDef, text: str) -> list[uuid.UUID]:
    env = environment(ctx)
    ways = [sql(f"lower({source_of(f)}) = lower({{}})", text) for f in name_fields(obj) if not f.is_sealed]
    for f in (f for f in reach_fields(obj) if not f.is_sealed):
        try:
            value = f.type.parse(text, f, env)
        except Refusal:
            continue
        ways.append(sql(f"{source_of(f)} = {{}}", str(value)))
    if not ways:
        return []
    where = all_of([rows_of(ctx, obj, "r"), any_of(ways)])
    statement = (
        Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where + sql(" ORDER BY r.id LIMIT {}", MOST_EACH)
    )
    return [row[0] for row in select_rows(statement)]
