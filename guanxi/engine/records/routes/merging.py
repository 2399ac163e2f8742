"""`/api/v1/{object}/merge`: looking at a merge before doing it, doing it, and taking it back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.records import store
from guanxi.engine.records.merge_preview import preview_merge
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.routes.bodies import (
    answer,
    ctx_of,
    id_in,
    optional_id_in,
    read_object,
    record_id_of,
)
from guanxi.engine.records.store.merging import list_merges
from guanxi.kit.errors import invalid
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.text import Text

router = Router(tags=["Records"])
NOT_IDS = Text("这里需要一组记录的 id。", "A list of record ids is needed here.")
NOT_CHOICES = Text("这里需要「字段：记录 id」。", "An object of record ids by field is needed here.")
NOT_VALUES = Text("这里需要一个对象。", "An object is needed here.")


@router.post("/{object_key}/merge/preview", include_in_schema=False)
def preview(request: HttpRequest, object_key: str) -> HttpResponse:
    """Values side by side, what is proposed to stay, what would move."""
    body = read_object(request)
    survivor = optional_id_in(body, "survivor")
    return answer(preview_merge(ctx_of(request), object_key, _ids(body), survivor))


@router.post("/{object_key}/merge", include_in_schema=False)
def merge(request: HttpRequest, object_key: str) -> HttpResponse:
    """Merge `ids` into `survivor`; `choose` names for a field the record whose value stays."""
    ctx = ctx_of(request).with_batch(new_id())
    obj = rights.get_object(ctx, object_key)
    rights.require(ctx, obj, "merge")
    body = read_object(request)
    survivor, ids = id_in(body, "survivor"), _ids(body)
    choose = body.get("choose", {})
    chosen = (
        {key: parse_id(value) for key, value in choose.items()} if isinstance(choose, dict) else {None: None}
    )
    if None in chosen.values():
        raise invalid("choose", "wrong_type", NOT_CHOICES)
    values = body.get("values", {})
    if not isinstance(values, dict):
        raise invalid("values", "wrong_type", NOT_VALUES)
    record = store.merge(
        ctx, object_key, survivor, [i for i in ids if i != survivor], values,
        choose={key: value for key, value in chosen.items() if key and value},
    )  # fmt: skip
    return answer({"record": record, "batch": ctx.batch_id, "merged": len(set(ids) - {survivor})})


@router.get("/{object_key}/{record_id}/merges", include_in_schema=False)
def merges(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """What was merged into a record and can still be taken back."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    get_record(ctx, object_key, found, fields=["id"])
    return answer({"data": list_merges(ctx, rights.get_object(ctx, object_key), found)})


@router.post("/{object_key}/{record_id}/unmerge", include_in_schema=False)
def unmerge(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """Take the merge of `batch` back."""
    ctx, found = ctx_of(request).with_batch(new_id()), record_id_of(record_id)
    rights.require(ctx, rights.get_object(ctx, object_key), "merge")
    get_record(ctx, object_key, found, fields=["id"])
    done = store.unmerge(ctx, id_in(read_object(request), "batch"), survivor=found)
    return answer(
        {
            "record": get_record(ctx, object_key, found),
            "restored": done.ids,
            "moved_back": done.moved_back,
            "left": store.present_left(ctx, done.left),
            "batch": ctx.batch_id,
        }
    )


def _ids(body: dict[str, Any]) -> list[uuid.UUID]:
    given = body.get("ids")
    found = [parse_id(item) for item in given] if isinstance(given, list) else [None]
    if not found or None in found:
        raise invalid("ids", "wrong_type", NOT_IDS)
    return [item for item in found if item]
