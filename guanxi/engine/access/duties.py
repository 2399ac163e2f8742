"""Separation of duties (等保三员): administrator, security officer and auditor are different people.

*How it works*: whoever manages roles switches it on. To switch it off they ask, and somebody else of another of the
three duties confirms within a day: one person alone never gets back what separation took from them. Asking and
confirming stand in the audit.

*Rules*: administrators are those of the role `admin`; security officers whoever has the areas `roles` or
`security`; auditors whoever has `audit`. A question is good for `GOOD_FOR` and for one confirmation.

*See*: docs/adr/0079-two-people.md; GB/T 22239-2019 8.1.5.
"""

import uuid
from datetime import timedelta
from typing import Any

from guanxi.engine.access.changing import begin, finish
from guanxi.engine.access.loading import Access, get_access
from guanxi.engine.access.models import AccessSetting
from guanxi.engine.identity.facade import people
from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Forbidden
from guanxi.kit.text import Text

DUTIES = ("administrator", "security", "audit")
GOOD_FOR = timedelta(hours=24)
NOTHING_ASKED = Text(
    "现在没有待确认的申请，或者已超过 24 小时。", "Nothing is waiting to be confirmed, or a day has passed."
)
ANOTHER = Text(
    "要由申请人以外、担任另一职责（管理员、安全管理员或审计员）的人确认。",
    "Somebody else has to confirm, of another duty: administrator, security officer or auditor.",
)


def separate_duties(ctx: Ctx, on: bool) -> dict[str, Any]:
    """Part the duties, or ask to put them together again; raises Forbidden, Conflict."""
    begin(ctx)
    row = _setting(ctx)
    if on:
        row.separate_duties, row.off_asked_by, row.off_asked_at = True, None, None
        row.save()
        record(ctx, "role.changed", action="separate_duties", on=True)
        finish(ctx)
    elif row.separate_duties:
        row.off_asked_by, row.off_asked_at = ctx.actor.user_id, ctx.now
        row.save()
        record(ctx, "role.changed", action="separate_duties_asked", on=False)
    return state(ctx, row)


def confirm(ctx: Ctx) -> dict[str, Any]:
    """Agree to what somebody else asked: the duties are together again; raises Forbidden, Conflict."""
    _require_duty(ctx, writes=True)
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    row = _setting(ctx)
    theirs = _waiting(ctx, row)
    if theirs is None:
        raise Conflict(NOTHING_ASKED, code="nothing_asked")
    if not _is_mine(ctx, row, theirs):
        raise Forbidden(ANOTHER, code="another_duty")
    record(ctx, "role.changed", action="separate_duties", on=False, asked_by=row.off_asked_by)
    row.separate_duties, row.off_asked_by, row.off_asked_at = False, None, None
    row.save()
    finish(ctx)
    return state(ctx, row)


def refuse(ctx: Ctx) -> dict[str, Any]:
    """Take the question away: whoever asked, or anybody of one of the duties."""
    _require_duty(ctx, writes=True)
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    row = _setting(ctx)
    if row.off_asked_by is not None:
        record(ctx, "role.changed", action="separate_duties_refused", asked_by=row.off_asked_by)
        row.off_asked_by, row.off_asked_at = None, None
        row.save()
    return state(ctx, row)


def read_state(ctx: Ctx) -> dict[str, Any]:
    """Whether duties are separated and what waits to be confirmed; for whoever has one of them."""
    _require_duty(ctx)
    return state(ctx, _setting(ctx))


def state(ctx: Ctx, row: AccessSetting) -> dict[str, Any]:
    """The switch as the API tells it."""
    theirs, by, at = _waiting(ctx, row), row.off_asked_by, row.off_asked_at
    if theirs is None or by is None or at is None:
        return {"separate_duties": row.separate_duties, "asked": None}
    return {
        "separate_duties": True,
        "asked": {
            "by": {"id": by, "name": people(ctx, {by}).get(by, "")},
            "until": at + GOOD_FOR,
            "mine_to_confirm": _is_mine(ctx, row, theirs),
        },
    }


def _setting(ctx: Ctx) -> AccessSetting:
    found = AccessSetting.objects.filter(workspace_id=ctx.workspace.id).first()
    return found or AccessSetting(workspace_id=ctx.workspace.id)


def _waiting(ctx: Ctx, row: AccessSetting) -> frozenset[str] | None:
    """The duties of whoever asks; None when nothing is asked, or not any more, or no longer theirs to ask."""
    asked = row.off_asked_at
    if not row.separate_duties or asked is None or not asked <= ctx.now < asked + GOOD_FOR:
        return None
    theirs = _duties_of(ctx, row.off_asked_by)
    return theirs if "security" in theirs else None


def _is_mine(ctx: Ctx, row: AccessSetting, theirs: frozenset[str]) -> bool:
    """Whether it is the actor's to confirm. Who has gathered all three duties needs anybody else who has one."""
    is_other = ctx.actor.user_id not in (None, row.off_asked_by)
    return is_other and ctx.actor.can_write and bool(_own(ctx) - theirs or len(theirs) == len(DUTIES))


def _require_duty(ctx: Ctx, *, writes: bool = False) -> None:
    if not _own(ctx) or (writes and not ctx.actor.can_write):
        raise Forbidden


def _own(ctx: Ctx) -> frozenset[str]:
    return _duties(get_access(ctx.workspace), ctx, (str(ctx.actor.role), *ctx.actor.extra_roles))


def _duties_of(ctx: Ctx, user_id: uuid.UUID | None) -> frozenset[str]:
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, status="active")
    row = rows.filter(user_id=user_id).first() if user_id else None
    return _duties(get_access(ctx.workspace), ctx, (row.role, *row.extra_roles)) if row else frozenset()


def _duties(access: Access, ctx: Ctx, roles: tuple[str, ...]) -> frozenset[str]:
    areas = access.together(roles, ctx.workspace.member_scope).areas
    has = (Role.ADMIN in roles, bool(areas & {"roles", "security"}), "audit" in areas)
    return frozenset(duty for duty, is_theirs in zip(DUTIES, has, strict=True) if is_theirs)
