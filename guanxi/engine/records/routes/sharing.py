"""Who works on a record with its owner, why somebody sees it, and what a sharing rule would show."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights, sharing
from guanxi.engine.access.why import why
from guanxi.engine.identity.facade import load_actor
from guanxi.engine.records.query.previews import counted
from guanxi.engine.records.query.read import COUNT_CAP, get_record, visible_ids
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, record_id_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

rules = Router(tags=["Roles and rights"])
router = Router(tags=["Records"])
NOT_A_LIST = Text("这里需要一组协作者。", "A list of collaborators is needed here.")
NOT_YOURS_TO_SHARE = Text(
    "你能改这条记录，是别人共享给你的；协作者由负责人或主管来定。",
    "This record is shared with you: who else works on it is for its owner, or whoever looks after them, to say.",
)
BAD_USER = Text("没有这位同事。", "There is no such person here.")


@rules.post("/sharing-rules/preview", operation_id="sharing_rules_preview", summary="What a rule would share")
def preview(request: HttpRequest) -> HttpResponse:
    """`{"object", "filter", "to_kind", "to"}`: how many of the records that I see match, capped; `whole`: of all.

    `matching` is null where the condition asks for what I may not read myself: a count would tell of it.
    """
    ctx, body = ctx_of(request), read_object(request)
    if not ctx.actor.may("roles"):
        raise Forbidden
    obj = sharing.check_rule(ctx, body)
    query = RecordQuery(obj.key, filter=body.get("filter"))
    told = counted(ctx, query)
    fresh = None
    person = parse_id(body.get("to")) if body.get("to_kind") == "user" else None
    if person is not None and told.value is not None and told.exact and told.whole:
        seen = counted(_as(ctx, person), query).value
        fresh = None if seen is None else told.value - seen
    return answer(
        {"matching": told.value, "exact": told.exact, "whole": told.whole, "fresh": fresh, "cap": COUNT_CAP}
    )


@router.get("/{object_key}/{record_id}/access", include_in_schema=False)
def read_access(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """The ways by which I see a record (`user`: by which somebody does), and what may be done with it."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    given = request.GET.get("user")
    if given:
        person = parse_id(given)
        if person is None:
            raise invalid("user", "unknown_user", BAD_USER)
        if person != ctx.actor.user_id:
            if not ctx.actor.may("roles"):
                raise Forbidden
            get_record(ctx, object_key, found, fields=["id"])
            ctx = _as(ctx, person)
    return answer(why(ctx, rights.get_object(ctx, object_key), found))


@router.get("/{object_key}/{record_id}/collaborators", include_in_schema=False)
def read_collaborators(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """Who works on a record with its owner."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    obj = _seen(ctx, object_key, found)
    return answer({"data": sharing.list_collaborators(ctx, obj, found)})


@router.put("/{object_key}/{record_id}/collaborators", include_in_schema=False)
def write_collaborators(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """Put these in place of all there are; whoever may change the record by their role may share it."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    obj = _seen(ctx, object_key, found)
    if not why(ctx, obj, found)["can"]["share"]:
        raise Forbidden(NOT_YOURS_TO_SHARE, code="may_not_share")
    given = read_object(request).get("collaborators")
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise invalid("collaborators", "wrong_type", NOT_A_LIST)
    sharing.set_collaborators(ctx, obj, found, [_read(item, i) for i, item in enumerate(given)])
    return answer({"data": sharing.list_collaborators(ctx, obj, found)})


def _read(item: dict[str, Any], index: int) -> dict[str, Any]:
    if set(item) - {"user", "team", "level", "until", "role", "share"} or item.get("level", "read") not in (
        "read",
        "edit",
    ):
        raise invalid(f"collaborators.{index}", "wrong_type", NOT_A_LIST)
    until: datetime | None = moment(item["until"]) if item.get("until") is not None else None
    if item.get("until") is not None and until is None:
        raise invalid(f"collaborators.{index}.until", "wrong_type", NOT_A_LIST)
    return {**item, "user": parse_id(item.get("user")), "team": parse_id(item.get("team")), "until": until}


def _seen(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> ObjectDef:
    obj = rights.get_object(ctx, object_key)
    if record_id not in visible_ids(ctx, obj, [record_id]):
        raise NotFound
    return obj


def _as(ctx: Ctx, person: uuid.UUID) -> Ctx:
    _, actor = load_actor(ctx.workspace.id, person)
    return replace(ctx, actor=actor)
