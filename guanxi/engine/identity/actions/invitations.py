"""Inviting people, and taking up an invitation.

*How it works*: an invitation has two links. The one in the mail proves that its reader owns the
address; the one an administrator copies proves nothing and leaves the address to be confirmed. Whether
an address has an account anywhere is never told to the inviter: an account is joined when its person,
signed in, opens the link; until then the workspace shows the name it was invited under.

*Rules*: a link works once and for a week; the person's row is locked while it is taken up. An account
that was made for an address is taken into use under that address alone: several workspaces may wait for it.

*See*: docs/adr/0013-invitations.md.
"""

import uuid
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guanxi.engine.identity import mailing, mails
from guanxi.engine.identity.actions.accounts import EMAIL_TAKEN, take_into_use
from guanxi.engine.identity.actions.members import (
    check_team,
    get_member,
    new_membership,
    new_placeholder,
    rename,
)
from guanxi.engine.identity.actions.rights import (
    keeping_sight,
    require_admin,
    require_giving,
    require_placing,
)
from guanxi.engine.identity.models import Invitation, Membership, User
from guanxi.engine.identity.rules import (
    INVITATION,
    INVITATION_LIFE,
    hash_secret,
    make_secret,
    parse_secret,
    shown_email,
    tidy_name,
)
from guanxi.engine.tenancy.context import Ctx, Role, session, system_ctx
from guanxi.engine.tenancy.models import Workspace, WorkspaceOwned
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Forbidden, NotFound, Unauthenticated, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

_DEAD = Text(
    "这个邀请链接已经用过或过期，请让管理员重新邀请。",
    "This invitation has been used or has expired. Ask for a new one.",
)
_ALREADY_IN = Text("这个人已经在工作区里了。", "This person is in the workspace already.")
_OTHER_PERSON = Text(
    "这份邀请是给另一个账号的，请先退出登录。", "This invitation is for another account. Sign out first."
)
_SIGN_IN_FIRST = Text("请先登录这个邮箱的账号，再接受邀请。", "Sign in with this address first, then accept.")
_REQUIRED = Text("请填写。", "Please fill this in.")


@dataclass(frozen=True, slots=True)
class Invited:
    """A member who has been invited, and the link that is shown once."""

    member: Membership
    url: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation found by its link. `has_account` is None where the link proves nothing."""

    workspace_id: uuid.UUID
    workspace_name: str
    email: str
    invited_by: str | None
    has_account: bool | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Who has joined which workspace."""

    workspace_id: uuid.UUID
    workspace_name: str
    user: User


def invite(ctx: Ctx, *, email: str | None, name: str, role: str, team: uuid.UUID | None) -> Invited:
    """Invite somebody; whoever was invited before gets a new link. Raises Conflict for a member."""
    require_admin(ctx)
    team_id = check_team(ctx, team)
    user = User.objects.filter(email=email.lower()).first() if email else None
    member = Membership.objects.filter(workspace_id=ctx.workspace.id, user=user).first() if user else None
    if member is not None and member.status != "invited":
        raise Conflict(_ALREADY_IN, code="already_member")
    if user is None:
        user = new_placeholder(name)
        user.email = email.lower() if email else user.email
        user.save(force_insert=True)
    require_giving(ctx, role, member.role if member else None)
    fresh = [] if member else [user.id]
    if member is None:
        member = new_membership(ctx, user, name=name, role=role, team_id=team_id)
    else:
        rename(member, name)
        member.role = role
    if fresh or team_id != member.team_id:
        require_placing(ctx, member, team_id)
    member.team_id = team_id
    with keeping_sight(ctx, new=fresh):
        member.save()
    return _send(ctx, member, email or "")


