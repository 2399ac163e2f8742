"""`/api/v1/meta/objects/{object}/identity`: the rules that find duplicates, for administrators."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.records import identity_rules
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object

router = Router(tags=["Metadata"])
PATH = "/meta/objects/{object_key}/identity"


@router.get(PATH, operation_id="meta_identity_list", summary="Identity rules of an object")
def list_rules(request: HttpRequest, object_key: str) -> HttpResponse:
    """The rules, how far their keys are, and what stands in the way of a strict one."""
    return answer(identity_rules.list_rules(ctx_of(request), object_key))


@router.put(
    PATH + "/{rule_key}", operation_id="meta_identity_save", summary="Make or change an identity rule"
)
def save_rule(request: HttpRequest, object_key: str, rule_key: str) -> HttpResponse:
    """Fields, normalisers, doors, on or off; the records' keys are made in the background."""
    fresh = identity_rules.save_rule(ctx_of(request), object_key, rule_key, read_object(request))
    return answer(identity_rules.list_rules(fresh, object_key))


@router.delete(PATH + "/{rule_key}", operation_id="meta_identity_delete", summary="Remove an identity rule")
def delete_rule(request: HttpRequest, object_key: str, rule_key: str) -> HttpResponse:
    """A rule of the workspace's own."""
    identity_rules.delete_rule(ctx_of(request), object_key, rule_key)
    return HttpResponse(status=204)


@router.post(
    PATH + "/{rule_key}/check", operation_id="meta_identity_check", summary="Check a blocked rule again"
)
def check_rule(request: HttpRequest, object_key: str, rule_key: str) -> HttpResponse:
    """After its duplicates were resolved."""
    ctx = ctx_of(request)
    identity_rules.check_again(ctx, object_key, rule_key)
    return answer(identity_rules.list_rules(ctx, object_key), 202)
