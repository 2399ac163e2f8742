"""Making and ending further ways to records: sharing rules, standing in, collaborators.

*Rules*: sharing rules need the area `roles`; people hand their own records to a stand-in, and share records
that they may change. What is shared is at most what they may do themselves. Every change raises the
version that everybody's rights are read at.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from guanxi.engine.access import rights
from guanxi.engine.access.changing import begin, finish
from guanxi.engine.access.loading import EDIT, known_roles
from guanxi.engine.access.models import Collaborator, Delegation, SharingRule
from guanxi.engine.access.ways import compile_condition, condition_compilers, unrestricted
from guanxi.engine.identity.facade import people
from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, uncommitted
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit.errors import Forbidden, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

MAX_RULES = 100
MAX_COLLABORATORS = 50
MAX_DELEGATION = timedelta(days=366)
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
UNKNOWN_TARGET = Text("没有这个人、部门或角色。", "There is no such person, team or role.")
TEAM_ROLES = ("account", "presales", "delivery", "service", "partner", "sponsor", "assistant", "other")
"""What somebody is in the team of a record; the words are the screens' own."""
WHOLE = Decimal(100)
_SHARE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?\Z", re.ASCII)
BAD_ROLE = Text("没有这种团队角色。", "There is no such part in a team.")
BAD_SHARE = Text(
    "比例应在 0 到 100 之间，最多两位小数。", "A share lies between 0 and 100, with at most two decimals."
)
TOO_MUCH = Text(
    "协作者的比例合计 {sum}%，超过了 100%。", "The shares come to {sum} %, which is more than the whole."
)
NOT_SHAREABLE = Text("这个对象不用共享。", "This object needs no sharing.")
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
BAD_UNTIL = Text(
    "结束时间应在将来一年之内，晚于开始时间。", "The end lies within a year from now, after the start."
)
NOT_ONESELF = Text("不能代理自己。", "Nobody stands in for themselves.")


def list_rules(ctx: Ctx) -> list[dict[str, Any]]:
    """Every sharing rule; `broken` ones have a filter that no longer fits the schema."""
    rows = list(SharingRule.objects.filter(workspace_id=ctx.workspace.id).order_by("object_key", "id"))
    return [rule_json(ctx, row) for row in rows]


def rule_json(ctx: Ctx, row: SharingRule) -> dict[str, Any]:
    """A rule as the API tells it."""
    obj = get_schema(ctx).find(row.object_key)
    broken = obj is None or compile_condition(ctx, obj, "r", row.filter) is None
    return {
        "id": str(row.id), "name": row.name, "object": row.object_key, "filter": row.filter, "to_kind": row.to_kind,
        "to": row.to_key, "with_below": row.with_below, "level": row.level, "enabled": row.enabled,
        "version": row.version, "broken": broken,
    }  # fmt: skip


def create_rule(ctx: Ctx, given: Mapping[str, Any]) -> SharingRule:
    """A new rule; raises Forbidden, Invalid."""
    begin(ctx)
    if SharingRule.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_RULES:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_RULES)
    row = SharingRule(workspace_id=ctx.workspace.id)
    _fill(ctx, row, given)
    row.save(force_insert=True)
    record(ctx, "sharing.changed", object_key=row.object_key, action="create", **_told(row))
    finish(ctx)
    return row


def update_rule(ctx: Ctx, rule_id: uuid.UUID, given: Mapping[str, Any]) -> SharingRule:
    """Change a rule, based on its `version`; raises Forbidden, NotFound, Invalid."""
    begin(ctx)
    row = _rule(ctx, rule_id)
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != row.version:
        raise StaleVersion(extra={"current": row.version})
    before = _told(row)
    _fill(ctx, row, {**before, **given})
    row.version += 1
    row.save()
    record_change(ctx, "sharing.changed", before, _told(row), record_id=row.id, action="update")
    finish(ctx)
    return row


def delete_rule(ctx: Ctx, rule_id: uuid.UUID) -> None:
    """End a rule."""
    begin(ctx)
    row = _rule(ctx, rule_id)
    record(ctx, "sharing.changed", object_key=row.object_key, action="delete", **_told(row))
    row.delete()
    finish(ctx)