def renew_invitation(ctx: Ctx, user_id: uuid.UUID, *, email: str | None) -> Invited:
    """A new link for somebody who has not joined yet; with `email`, from now on at that address."""
    require_admin(ctx)
    member = get_member(ctx, user_id, lock=True)
    if member.status != "invited":
        raise Conflict(_ALREADY_IN, code="already_member")
    if member.extra_roles or member.role not in (Role.MEMBER, Role.LIMITED):
        require_admin(ctx, "roles")  # whoever gets the link gets these
    user = User.objects.select_for_update().get(id=user_id)
    if email and user.is_fresh and _is_ours_alone(user) and _is_free(email):
        user.email = email.lower()
        user.save(update_fields=["email"])
    return _send(ctx, member, email or shown_email(user.email))


def _is_ours_alone(user: User) -> bool:
    """Whether this account was made here by name only: nobody else can know it."""
    return not shown_email(user.email)


def _is_free(email: str) -> bool:
    """Whether no account has the address; one that has it keeps it, and the link leads its person here."""
    return not User.objects.filter(email=email.lower()).exists()


def _send(ctx: Ctx, member: Membership, email: str) -> Invited:
    Invitation.objects.filter(
        workspace_id=ctx.workspace.id, user_id=member.user_id, accepted_at__isnull=True
    ).delete()
    copied = make_secret(INVITATION, ctx.workspace.id)
    mailed = make_secret(INVITATION, ctx.workspace.id) if email else None
    Invitation.objects.create(
        workspace_id=ctx.workspace.id,
        user_id=member.user_id,
        email=email,
        token_hash=hash_secret(copied),
        mail_token_hash=hash_secret(mailed) if mailed else None,
        invited_by_id=ctx.actor.user_id,
        expires_at=timezone.now() + INVITATION_LIFE,
    )
    if mailed:
        mail = mails.write(
            "identity/invitation",
            ctx.workspace.locale,
            {
                "inviter": ctx.actor.name,
                "workspace": ctx.workspace.name,
                "url": link(mailed),
                "days": INVITATION_LIFE.days,
            },
        )
        mailing.enqueue(mail, email, workspace_id=ctx.workspace.id)
    record(
        ctx, "member.invited", record_id=member.user_id, name=member.name, email=email, role=str(member.role)
    )
    return Invited(member=member, url=link(copied))


def link(secret: str) -> str:
    """The page of the web app that takes up an invitation."""
    return f"{settings.GUANXI_PUBLIC_URL}/invitation/{secret}"


def read_invitation(token: str) -> OpenInvitation:
    """What a link leads to; opens its own session. Raises NotFound when it is dead."""
    parsed = parse_secret(INVITATION, token)
    if parsed is None or parsed.workspace_id is None:
        raise NotFound(_DEAD, code="invitation_dead")
    with session(parsed.workspace_id):
        invitation = _find(parsed.workspace_id, parsed.hash)
        workspace = Workspace.objects.get(id=parsed.workspace_id)
        inviter = Membership.objects.filter(workspace_id=workspace.id, user=invitation.invited_by).first()
        mailed = invitation.mail_token_hash == parsed.hash
        return OpenInvitation(
            workspace_id=workspace.id,
            workspace_name=workspace.name,
            email=invitation.email,
            invited_by=inviter.name if inviter else None,
            has_account=_account_of(invitation) is not None if mailed else None,
        )


def accept_invitation(
    token: str, *, person: User | None, name: str | None, password: str | None, email: str | None, locale: str
) -> Joined:
    """Take up an invitation as `person` (signed in) or with a new password; opens its own session."""
    parsed = parse_secret(INVITATION, token)
    if parsed is None or parsed.workspace_id is None:
        raise NotFound(_DEAD, code="invitation_dead")
    with session(parsed.workspace_id):
        invitation = _find(parsed.workspace_id, parsed.hash)
        member = Membership.objects.select_for_update().get(
            workspace_id=parsed.workspace_id, user_id=invitation.user_id
        )
        # The member first, as everywhere; whoever waited for it looks at the invitation again.
        invitation = _find(parsed.workspace_id, parsed.hash, lock=True)
        if person is not None:
            _join_as(member, invitation, person)
        else:
            mailed = invitation.mail_token_hash == parsed.hash
            _join_as_new(
                member, invitation, name=name, password=password, email=email, locale=locale, mailed=mailed
            )
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        workspace = Workspace.objects.get(id=parsed.workspace_id)
        ctx = system_ctx(workspace.info())
        record(ctx, "member.joined", record_id=member.user_id, name=member.name, role=str(member.role))
        return Joined(workspace_id=workspace.id, workspace_name=workspace.name, user=member.user)


