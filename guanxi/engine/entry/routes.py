"""`/me/entry`, `/me/sign-ins`, `/sign-in-policy` and `/members/{id}/entry`: who may come in, and who did.

Administrators see how active members of their workspace get in. A person has one sign-in for all their workspaces, so
this is the same history that every one of these workspaces' administrators sees.

*Rules*: who was invited, or has left, is nobody's to look at: anybody can invite any address. A lock-out guards the
account in all its workspaces, so that nobody ends it for somebody who works elsewhere as well.
"""

import uuid

from allauth.usersessions.models import UserSession
from ninja import Router, Status

from guanxi.engine.entry import schemas
from guanxi.engine.entry.adapter import locked_until, unlock
from guanxi.engine.entry.events import current_device
from guanxi.engine.entry.gate import missing_of
from guanxi.engine.entry.models import SignInEvent
from guanxi.engine.entry.policies import has_second_factor, policy_of, read_policy, role_names, update_policy
from guanxi.engine.entry.rules import Policy
from guanxi.engine.entry.sessions import end_all
from guanxi.engine.entry.vouching import is_bound, is_vouched
from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.identity.addresses import client_address
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.identity.queries import works_elsewhere
from guanxi.engine.tenancy.recording import record
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import Forbidden, NotFound, Unauthenticated
from guanxi.kit.text import Text

router = Router(tags=["Sign-in"])
SHOWN = 50
_NOT_HERE = Text(
    "这个人还没有加入，或者已经离开，看不到登录情况。",
    "This person has not joined, or has left: how they sign in is not to be seen.",
)
_ELSEWHERE = Text(
    "这个人还在别的企业工作，锁定会自己结束，也可以用邮件重设密码。",
    "This person works in another workspace too: the lock ends by itself, or with a new password by mail.",
)


@router.get("/me/entry", response=schemas.Entry, operation_id="entry_mine", summary="What keeps me out")
def get_entry(request: ApiRequest) -> schemas.Entry:
    """What one still has to do before the workspace lets one in."""
    actor = request.ctx.actor
    policy = policy_of(request.ctx.workspace.id)
    by_session = request if request.api_token is None else None
    return schemas.Entry(
        missing=missing_of(policy, actor, request.ctx.workspace.id, by_session),  # type: ignore[arg-type]
        password_policy=policy.password_policy,  # type: ignore[arg-type]
        has_second_factor=has_second_factor(actor.user_id),
        single_sign_on=by_session is not None and is_bound(request),
    )


@router.get("/me/sign-ins", response=schemas.SignIns, operation_id="sign_ins_mine", summary="My sign-ins")
def get_sign_ins(request: ApiRequest) -> schemas.SignIns:
    """One's own latest sign-ins and failed attempts."""
    if request.ctx.actor.user_id is None:
        raise Unauthenticated
    return schemas.SignIns(data=_events(request, request.ctx.actor.user_id))


@router.get(
    "/sign-in-policy",
    response=schemas.SignInPolicyView,
    operation_id="sign_in_policy_get",
    summary="Sign-in rules",
)
def get_policy(request: ApiRequest) -> schemas.SignInPolicyView:
    """What the workspace demands; for whoever looks after security."""
    require_admin(request.ctx, "security")
    return _shown(request, read_policy(request.ctx.workspace.id))


@router.patch(
    "/sign-in-policy",
    response=schemas.SignInPolicyView,
    operation_id="sign_in_policy_update",
    summary="Change the sign-in rules",
)
def patch_policy(request: ApiRequest, body: schemas.SignInPolicyUpdate) -> schemas.SignInPolicyView:
    """Change what the workspace demands; refused where it would lock oneself out."""
    changes = body.dict(exclude_unset=True)
    address = client_address(request)
    vouched = request.api_token is None and is_vouched(request, request.ctx.workspace.id)
    policy = update_policy(request.ctx, changes, address=address, is_vouched=vouched)
    return _shown(request, policy)


@router.get(
    "/members/{user_id}/entry",
    response=schemas.MemberEntry,
    operation_id="members_entry",
    summary="How a member gets in",
)
def get_member_entry(request: ApiRequest, user_id: uuid.UUID) -> schemas.MemberEntry:
    """Devices and sign-ins of an active member; administrators only."""
    member = _member(request, user_id)
    return schemas.MemberEntry(
        has_second_factor=has_second_factor(member.id),
        locked_until=locked_until(request, member),
        devices=[
            schemas.Device(id=row.pk, ip=row.ip, agent=row.user_agent, signed_in_at=row.created_at)
            for row in UserSession.objects.filter(user=member).order_by("-created_at")[:SHOWN]
        ],
        sign_ins=_events(request, member.id),
    )


@router.delete(
    "/members/{user_id}/entry",
    response={204: None},
    operation_id="members_sign_out",
    summary="Sign a member out",
)
def delete_member_entry(request: ApiRequest, user_id: uuid.UUID) -> Status[None]:
    """End every session of a member; administrators only."""
    member = _member(request, user_id)
    ended = end_all(member)
    record(
        request.ctx,
        "signin.ended",
        record_id=member.id,
        reason="administrator",
        count=max(ended, 1),
        name=member.name,
    )
    return Status(204, None)


@router.post(
    "/members/{user_id}/unlock",
    response={204: None},
    operation_id="members_unlock",
    summary="End a member's lock-out",
)
def post_unlock(request: ApiRequest, user_id: uuid.UUID) -> Status[None]:
    """Let a member try again who has failed too often; administrators only, for nobody who works elsewhere too."""
    member = _member(request, user_id)
    if works_elsewhere(member.id, request.ctx.workspace.id):
        raise Forbidden(_ELSEWHERE, code="works_elsewhere")
    unlock(request, member)
    record(request.ctx, "member.changed", record_id=member.id, unlocked=True)
    return Status(204, None)


def _member(request: ApiRequest, user_id: uuid.UUID) -> User:
    require_admin(request.ctx)
    rows = Membership.objects.filter(workspace_id=request.ctx.workspace.id, user_id=user_id)
    found = rows.select_related("user").first()
    if found is None:
        raise NotFound
    if found.status != "active":
        raise NotFound(_NOT_HERE, code="not_active")
    return found.user


def _events(request: ApiRequest, user_id: uuid.UUID) -> list[schemas.SignIn]:
    here = current_device(request)
    rows = SignInEvent.objects.filter(user_id=user_id).order_by("-at")[:SHOWN]
    return [
        schemas.SignIn(
            id=row.id,
            at=row.at,
            outcome=row.outcome,  # type: ignore[arg-type]
            ip=row.ip,
            agent=row.agent,
            is_this_device=bool(here) and row.device == here,
        )
        for row in rows
    ]


def _shown(request: ApiRequest, policy: Policy) -> schemas.SignInPolicyView:
    return schemas.SignInPolicyView(
        password_policy=policy.password_policy,  # type: ignore[arg-type]
        second_factor_roles=list(policy.second_factor_roles),
        session_hours=policy.session_hours,
        idle_minutes=policy.idle_minutes,
        networks=list(policy.networks),
        sso_only=policy.sso_only,
        break_glass=[uuid.UUID(person) for person in policy.break_glass],
        roles=[schemas.RoleName(key=key, name=name) for key, name in role_names(request.ctx).items()],
        your_address=client_address(request),
    )
