"""Setting up how leads are shared out: the desk, rules in their order, queues, what each person takes.

*Rules*: changed by who holds the area `sales`; people say themselves when they are away. The desk is switched on
with a fallback only, and a queue in use stays: no lead is ever without a place. Every change is in the audit.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.domains.sales.assignment.models import (
    AssignmentDesk,
    AssignmentPerson,
    AssignmentQueue,
    AssignmentRule,
)
from guanxi.domains.sales.assignment.reading import desk_of, hours_of, open_leads, seen_leads, waiting_in
from guanxi.engine.access import rights
from guanxi.engine.access.ways import compile_condition
from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.records.query.conditions import condition
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit.errors import Conflict, Forbidden, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.regions import find
from guanxi.kit.text import Text

AREA = "sales"
MAX_RULES = 100
MAX_QUEUES = 50
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
NEEDS_FALLBACK = Text(
    "先选兜底的人或队列：没有规则能安排的线索交给谁。",
    "Choose a fallback first: who or which queue gets the leads that no rule can place.",
)
NEEDS_PEOPLE = Text("请选择分给谁。", "Say who takes part.")
NEEDS_QUEUE = Text("请选择队列。", "Choose a queue.")
UNKNOWN_TARGET = Text("没有这个人或部门。", "There is no such person or team.")
UNKNOWN_QUEUE = Text("没有这个队列。", "There is no such queue.")
UNKNOWN_FIELD = Text("线索没有这个字段。", "Leads have no such field.")
UNKNOWN_REGION = Text("不认识这个地区：{value}。", "Unknown region: {value}.")
BAD_HOURS = Text(
    "工作时间的写法不对：例如 09:00 到 18:00，各段前后相接，每天至少 1 小时。",
    "Hours are written like 09:00 to 18:00, one after another, an hour a day at least.",
)
BAD_ABSENCE = Text("结束时间应晚于开始时间。", "It ends after it begins.")
QUEUE_IN_USE = Text(
    "还有规则或线索在用这个队列，先改规则、领完线索再删除。",
    "Rules or leads still use this queue. Change the rules and take the leads first.",
)
_DESK = ("enabled", "doors", "hours", "fallback_user", "fallback_queue", "response_minutes")
_RULE = ("name", "enabled", "filter", "method", "targets", "queue_id", "past_owner", "territory", "skill_field",
         "in_hours", "accept_minutes")  # fmt: skip
_PERSON = ("max_open", "per_day", "regions", "skills", "hours", "away_from", "away_until")


def require(ctx: Ctx) -> None:
    """Raise Forbidden unless the actor may change how leads are shared out."""
    if not ctx.actor.manages(AREA):
        raise Forbidden


def overview(ctx: Ctx) -> dict[str, Any]:
    """Everything that is set up; raises Forbidden for who may not look."""
    if not ctx.actor.may(AREA):
        raise Forbidden
    mine = AssignmentRule.objects.filter(workspace_id=ctx.workspace.id)
    rows, desk = list(mine.order_by("position", "id")), desk_of(ctx)
    queues = list(AssignmentQueue.objects.filter(workspace_id=ctx.workspace.id).order_by("id"))
    lists = [*(row.targets for row in rows), *(queue.members for queue in queues)]
    lists.append([{"kind": "user", "id": str(desk.fallback_user)}] if desk.fallback_user else [])
    return {
        "desk": desk_json(desk),
        "names": _names_of(ctx, lists),
        "rules": [rule_json(ctx, row) for row in rows],
        "queues": [queue_json(row) for row in queues],
        "people": people_json(ctx),
    }


def _names_of(ctx: Ctx, lists: Iterable[Iterable[Mapping[str, Any]]]) -> dict[str, str]:
    """What the people and teams of these lists are called, by id; those that are gone are left out."""
    ids = {"user": set[str](), "team": set[str]()}
    for each in lists:
        for target in each:
            ids[target["kind"]].add(target["id"])
    of_firm = {"workspace_id": ctx.workspace.id}
    people = Membership.objects.filter(**of_firm, user_id__in=ids["user"]).values_list("user_id", "name")
    teams = Team.objects.filter(**of_firm, id__in=ids["team"]).values_list("id", "name")
    return {str(i): name for i, name in [*people, *teams]}


def desk_json(row: AssignmentDesk) -> dict[str, Any]:
    """The desk in the API."""
    return {name: getattr(row, name) for name in _DESK} | {"version": row.version}


def rule_json(ctx: Ctx, row: AssignmentRule) -> dict[str, Any]:
    """A rule in the API; `broken`: its filter no longer fits the fields."""
    broken = bool(row.filter) and compile_condition(ctx, get_object(ctx, "lead"), "r", row.filter) is None
    return {"id": row.id, **_told(row, _RULE), "version": row.version, "broken": broken}


def queue_json(row: AssignmentQueue) -> dict[str, Any]:
    """A queue in the API."""
    return {"id": row.id, "name": row.name, "members": row.members, "version": row.version}


def people_json(ctx: Ctx) -> list[dict[str, Any]]:
    """What each person takes who has limits of their own, and how much of what the actor sees they have open.

    `open` is None for who may not count leads.
    """
    rows = list(AssignmentPerson.objects.filter(workspace_id=ctx.workspace.id).order_by("id")[:2000])
    seen = seen_leads(ctx)
    counted = open_leads(ctx, [row.user_id for row in rows], seen) if seen is not None else None
    names = dict(
        Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=[r.user_id for r in rows])
        .values_list("user_id", "name")
    )  # fmt: skip
    return [
        {"user": {"id": row.user_id, "name": names[row.user_id]}, **_told(row, _PERSON),
         "open": None if counted is None else counted.get(row.user_id, 0)}
        for row in rows if row.user_id in names
    ]  # fmt: skip


def save_desk(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change the desk; raises Forbidden, Invalid, StaleVersion."""
    require(ctx)
    row = desk_of(ctx, lock=True)
    _at_version(row.version, given)
    before = _told(row, _DESK)
    _put(row, _DESK, given)
    _check_hours(ctx, row.hours)
    _check_queue(ctx, row.fallback_queue, "fallback_queue")
    if row.fallback_user is not None:
        _check_targets(ctx, [{"kind": "user", "id": str(row.fallback_user)}], "fallback_user")
    if row.enabled and row.fallback_user is None and row.fallback_queue is None:
        raise invalid("fallback_user", "required", NEEDS_FALLBACK)
    row.version += 1
    row.save()
    record_change(ctx, "settings.changed", before, _told(row, _DESK), area="assignment")
    return desk_json(row)