def check_rule(ctx: Ctx, given: Mapping[str, Any]) -> ObjectDef:
    """The object of a rule whose object, filter and target are right; raises Invalid."""
    obj = get_schema(ctx).find(str(given.get("object") or ""))
    if obj is None or not obj.listed or obj.shared or obj.line_of is not None:
        raise invalid("object", "not_possible", NOT_SHAREABLE)
    for compiler in condition_compilers:
        compiler(unrestricted(ctx), obj, "r", given.get("filter"))
    if not _exists(ctx, given.get("to_kind"), str(given.get("to") or "")):
        raise invalid("to", "unknown_target", UNKNOWN_TARGET)
    return obj


def _fill(ctx: Ctx, row: SharingRule, given: Mapping[str, Any]) -> None:
    name = Text.of(given.get("name") or "")
    if not name.zh.strip():
        raise invalid("name", "required", NEEDS_NAME)
    row.object_key = check_rule(ctx, given).key
    row.name, row.filter = name.as_dict(), given.get("filter")
    row.to_kind, row.to_key = given["to_kind"], str(given["to"])
    row.with_below = given.get("with_below", True)
    row.level, row.enabled = given.get("level", "read"), given.get("enabled", True)


def _told(row: SharingRule) -> dict[str, Any]:
    return {"name": row.name, "object": row.object_key, "filter": row.filter, "to_kind": row.to_kind,
            "to": row.to_key, "with_below": row.with_below, "level": row.level, "enabled": row.enabled}  # fmt: skip


def _rule(ctx: Ctx, rule_id: uuid.UUID) -> SharingRule:
    row = SharingRule.objects.filter(workspace_id=ctx.workspace.id, id=rule_id).first()
    if row is None:
        raise NotFound
    return row


def _exists(ctx: Ctx, kind: Any, key: str) -> bool:
    if kind == "role":
        return key in known_roles(ctx)
    found = parse_id(key)
    if found is None or key != str(found):
        return False
    if kind == "team":
        return Team.objects.filter(workspace_id=ctx.workspace.id, id=found).exists()
    return Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=found).exists()


def list_delegations(ctx: Ctx) -> list[dict[str, Any]]:
    """Who stands in for whom now and later: one's own, everybody's for who manages roles."""
    rows = Delegation.objects.filter(workspace_id=ctx.workspace.id, until__gt=timezone.now())
    if not ctx.actor.may("roles"):
        rows = rows.filter(Q(from_user_id=ctx.actor.user_id) | Q(to_user_id=ctx.actor.user_id))
    found = list(rows.order_by("starts_at", "id")[:500])
    names = people(ctx, {i for row in found for i in (row.from_user_id, row.to_user_id)})
    return [
        {
            "id": str(row.id), "from": _person(names, row.from_user_id), "to": _person(names, row.to_user_id),
            "level": row.level, "starts_at": row.starts_at, "until": row.until,
        }
        for row in found
    ]  # fmt: skip


def create_delegation(
    ctx: Ctx,
    *,
    person: uuid.UUID | None,
    to: uuid.UUID,
    level: str,
    starts_at: datetime | None,
    until: datetime,
) -> uuid.UUID:
    """Let `to` stand in for the actor (for `person`, by who manages roles); raises Forbidden, Invalid."""
    owner = person or ctx.actor.user_id
    if (
        owner is None
        or not ctx.actor.can_write
        or (owner != ctx.actor.user_id and not ctx.actor.may("roles"))
    ):
        raise Forbidden
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    if owner == to:
        raise invalid("to", "own_delegate", NOT_ONESELF)
    active = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=to, status="active")
    if not active.exists() or not _exists(ctx, "user", str(owner)):
        raise invalid("to", "unknown_target", UNKNOWN_TARGET)
    start = starts_at or ctx.now
    if not max(start, ctx.now) < until <= ctx.now + MAX_DELEGATION:
        raise invalid("until", "out_of_range", BAD_UNTIL)
    row = Delegation.objects.create(
        workspace_id=ctx.workspace.id, from_user_id=owner, to_user_id=to, level=level, starts_at=start, until=until,
        created_by=ctx.actor.user_id,
    )  # fmt: skip
    record(ctx, "sharing.changed", record_id=owner, action="stand_in", to=to, level=level, until=until)
    raise_version(ctx)
    return row.id


def end_delegation(ctx: Ctx, delegation_id: uuid.UUID) -> None:
    """End it at once: by whom it is for, who does it, or who manages roles; raises NotFound."""
    rows = Delegation.objects.filter(workspace_id=ctx.workspace.id, id=delegation_id)
    if not ctx.actor.may("roles"):
        rows = rows.filter(Q(from_user_id=ctx.actor.user_id) | Q(to_user_id=ctx.actor.user_id))
    if not ctx.actor.can_write:
        raise Forbidden
    ended = rows.first()
    if ended is None:
        raise NotFound
    rows.delete()
    record(ctx, "sharing.changed", record_id=ended.from_user_id, action="stand_in_ended", to=ended.to_user_id)
    raise_version(ctx)


