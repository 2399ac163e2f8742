"""Who works at the desk: everybody with the area `privacy`."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from guanxi.engine.access.models import RoleRow
from guanxi.engine.identity.models import Membership
from guanxi.engine.subjects.reading import NOT_PERSON
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden, invalid
from guanxi.kit.text import Text

AREA = "privacy"
NOT_YOURS = Text("你的角色不处理个人信息请求。", "Your role does not handle requests of persons.")


def require_desk(ctx: Ctx, *, change: bool = False) -> None:
    """Raise Forbidden for who does not work here (`change`: only looks)."""
    if not (ctx.actor.manages(AREA) if change else ctx.actor.may(AREA)):
        raise Forbidden(NOT_YOURS)


def require_person(ctx: Ctx, user_id: uuid.UUID | None) -> uuid.UUID | None:
    """The id if they work at the desk; raises Invalid."""
    if user_id is not None and user_id not in set(workers(ctx)):
        raise invalid("assignee_id", "not_found", NOT_PERSON)
    return user_id


def workers(ctx: Ctx) -> Iterable[uuid.UUID]:
    """The active people who have the area."""
    rows = RoleRow.objects.filter(workspace_id=ctx.workspace.id)
    keys = [row.key for row in rows if AREA in row.rights.get("areas", [])]
    having = Q(role=Role.ADMIN) | Q(role__in=keys) | Q(extra_roles__overlap=keys)
    members = Membership.objects.filter(having, workspace_id=ctx.workspace.id, status="active")
    return members.order_by("name").values_list("user_id", flat=True)