def create_rule(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new rule, the last in order; raises Forbidden, Invalid."""
    require(ctx)
    rows = AssignmentRule.objects.filter(workspace_id=ctx.workspace.id)
    positions = list(rows.values_list("position", flat=True))
    if len(positions) >= MAX_RULES:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_RULES)
    row = AssignmentRule(
        workspace_id=ctx.workspace.id, position=max(positions, default=-1) + 1, created_at=ctx.now
    )
    fill_rule(ctx, row, given)
    row.save(force_insert=True)
    _changed(ctx, "rule", row.id, {}, _told(row, _RULE))
    return rule_json(ctx, row)


def update_rule(ctx: Ctx, rule_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change a rule; whose turn it is stays. Raises Forbidden, NotFound, Invalid, StaleVersion."""
    require(ctx)
    row = _find(AssignmentRule, ctx, rule_id)
    _at_version(row.version, given)
    before = _told(row, _RULE)
    fill_rule(ctx, row, given)
    row.version += 1
    row.save(update_fields=[*_RULE, "version"])
    _changed(ctx, "rule", row.id, before, _told(row, _RULE))
    return rule_json(ctx, row)


def delete_rule(ctx: Ctx, rule_id: uuid.UUID) -> None:
    """Delete a rule; what it gave stays where it is."""
    require(ctx)
    row = _find(AssignmentRule, ctx, rule_id)
    _changed(ctx, "rule", row.id, _told(row, _RULE), {})
    row.delete()


def order_rules(ctx: Ctx, ids: Iterable[uuid.UUID]) -> list[dict[str, Any]]:
    """Put the rules in order; raises Conflict unless these are all of them."""
    require(ctx)
    rows = {r.id: r for r in AssignmentRule.objects.select_for_update().filter(workspace_id=ctx.workspace.id)}
    wanted = list(dict.fromkeys(ids))
    if set(wanted) != rows.keys():
        raise Conflict
    before = sorted(rows, key=lambda i: (rows[i].position, i))
    for position, rule_id in enumerate(wanted):
        rows[rule_id].position = position
    AssignmentRule.objects.bulk_update(rows.values(), ["position"])
    _changed(ctx, "order", None, {"order": [str(i) for i in before]}, {"order": [str(i) for i in wanted]})
    return [rule_json(ctx, rows[i]) for i in wanted]


def fill_rule(ctx: Ctx, row: AssignmentRule, given: Mapping[str, Any]) -> None:
    """Put what is given on a rule and check the whole; raises Invalid."""
    _put(row, _RULE, given)
    row.name = _names(row.name)
    obj = get_object(ctx, "lead")
    if row.filter:
        condition(ctx, obj, "r", row.filter)
    skill = rights.readable(ctx, obj).get(row.skill_field) if row.skill_field else None
    if row.skill_field and (skill is None or not skill.in_row):
        raise invalid("skill_field", "unknown_field", UNKNOWN_FIELD)
    if row.method == "queue":
        if row.queue_id is None:
            raise invalid("queue_id", "required", NEEDS_QUEUE)
        _check_queue(ctx, row.queue_id, "queue_id")
        row.targets = []
    else:
        row.queue_id = None
        row.targets = _check_targets(ctx, row.targets, "targets")


def create_queue(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new queue; raises Forbidden, Invalid."""
    require(ctx)
    if AssignmentQueue.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_QUEUES:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_QUEUES)
    row = AssignmentQueue(
        workspace_id=ctx.workspace.id, created_at=ctx.now, name=_names(given["name"]),
        members=_check_targets(ctx, given["members"], "members"),
    )  # fmt: skip
    row.save(force_insert=True)
    _changed(ctx, "queue", row.id, {}, _told(row, ("name", "members")))
    return queue_json(row)


def update_queue(ctx: Ctx, queue_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change a queue; raises Forbidden, NotFound, Invalid, StaleVersion."""
    require(ctx)
    row = _find(AssignmentQueue, ctx, queue_id)
    _at_version(row.version, given)
    before = _told(row, ("name", "members"))
    if given.get("name") is not None:
        row.name = _names(given["name"])
    if given.get("members") is not None:
        row.members = _check_targets(ctx, given["members"], "members")
    row.version += 1
    row.save()
    _changed(ctx, "queue", row.id, before, _told(row, ("name", "members")))
    return queue_json(row)


def delete_queue(ctx: Ctx, queue_id: uuid.UUID) -> None:
    """Delete a queue that nothing leads to and nothing waits in; raises Conflict."""
    require(ctx)
    row = _find(AssignmentQueue, ctx, queue_id)
    mine = {"workspace_id": ctx.workspace.id}
    if (
        desk_of(ctx, lock=True).fallback_queue == queue_id
        or AssignmentRule.objects.filter(**mine, queue_id=queue_id).exists()
        or waiting_in(ctx).get(queue_id)
    ):
        raise Conflict(QUEUE_IN_USE, code="in_use")
    _changed(ctx, "queue", row.id, _told(row, ("name", "members")), {})
    row.delete()


def save_person(ctx: Ctx, user_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Say what somebody takes; raises Forbidden, NotFound, Invalid."""
    require(ctx)
    return _save_person(ctx, user_id, given)


def save_absence(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """Say when the actor is away; raises Forbidden, Invalid."""
    if ctx.actor.user_id is None or not rights.can(ctx, get_object(ctx, "lead"), "edit"):
        raise Forbidden
    return _save_person(ctx, ctx.actor.user_id, given)


def _save_person(ctx: Ctx, user_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    if not Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=user_id).exists():
        raise NotFound
    mine = {"workspace_id": ctx.workspace.id, "user_id": user_id}
    AssignmentPerson.objects.bulk_create([AssignmentPerson(**mine)], ignore_conflicts=True)
    row = AssignmentPerson.objects.select_for_update().get(**mine)
    before = _told(row, _PERSON)
    _put(row, _PERSON, given)
    _check_hours(ctx, row.hours)
    for code in row.regions:
        if find(code) is None:
            raise invalid("regions", "unknown_region", UNKNOWN_REGION, value=code)
    if row.away_from is not None and row.away_until is not None and row.away_until <= row.away_from:
        raise invalid("away_until", "bad_until", BAD_ABSENCE)
    row.version += 1
    row.save()
    _changed(ctx, "person", user_id, before, _told(row, _PERSON))
    return {"user": {"id": user_id}, **_told(row, _PERSON)}


def _find(model: Any, ctx: Ctx, row_id: uuid.UUID) -> Any:
    row = model.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id=row_id).first()
    if row is None:
        raise NotFound
    return row


def _at_version(version: int, given: Mapping[str, Any]) -> None:
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != version:
        raise StaleVersion(extra={"current": version})


def _put(row: Any, names: Iterable[str], given: Mapping[str, Any]) -> None:
    """Set what is given; null says "none" where there may be none, and nothing elsewhere."""
    for name in names:
        if name in given and (given[name] is not None or row._meta.get_field(name).null):
            setattr(row, name, given[name])


def _told(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _changed(
    ctx: Ctx, what: str, row_id: uuid.UUID | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    record_change(ctx, "settings.changed", before, after, record_id=row_id, area="assignment", what=what)


def _names(given: Any) -> dict[str, str]:
    found = Text.of({key: str(value).strip() for key, value in dict(given or {}).items()})
    if not found.zh:
        raise invalid("name", "required", NEEDS_NAME)
    return found.as_dict()


def _check_hours(ctx: Ctx, hours: Any) -> None:
    try:
        hours_of(ctx, hours)
    except ValueError:
        raise invalid("hours", "bad_hours", BAD_HOURS) from None


def _check_queue(ctx: Ctx, queue_id: uuid.UUID | None, at: str) -> None:
    if queue_id is None:
        return
    if not AssignmentQueue.objects.filter(workspace_id=ctx.workspace.id, id=queue_id).exists():
        raise invalid(at, "unknown_queue", UNKNOWN_QUEUE)


def _check_targets(ctx: Ctx, targets: Any, at: str) -> list[dict[str, Any]]:
    found = [
        {"kind": t["kind"], "id": str(t["id"]), "weight": int(t.get("weight") or 1)} for t in targets or ()
    ]
    if not found:
        raise invalid(at, "required", NEEDS_PEOPLE)
    users = {t["id"] for t in found if t["kind"] == "user"}
    teams = {t["id"] for t in found if t["kind"] == "team"}
    known = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=users).count()
    known += Team.objects.filter(workspace_id=ctx.workspace.id, id__in=teams).count()
    if known < len(users) + len(teams):
        raise invalid(at, "unknown_target", UNKNOWN_TARGET)
    return found


def note_rebalanced(ctx: Ctx, count: int) -> None:
    """Say in the audit that open leads were evened out."""
    record(ctx, "settings.changed", area="assignment", what="rebalance", count=count)
