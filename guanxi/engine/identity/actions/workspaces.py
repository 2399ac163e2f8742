"""Making workspaces: by sign-up, by the one-time set-up link, by the command line."""

import secrets
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.identity.models import Membership, SetupToken, User
from guanxi.engine.identity.rules import (
    SETUP,
    SETUP_LIFE,
    hash_secret,
    make_secret,
    parse_secret,
    search_key,
    slug_of,
    tidy_name,
)
from guanxi.engine.tenancy.context import Role, enter_workspace, system_ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.provisioning import provision
from guanxi.engine.tenancy.recording import record
from guanxi.engine.vault.keys import make_keys
from guanxi.kit import pinyin
from guanxi.kit.errors import Conflict, NotFound
from guanxi.kit.ids import new_id
from guanxi.kit.text import DEFAULT_LOCALE, Text

_SETUP_LINK_DEAD = Text(
    "这个设置链接已经用过或过期。请在服务器上重新启动 Guanxi 取得新的链接。",
    "This set-up link has been used or has expired. Restart Guanxi on the server to get a new one.",
)
_ALREADY_SET_UP = Text("已经完成初始设置，请直接登录。", "Guanxi is set up already. Please sign in.")


def create_workspace(
    name: str,
    *,
    admin: User | None = None,
    locale: str = DEFAULT_LOCALE,
    time_zone: str = "Asia/Shanghai",
    currency: str = "CNY",
    is_sample: bool = False,
    workspace_id: uuid.UUID | None = None,
) -> Workspace:
    """A new workspace with its administrator, provisioned by every registered hook; all or nothing.

    Leaves the running transaction, where there is one, inside the new workspace.
    """
    with transaction.atomic():
        workspace = Workspace(
            id=workspace_id or new_id(),
            name=tidy_name(name),
            locale=locale,
            time_zone=time_zone,
            currency=currency,
            is_sample=is_sample,
        )
        enter_workspace(workspace.id)
        _save_with_free_slug(workspace)
        make_keys(workspace.id)
        if admin is not None:
            add_member(workspace.id, admin, role=Role.ADMIN)
        ctx = system_ctx(workspace.info())
        provision(ctx)
        record(ctx, "workspace.created", name=workspace.name, administrator=admin.id if admin else None)
    return workspace


def _save_with_free_slug(workspace: Workspace) -> None:
    """Save under the plain slug, or with a random tail: other workspaces are behind their walls."""
    workspace.slug = slug = slug_of(workspace.name)
    try:
        with transaction.atomic():
            workspace.save(force_insert=True)
    except IntegrityError:
        workspace.slug = f"{slug}-{secrets.token_hex(4)}"
        workspace.save(force_insert=True)


def add_member(workspace_id: uuid.UUID, user: User, *, role: Role) -> Membership:
    """Put `user` into the workspace of the running session as an active member."""
    return Membership.objects.create(
        workspace_id=workspace_id,
        user=user,
        role=role,
        status="active",
        joined_at=timezone.now(),
        name=user.name,
        sort_key=pinyin.sort_key(user.name),
        search_key=search_key(user.name),
    )


def needs_setup() -> bool:
    """Whether nobody has an account here yet."""
    return not User.objects.exists()


def issue_setup_token() -> str:
    """A new one-time secret for the set-up page; earlier ones stop working."""
    secret = make_secret(SETUP, None)
    with transaction.atomic():
        SetupToken.objects.all().delete()
        SetupToken.objects.create(token_hash=hash_secret(secret), expires_at=timezone.now() + SETUP_LIFE)
    return secret


def set_up(
    *, token: str, workspace_name: str, name: str, email: str, password: str, locale: str
) -> tuple[Workspace, User]:
    """The first workspace and its administrator, in exchange for the one-time secret.

    Opens its own transaction. Raises NotFound for a dead link, Conflict when somebody was first.
    """
    with transaction.atomic():
        parsed = parse_secret(SETUP, token)
        row = (
            SetupToken.objects.select_for_update().filter(token_hash=parsed.hash).first() if parsed else None
        )
        if row is None or row.used_at or row.expires_at <= timezone.now():
            raise NotFound(_SETUP_LINK_DEAD, code="setup_link_dead")
        if not needs_setup():
            raise Conflict(_ALREADY_SET_UP, code="already_set_up")
        admin = create_account(email=email, name=name, password=password, locale=locale, verified=True)
        workspace = create_workspace(workspace_name, admin=admin, locale=locale)
        row.used_at = timezone.now()
        row.save(update_fields=["used_at"])
    return workspace, admin


def create_first_workspace(
    *, workspace_name: str, name: str, email: str, password: str, locale: str
) -> Workspace:
    """A workspace with a new administrator, as the operator of this machine asks; opens its own transaction."""
    with transaction.atomic():
        admin = create_account(email=email, name=name, password=password, locale=locale, verified=True)
        return create_workspace(workspace_name, admin=admin, locale=locale)
