"""`/tokens`: one's own keys to the API."""

import uuid

from ninja import Router, Status

from guanxi.engine.identity import schemas
from guanxi.engine.identity.actions.tokens import create_token, revoke_token
from guanxi.engine.identity.queries import list_tokens
from guanxi.engine.identity.routes.shapes import token_of
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import Unauthenticated

router = Router(tags=["Tokens"])


@router.get("/tokens", response=schemas.TokenList, operation_id="tokens_list", summary="List my tokens")
def get_tokens(request: ApiRequest) -> schemas.TokenList:
    """One's own tokens that are not revoked."""
    return schemas.TokenList(data=[token_of(token) for token in list_tokens(request.ctx, _person(request))])


@router.post(
    "/tokens", response={201: schemas.TokenMade}, operation_id="tokens_create", summary="Create a token"
)
def post_token(request: ApiRequest, body: schemas.TokenCreate) -> Status[schemas.TokenMade]:
    """A new token; its secret stands in this answer and nowhere else."""
    token, secret = create_token(
        request.ctx,
        user_id=_person(request),
        name=body.name,
        scopes=body.scopes,
        expires_at=body.expires_at,
        made_with=request.api_token,
    )
    return Status(201, schemas.TokenMade(**token_of(token).dict(), token=secret))


@router.delete(
    "/tokens/{token_id}", response={204: None}, operation_id="tokens_revoke", summary="Revoke a token"
)
def delete_token(request: ApiRequest, token_id: uuid.UUID) -> Status[None]:
    """End one of one's own tokens."""
    revoke_token(request.ctx, token_id, user_id=_person(request))
    return Status(204, None)


def _person(request: ApiRequest) -> uuid.UUID:
    if request.ctx.actor.user_id is None:
        raise Unauthenticated
    return request.ctx.actor.user_id
