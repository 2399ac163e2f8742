"""`/access`: the matrix, who may do something, and the switches."""

import uuid
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router

from guanxi.engine.access import duties, schemas
from guanxi.engine.access.matrix import matrix, who
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Roles and rights"])


@router.get(
    "/access/matrix",
    response=schemas.Matrix,
    by_alias=True,
    operation_id="access_matrix",
    summary="Who can do what",
)
def get_matrix(
    request: ApiRequest,
    user: uuid.UUID | None = None,
    role: Annotated[str | None, Query(max_length=40)] = None,
) -> HttpResponse:
    """What I, a person (`user`) or a role may do, each cell with the roles that give it."""
    # Thousands of cells: made into JSON as they are, without a second look by the schema of the answer.
    return HttpResponse(matrix(request.ctx, user=user, role=role), content_type="application/json")


@router.get(
    "/access/people", response=schemas.WhoList, by_alias=True, operation_id="access_people", summary="Who may"
)
def get_people(
    request: ApiRequest,
    object_key: Annotated[str, Query(alias="object", max_length=60)],
    verb: Annotated[str, Query(max_length=20)] = "see",
    field: Annotated[str | None, Query(max_length=60)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> dict[str, Any]:
    """The active people who may do `verb` with an object, and what they may do with its `field`."""
    return who(request.ctx, object_key, verb, field=field, limit=limit, offset=offset)


@router.get(
    "/access/settings",
    response=schemas.AccessSettings,
    operation_id="access_settings",
    summary="Switches of rights",
)
def get_settings(request: ApiRequest) -> dict[str, Any]:
    """Whether duties are separated; for administrators, security officers and auditors."""
    return duties.read_state(request.ctx)


@router.patch(
    "/access/settings", response=schemas.AccessSettings, operation_id="access_settings_update",
    summary="Switch separation of duties",
)  # fmt: skip
def patch_settings(request: ApiRequest, body: schemas.AccessSettingsUpdate) -> dict[str, Any]:
    """Separate duties: administrators lose roles, security and audit. Somebody else must have `roles` (409).

    Putting them together again is only asked for here: somebody of another duty confirms within 24 hours.
    """
    return duties.separate_duties(request.ctx, body.separate_duties)


@router.post(
    "/access/settings/confirm", response=schemas.AccessSettings, operation_id="access_settings_confirm",
    summary="Confirm the end of separation",
)  # fmt: skip
def post_confirmation(request: ApiRequest) -> dict[str, Any]:
    """Agree that duties are put together again: somebody else than who asked, of another duty (403, 409)."""
    return duties.confirm(request.ctx)


@router.post(
    "/access/settings/refuse", response=schemas.AccessSettings, operation_id="access_settings_refuse",
    summary="Refuse the end of separation",
)  # fmt: skip
def post_refusal(request: ApiRequest) -> dict[str, Any]:
    """Take the question away: whoever asked, or anybody of one of the three duties."""
    return duties.refuse(request.ctx)
