"""`/members`: the people of the workspace."""

import uuid
from typing import Annotated

from ninja import Query, Router, Status

from guanxi.engine.identity import schemas
from guanxi.engine.identity.actions.invitations import Invited, invite, renew_invitation
from guanxi.engine.identity.actions.members import update_member
from guanxi.engine.identity.queries import get_member_row, list_members
from guanxi.engine.identity.routes.shapes import member_of, member_page_of
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["People"])


@router.get("/members", response=schemas.MemberPage, operation_id="members_list", summary="List members")
def get_members(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=200)] = "",
    team: uuid.UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> schemas.MemberPage:
    """Members by name; `q` finds names, pinyin, initials and addresses, `team` includes the teams below."""
    rows = list_members(request.ctx, q=q.replace("\0", ""), team=team, limit=limit, cursor=cursor)
    return member_page_of(rows)


@router.post(
    "/members/invite",
    response={201: schemas.MemberInvited},
    operation_id="members_invite",
    summary="Invite a member",
)
def post_invitation(request: ApiRequest, body: schemas.MemberInvite) -> Status[schemas.MemberInvited]:
    """Invite somebody; the link goes out by mail and is shown this once. Administrators only."""
    return _invited(
        request, invite(request.ctx, email=body.email, name=body.name, role=body.role, team=body.team)
    )


@router.post(
    "/members/{user_id}/invite",
    response={201: schemas.MemberInvited},
    operation_id="members_renew_invitation",
    summary="Send a new invitation",
)
def post_renewal(
    request: ApiRequest, user_id: uuid.UUID, body: schemas.InvitationRenewal
) -> Status[schemas.MemberInvited]:
    """A new link for somebody who has not joined yet, to another address if given. Administrators only."""
    return _invited(request, renew_invitation(request.ctx, user_id, email=body.email))


@router.get("/members/{user_id}", response=schemas.Member, operation_id="members_get", summary="One member")
def get_one(request: ApiRequest, user_id: uuid.UUID) -> schemas.Member:
    """One member."""
    return member_of(get_member_row(request.ctx, user_id))


@router.patch(
    "/members/{user_id}", response=schemas.Member, operation_id="members_update", summary="Change a member"
)
def patch_one(request: ApiRequest, user_id: uuid.UUID, body: schemas.MemberUpdate) -> schemas.Member:
    """Change role, team, manager, standing or name. Administrators only."""
    update_member(request.ctx, user_id, body.dict(exclude_unset=True))
    return member_of(get_member_row(request.ctx, user_id))


def _invited(request: ApiRequest, invited: Invited) -> Status[schemas.MemberInvited]:
    member = member_of(get_member_row(request.ctx, invited.member.user_id))
    return Status(201, schemas.MemberInvited(**member.dict(), invite_url=invited.url))