def _find(workspace_id: uuid.UUID, secret_hash: str, *, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects
    invitation = rows.filter(
        Q(token_hash=secret_hash) | Q(mail_token_hash=secret_hash),
        workspace_id=workspace_id,
        accepted_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).first()
    invited = Membership.objects.filter(workspace_id=workspace_id, status="invited")
    if invitation is None or not invited.filter(user_id=invitation.user_id).exists():
        raise NotFound(_DEAD, code="invitation_dead")
    return invitation


def _account_of(invitation: Invitation) -> User | None:
    """The account in use that the invitation is for, if there is one."""
    emails = {shown_email(invitation.user.email), invitation.email} - {""}
    users = User.objects.filter(Q(id=invitation.user_id) | Q(email__in=emails))
    return next((user for user in users if not user.is_fresh), None)


def _join_as(member: Membership, invitation: Invitation, person: User) -> None:
    """The person signed in takes the place that was made for the invitation."""
    if member.user_id != person.id:
        if not member.user.is_fresh:
            raise Forbidden(_OTHER_PERSON, code="other_person")
        if Membership.objects.filter(workspace_id=member.workspace_id, user=person).exists():
            raise Conflict(_ALREADY_IN, code="already_member")
        _replace_person(member, person)
    _activate(member, person.name)


def _join_as_new(
    member: Membership,
    invitation: Invitation,
    *,
    name: str | None,
    password: str | None,
    email: str | None,
    locale: str,
    mailed: bool,
) -> None:
    """Somebody without an account takes the invited one into use."""
    if _account_of(invitation) is not None:
        raise Unauthenticated(_SIGN_IN_FIRST, code="sign_in_first")
    user = User.objects.select_for_update().get(id=member.user_id)
    address = invitation.email or shown_email(user.email) or email
    for field, value in (("name", name), ("password", password), ("email", address)):
        if not value:
            raise invalid(field, "required", _REQUIRED)
    if address and User.objects.filter(email=address.lower()).exclude(id=user.id).exists():
        raise invalid("email", "email_taken", EMAIL_TAKEN)
    if shown_email(user.email) not in ("", (address or "").lower()):
        # Made for another address, which other workspaces may have invited too: that account stays as it is.
        user = User(id=new_id())
    user.locale = locale
    take_into_use(user, email=address or "", name=name or "", password=password or "", verified=mailed)
    if user.id != member.user_id:
        _replace_person(member, user)
    _activate(member, user.name)
    member.user = user


def _activate(member: Membership, name: str) -> None:
    member.status = "active"
    member.joined_at = timezone.now()
    rename(member, tidy_name(name))
    member.save()


def _replace_person(member: Membership, person: User) -> None:
    """Let `person` stand wherever the placeholder stood in this workspace, then forget the placeholder."""
    placeholder = member.user
    for model in apps.get_models():
        if not issubclass(model, WorkspaceOwned) or model is Membership:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                rows = model._base_manager.filter(
                    workspace_id=member.workspace_id, **{field.name: placeholder}
                )
                rows.update(**{field.name: person})
    Membership.objects.filter(workspace_id=member.workspace_id, manager=placeholder).update(manager=person)
    member.user = person
    member.save(update_fields=["user"])
    if _is_ours_alone(placeholder):
        placeholder.delete()
