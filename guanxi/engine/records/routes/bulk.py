"""`/api/v1/{object}/bulk` and actions on many records: all or nothing, bounded, with the number expected."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.records import store
from guanxi.engine.records.acting import run_action
from guanxi.engine.records.query import parse_query
from guanxi.engine.records.query.read import require_reach
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, NotFound, TooLarge, invalid
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.text import Text

router = Router(tags=["Records"])
MAX_CREATE = 5000
MAX_TOUCH = 50_000
BAD_OP = Text(
    "op 应是 create、update、delete、restore 或 undo。", "op must be create, update, delete, restore or undo."
)
BAD_IDS = Text("这里需要一组记录的 id。", "A list of record ids is needed here.")
BAD_RECORDS = Text("这里需要一组记录，最多 {max} 条。", "A list of at most {max} records is needed here.")
NEEDS_TARGET = Text("请给出 ids 或 filter。", "Give ids or a filter.")
TOO_MANY = Text("一次最多改 {max} 条，请缩小范围。", "At most {max} records at a time. Narrow the filter.")
CHANGED = Text("符合条件的现在是 {now} 条，不是 {expected} 条。", "{now} records match now, not {expected}.")
ALLOWED = {"op", "records", "ids", "filter", "q", "set", "add", "remove", "expect", "batch"}
UNKNOWN = Text("没有这个参数。", "There is no such parameter.")


@router.post("/{object_key}/bulk", include_in_schema=False)
def bulk(request: HttpRequest, object_key: str) -> HttpResponse:
    """Create, change, delete or restore many records in one transaction."""
    ctx = ctx_of(request)
    obj = rights.get_object(ctx, object_key)
    body = read_object(request)
    for name in body:
        if name not in ALLOWED:
            raise invalid(name[:60], "unknown_parameter", UNKNOWN)
    rights.require(ctx, obj, "bulk")
    batch = new_id()
    ctx = ctx.with_batch(batch)
    op = body.get("op")
    if op == "create":
        records = body.get("records")
        if not isinstance(records, list) or not 1 <= len(records) <= MAX_CREATE:
            raise invalid("records", "wrong_type", BAD_RECORDS, max=MAX_CREATE)
        ids = store.bulk_create(ctx, obj.key, records)
        return answer({"affected": len(ids), "batch": batch, "ids": ids})
    if op == "undo":
        return answer(_undo(ctx, body))
    if op not in ("update", "delete", "restore"):
        raise invalid("op", "unknown_op", BAD_OP)
    ids = _targets(ctx, obj, body, deleted=op == "restore")
    require_reach(ctx, obj, ids, "bulk", deleted=op == "restore")
    if op == "update":
        values, add, remove = (_values(body, name) for name in ("set", "add", "remove"))
        if not (values or add or remove):
            raise invalid("set", "required", Text("请给出要改的值。", "Say what to change."))
        result = store.bulk_update(ctx, obj.key, ids, values, add=add, remove=remove)
        return answer({"affected": result.updated, "unchanged": result.unchanged, "batch": batch})
    if op == "delete":
        return answer({"affected": store.bulk_delete(ctx, obj.key, ids).deleted, "batch": batch})
    return answer({"affected": store.bulk_restore(ctx, obj.key, ids).restored, "batch": batch})


@router.post("/{object_key}/actions/{action_key}", include_in_schema=False)
def act_on_many(request: HttpRequest, object_key: str, action_key: str) -> HttpResponse:
    """Run an action on several records."""
    ctx = ctx_of(request)
    obj = rights.get_object(ctx, object_key)
    body = dict(read_object(request))
    ids = _ids(body.pop("ids", None))
    return answer(run_action(ctx.with_batch(new_id()), obj, action_key, ids, body))


def _undo(ctx: Ctx, body: dict[str, Any]) -> dict[str, Any]:
    batch = parse_id(body.get("batch"))
    if batch is None or not store.may_undo(ctx, batch):
        raise NotFound
    done = store.undo_batch(ctx, batch)
    return {"affected": done.undone, "skipped": done.skipped, "batch": ctx.batch_id}


def _values(body: dict[str, Any], name: str) -> dict[str, Any]:
    given = body.get(name) or {}
    if not isinstance(given, dict):
        raise invalid(name, "wrong_type", Text("这里需要一个对象。", "An object is needed here."))
    return given


def _targets(ctx: Ctx, obj: ObjectDef, body: dict[str, Any], *, deleted: bool) -> list[uuid.UUID]:
    if body.get("ids") is not None:
        return _ids(body["ids"])
    if "filter" not in body:
        raise invalid("ids", "required", NEEDS_TARGET)
    query = parse_query(obj.key, {"filter": body["filter"], "q": body.get("q") or "", "deleted": deleted})
    ids = store.lock_matching(ctx, query, limit=MAX_TOUCH + 1)
    if len(ids) > MAX_TOUCH:
        raise TooLarge(TOO_MANY, max=MAX_TOUCH)
    expected = body.get("expect")
    if expected is not None and expected != len(ids):
        raise Conflict(
            CHANGED, code="count_changed", now=len(ids), expected=expected, extra={"count": len(ids)}
        )
    return ids


def _ids(given: Any) -> list[uuid.UUID]:
    if not isinstance(given, list) or not given:
        raise invalid("ids", "wrong_type", BAD_IDS)
    if len(given) > MAX_TOUCH:
        raise TooLarge(TOO_MANY, max=MAX_TOUCH)
    found = [parse_id(item) for item in given]
    if None in found:
        raise invalid("ids", "wrong_type", BAD_IDS)
    return [item for item in found if item]