def list_collaborators(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """Who collaborates on a record that the caller has found visible."""
    rows = Collaborator.objects.filter(workspace_id=ctx.workspace.id, object_key=obj.key, record_id=record_id)
    found = list(rows.order_by("created_at", "id"))
    names = people(ctx, {row.user_id for row in found if row.user_id})
    teams = dict(
        Team.objects.filter(workspace_id=ctx.workspace.id, id__in=[r.team_id for r in found]).values_list(
            "id", "name"
        )
    )
    return [
        {
            "user": _person(names, row.user_id) if row.user_id else None,
            "team": _person(teams, row.team_id) if row.team_id else None,
            "level": row.level, "until": row.until, "role": row.role or None, "share": row.share,
        }
        for row in found
    ]  # fmt: skip


def set_collaborators(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, given: Sequence[Mapping[str, Any]]
) -> None:
    """Put these in place of whoever collaborates now; the caller has made sure that the actor may change it."""
    if obj.shared or obj.line_of is not None:
        raise invalid("collaborators", "not_possible", NOT_SHAREABLE)
    if len(given) > MAX_COLLABORATORS:
        raise invalid("collaborators", "too_many", TOO_MANY, max=MAX_COLLABORATORS)
    rows = [_collaborator(ctx, obj, record_id, item, i) for i, item in enumerate(given)]
    total = sum((row.share for row in rows if row.share is not None), Decimal(0))
    if total > WHOLE:
        raise invalid("collaborators", "too_much", TOO_MUCH, sum=f"{total.normalize():f}")
    known = rights.has_collaborators(ctx, obj)
    Collaborator.objects.filter(
        workspace_id=ctx.workspace.id, object_key=obj.key, record_id=record_id
    ).delete()
    Collaborator.objects.bulk_create(rows)
    record(ctx, "sharing.changed", object_key=obj.key, record_id=record_id, action="collaborators",
           to=[{"who": row.user_id or row.team_id, "level": row.level, "until": row.until} | _part(row) for row in rows])  # fmt: skip
    if rows and not known:
        raise_version(ctx)


def _collaborator(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, item: Mapping[str, Any], index: int
) -> Collaborator:
    user, team, until = item.get("user"), item.get("team"), item.get("until")
    kind, target = ("user", user) if user else ("team", team)
    if bool(user) == bool(team) or not _exists(ctx, kind, str(target)):
        raise invalid(f"collaborators.{index}", "unknown_target", UNKNOWN_TARGET)
    if until is not None and until <= ctx.now:
        raise invalid(f"collaborators.{index}.until", "out_of_range", BAD_UNTIL)
    return Collaborator(
        workspace_id=ctx.workspace.id, object_key=obj.key, record_id=record_id, user_id=user, team_id=team,
        level=EDIT if item.get("level") == EDIT else "read", until=until, created_by=ctx.actor.user_id,
        role=_role(item.get("role"), index), share=_share(item.get("share"), index),
    )  # fmt: skip


def _role(given: Any, index: int) -> str:
    if given in (None, ""):
        return ""
    if given not in TEAM_ROLES:
        raise invalid(f"collaborators.{index}.role", "not_an_option", BAD_ROLE)
    return str(given)


def _share(given: Any, index: int) -> Decimal | None:
    if given is None:
        return None
    known = isinstance(given, int | float | str) and not isinstance(given, bool)
    match = _SHARE.match(str(given)) if known else None
    if match is None or Decimal(match[0]) > WHOLE:
        raise invalid(f"collaborators.{index}.share", "out_of_range", BAD_SHARE)
    return Decimal(match[0])


def _part(row: Collaborator) -> dict[str, Any]:
    """What the audit tells of somebody's part in the team, where they have one."""
    said = {"role": row.role, "share": None if row.share is None else str(row.share)}
    return {key: value for key, value in said.items() if value}


def raise_version(ctx: Ctx) -> None:
    """Everybody reads ways anew from their next request on."""
    Workspace.objects.filter(id=ctx.workspace.id).update(access_version=F("access_version") + 1)
    uncommitted.access[ctx.workspace.id] = None


def _person(names: Mapping[uuid.UUID, str], who: uuid.UUID) -> dict[str, str]:
    return {"id": str(who), "name": names.get(who, "")}
