"""`/view-as`: seeing the product with somebody else's eyes."""

import uuid
from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from guanxi.engine.access import viewing
from guanxi.engine.access.schemas import Input, Key
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import Forbidden

router = Router(tags=["Roles and rights"])


class ViewAs(Input):
    """A person, or roles together."""

    user: uuid.UUID | None = None
    roles: list[Key] = Field(default_factory=list, max_length=viewing.MAX_ROLES)


class Viewing(Schema):
    """As whom one looks, and until when."""

    name: str
    user: uuid.UUID | None
    roles: list[str]
    until: datetime


@router.post("/view-as", response=Viewing, operation_id="view_as_begin", summary="Look as somebody else")
def begin(request: ApiRequest, body: ViewAs) -> dict[str, Any]:
    """For half an hour this session sees what they see, and changes nothing. Not with a token."""
    if request.api_token is not None:
        raise Forbidden(viewing.ONLY_SESSIONS, code="no_token")
    return viewing.begin(request.ctx, request.session, user=body.user, roles=body.roles).as_json()


@router.delete(
    "/view-as", response={204: None}, operation_id="view_as_end", summary="Look with one's own eyes again"
)
def end(request: ApiRequest) -> Status[None]:
    """End it."""
    if request.api_token is not None:
        raise Forbidden(viewing.ONLY_SESSIONS, code="no_token")
    viewing.end(request.ctx, request.session)
    return Status(204, None)
