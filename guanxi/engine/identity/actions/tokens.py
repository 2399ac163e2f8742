"""API tokens: made by their person, shown once, stored hashed, revoked at once.

*Rules*: a token never reaches further than its person; a token made with a token never reaches
further, or lives longer, than that one.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from guanxi.engine.identity.models import ApiToken, Membership
from guanxi.engine.identity.rules import API_TOKEN, SCOPES, hash_secret, make_secret, shown_prefix
from guanxi.engine.tenancy.context import Ctx, Origin, enter_workspace
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.text import Text

_PAST = Text("到期时间必须在将来。", "The expiry must lie in the future.")
_WIDER = Text(
    "用令牌创建的新令牌，权限和有效期都不能超过它。",
    "A token made with a token may not reach further or live longer than that one.",
)


def create_token(
    ctx: Ctx,
    *,
    user_id: uuid.UUID,
    name: str,
    scopes: Sequence[str] = SCOPES,
    expires_at: datetime | None = None,
    made_with: ApiToken | None = None,
) -> tuple[ApiToken, str]:
    """A new token of `user_id` and its secret, which is kept nowhere."""
    kept = [scope for scope in SCOPES if scope in {"read", *scopes}]
    if expires_at is not None and expires_at <= timezone.now():
        raise invalid("expires_at", "in_the_past", _PAST)
    if made_with is not None and not _is_within(made_with, kept, expires_at):
        raise Forbidden(_WIDER)
    secret = make_secret(API_TOKEN, ctx.workspace.id)
    token = ApiToken.objects.create(
        workspace_id=ctx.workspace.id,
        user_id=user_id,
        name=name,
        prefix=shown_prefix(secret),
        token_hash=hash_secret(secret),
        scopes=kept,
        expires_at=expires_at,
    )
    record(ctx, "token.created", record_id=token.id, name=name, prefix=token.prefix, scopes=kept,
           expires_at=expires_at, person=user_id)  # fmt: skip
    return token, secret


def _is_within(made_with: ApiToken, scopes: Sequence[str], expires_at: datetime | None) -> bool:
    if not set(scopes) <= set(made_with.scopes):
        return False
    return made_with.expires_at is None or (expires_at is not None and expires_at <= made_with.expires_at)


def revoke_token(ctx: Ctx, token_id: uuid.UUID, *, user_id: uuid.UUID | None = None) -> None:
    """End a token (of `user_id`, when given); raises NotFound. The row stays for the record."""
    rows = ApiToken.objects.filter(workspace_id=ctx.workspace.id, id=token_id, revoked_at__isnull=True)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if not rows.update(revoked_at=timezone.now()):
        raise NotFound
    record(ctx, "token.revoked", record_id=token_id)


def end_tokens(ctx: Ctx, person: uuid.UUID, reason: str) -> list[uuid.UUID]:
    """End every token of a person in this workspace, for good; gives their ids."""
    rows = ApiToken.objects.filter(workspace_id=ctx.workspace.id, user_id=person, revoked_at__isnull=True)
    ids = list(rows.values_list("id", flat=True))
    if ids:
        ApiToken.objects.filter(workspace_id=ctx.workspace.id, id__in=ids).update(revoked_at=timezone.now())
        record(ctx, "token.revoked", count=len(ids), person=person, tokens=ids, reason=reason)
    return ids


def revoke_everywhere(user_id: uuid.UUID, origin: Origin, reason: str) -> int:
    """End every token of a person, in all their workspaces; gives how many. The session is nobody's afterwards.

    Also where their membership is disabled: who is let in again does not bring old keys along.
    """
    ended = 0
    with transaction.atomic():
        enter_workspace(None, user_id)
        places = Membership.objects.filter(user_id=user_id).order_by("workspace_id")
        for workspace_id in list(places.values_list("workspace_id", flat=True)):
            enter_workspace(workspace_id)
            ctx = replace(load_system_ctx(workspace_id), origin=origin)
            ended += len(end_tokens(ctx, user_id, reason))
        enter_workspace(None)
    return ended


def touch_token(token_id: uuid.UUID) -> None:
    """Note that a token was used; whoever finds the row locked leaves it to the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE api_token SET last_used_at = %s WHERE id ="
            " (SELECT id FROM api_token WHERE id = %s FOR UPDATE SKIP LOCKED)",
            [timezone.now(), token_id],
        )
