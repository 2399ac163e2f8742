"""What somebody has, who may hand it over, and what a plan comes to before it is carried out.

*Rules*: needs the area `members`, and the right to see and assign every record of what is handed over: nobody
gets at records by handing them to a friend. Receivers are active people of the workspace who may write.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.access.rules import Scope
from guanxi.engine.handover.models import HandOver
from guanxi.engine.handover.sharing_out import Plan, count, objects_of, shares
from guanxi.engine.identity.facade import people, require_admin
from guanxi.engine.identity.leaving import open_work
from guanxi.engine.identity.models import Membership
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.text import Text

MAX_RECEIVERS = 50
NOT_ALL = Text(
    "你不能分配所有人的「{objects}」，请有这个权限的人来交接。",
    "You may not assign everybody's {objects}. Ask somebody who may.",
)
NOBODY = Text("请选择接手的人。", "Choose who takes over.")
TO_ONESELF = Text("不能交接给本人。", "Nobody hands over to themselves.")
NOT_ACTIVE = Text("{name} 没有在用账号，不能接手。", "{name} is not active and cannot take over.")
ONLY_READS = Text(
    "{name} 是只读角色，接手以后什么都不能改。",
    "{name} may only read and could change nothing they are given.",
)
NO_SUCH_PERSON = Text("工作区里没有这个人。", "There is no such person in this workspace.")
NO_SUCH_OBJECT = Text("这个对象没有可以交接的记录。", "Nothing of this object is handed over.")
TOO_MANY = Text("最多分给 {max} 人。", "At most {max} people take over.")


def get_person(ctx: Ctx, person: uuid.UUID, *, lock: bool = False) -> Membership:
    """Whoever hands over; raises Forbidden, NotFound."""
    require_admin(ctx, "members")
    rows = Membership.objects.select_for_update() if lock else Membership.objects
    found = rows.filter(workspace_id=ctx.workspace.id, user_id=person).first()
    if found is None:
        raise NotFound
    return found


def what_there_is(ctx: Ctx, person: uuid.UUID) -> dict[str, Any]:
    """All that a person would hand over, and their manager as the one who usually gets it."""
    member = get_person(ctx, person)
    counted = counts(ctx, person)
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, status="active")
    boss = rows.filter(user_id=member.manager_id).first() if member.manager_id else None
    last = HandOver.objects.filter(workspace_id=ctx.workspace.id, person_id=person).order_by("-id").first()
    return {
        "person": {"id": str(person), "name": member.name, "status": member.status},
        "manager": {"id": str(boss.user_id), "name": boss.name} if boss else None,
        "objects": [_object(ctx, obj, number) for obj, number in counted],
        "work": work_of(ctx, person),
        "total": sum(number for _, number in counted),
        "last": json_of(ctx, last) if last else None,
    }


def counts(ctx: Ctx, person: uuid.UUID) -> list[tuple[ObjectDef, int]]:
    """The objects of which a person has records to hand over, and how many."""
    found = [(obj, count(ctx, obj, person)) for obj in objects_of(ctx)]
    return [(obj, number) for obj, number in found if number]


def work_of(ctx: Ctx, person: uuid.UUID) -> list[dict[str, Any]]:
    """The kinds of open work besides records that a person has."""
    return [
        {"key": kind.key, "label": kind.label.as_dict(), "count": number, "moves": kind.moves}
        for kind in open_work
        if (number := kind.count(ctx, person))
    ]


def check_plan(ctx: Ctx, person: uuid.UUID, to: Sequence[uuid.UUID], objects: Mapping[str, Any]) -> Plan:
    """A plan whose receivers and objects are right; raises Invalid."""
    get_person(ctx, person)
    known = {obj.key for obj in objects_of(ctx)}
    for key in objects:
        if key not in known:
            raise invalid(f"objects.{key}"[:80], "unknown_object", NO_SUCH_OBJECT)
    chosen = {key: list(dict.fromkeys(ids)) for key, ids in objects.items() if ids}
    plan = Plan(list(dict.fromkeys(to)), chosen)
    if not plan.to:
        raise invalid("to", "required", NOBODY)
    if len(plan.everybody()) > MAX_RECEIVERS:
        raise invalid("to", "too_many", TOO_MANY, max=MAX_RECEIVERS)
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=plan.everybody())
    members = {row.user_id: row for row in rows}
    for path, ids in (("to", plan.to), *((f"objects.{key}", ids) for key, ids in chosen.items())):
        for who in ids:
            _check_receiver(path, who, person, members.get(who))
    return plan


def _check_receiver(path: str, who: uuid.UUID, person: uuid.UUID, member: Membership | None) -> None:
    if who == person:
        raise invalid(path, "own_receiver", TO_ONESELF)
    if member is None:
        raise invalid(path, "unknown_person", NO_SUCH_PERSON)
    if member.status != "active":
        raise invalid(path, "not_active", NOT_ACTIVE, name=member.name)
    if member.role == Role.READ_ONLY and not member.extra_roles:
        raise invalid(path, "reads_only", ONLY_READS, name=member.name)


def require_handing(ctx: Ctx, objects: Sequence[ObjectDef]) -> None:
    """Raise Forbidden unless the actor may assign every record of these objects."""
    require_admin(ctx, "members")
    closed = [obj for obj in objects if not _may_assign(ctx, obj)]
    if closed:
        raise Forbidden(
            NOT_ALL,
            code="may_not_assign",
            objects="、".join(obj.label_plural.in_(ctx.locale) for obj in closed),
        )


def preview(ctx: Ctx, person: uuid.UUID, plan: Plan) -> dict[str, Any]:
    """How many records of each object each receiver would get, and what happens to the rest."""
    counted = counts(ctx, person)
    names = people(ctx, plan.everybody())
    objects = [
        {**_object(ctx, obj, number), "shares": [
            {"id": str(who), "name": names.get(who, ""), "count": given}
            for who, given in shares(ctx, obj, person, plan, number).items()]}
        for obj, number in counted
    ]  # fmt: skip
    totals: dict[str, int] = dict.fromkeys(map(str, plan.everybody()), 0)
    for line in objects:
        for share in line["shares"]:
            totals[share["id"]] += share["count"]
    return {
        "objects": objects,
        "people": [{"id": str(who), "name": names.get(who, ""), "count": totals[str(who)]} for who in plan.everybody()],
        "work": work_of(ctx, person),
        "work_to": {"id": str(plan.to[0]), "name": names.get(plan.to[0], "")},
        "total": sum(number for _, number in counted),
    }  # fmt: skip


def json_of(ctx: Ctx, row: HandOver) -> dict[str, Any]:
    """A hand-over as the API tells it."""
    return {
        "id": str(row.id), "status": row.status, "progress": {"done": row.moved_count + row.refused_count,
                                                              "total": row.plan.get("total", 0)},
        "moved": row.moved_count, "refused": row.refused_count,
        "left": row.refused if ctx.actor.manages("members") else [],
        "error": Text.of(row.error).in_(ctx.locale) if row.error else None,
        "created_at": row.created_at, "finished_at": row.finished_at,
    }  # fmt: skip


def _may_assign(ctx: Ctx, obj: ObjectDef) -> bool:
    return all(rights.scope(ctx, obj, verb) is Scope.ALL for verb in ("see", "assign"))


def _object(ctx: Ctx, obj: ObjectDef, number: int) -> dict[str, Any]:
    return {
        "key": obj.key, "label": obj.label_plural.as_dict(), "icon": obj.icon, "color": obj.color, "count": number,
        "allowed": _may_assign(ctx, obj),
    }  # fmt: skip
