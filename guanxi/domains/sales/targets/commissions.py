"""Rules of commission: set up by who holds the area `sales`, tried before they are stored.

*Rules*: a rule that has closed statements stays; it can be switched off, and what was closed keeps the rule as it was.
"""

import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.targets.bands import read_bands
from guanxi.domains.sales.targets.figures import open_to
from guanxi.domains.sales.targets.firm import Firm, load_firm
from guanxi.domains.sales.targets.models import CommissionRule, CommissionStatement
from guanxi.domains.sales.targets.plans import TOO_MANY, find_plan, names, plan_json, require
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import Conflict, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

MAX_RULES = 50
UNKNOWN_PLAN = Text("没有这个目标。", "There is no such target.")
UNKNOWN_PERSON = Text("没有这个人或部门。", "There is no such person or team.")
BAD_BANDS = Text(
    "至少要有一档，两档不能从同一点开始。", "One band at least, and no two that begin at the same point."
)
TOO_MUCH = Text("按金额提成的比例最多 100%。", "A rate of money is 100 % at most.")
CLOSED = Text(
    "这条规则已有结算单，不能删除，可以停用。", "This rule has closed statements. Switch it off instead."
)
_FIELDS = ("name", "plan_id", "basis", "mode", "bands", "people", "enabled")


def rule_json(row: CommissionRule) -> dict[str, Any]:
    """A rule in the API."""
    return {"id": row.id, **told(row), "plan": plan_json(row.plan), "version": row.version}


def told(row: CommissionRule) -> dict[str, Any]:
    """What a rule says."""
    return {name: getattr(row, name) for name in _FIELDS}


def rules_of(ctx: Ctx) -> list[CommissionRule]:
    """Every rule, oldest first."""
    rows = CommissionRule.objects.filter(workspace_id=ctx.workspace.id).select_related("plan")
    return list(rows.order_by("id")[:MAX_RULES])


def find_rule(ctx: Ctx, rule_id: uuid.UUID, *, lock: bool = False) -> CommissionRule:
    """A rule; raises NotFound."""
    rows = CommissionRule.objects.filter(workspace_id=ctx.workspace.id, id=rule_id).select_related("plan")
    row = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if row is None:
        raise NotFound
    return row


def create_rule(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new rule; raises Forbidden, Invalid."""
    require(ctx)
    if CommissionRule.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_RULES:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_RULES)
    row = CommissionRule(workspace_id=ctx.workspace.id, created_at=ctx.now)
    fill(ctx, row, given)
    row.save(force_insert=True)
    _changed(ctx, row, {}, told(row))
    return rule_json(row)


def update_rule(ctx: Ctx, rule_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change a rule; closed statements stay as they are. Raises Forbidden, NotFound, Invalid, StaleVersion."""
    require(ctx)
    row = find_rule(ctx, rule_id, lock=True)
    at_version(row.version, given)
    before = told(row)
    fill(ctx, row, given)
    row.version += 1
    row.save()
    _changed(ctx, row, before, told(row))
    return rule_json(row)


def delete_rule(ctx: Ctx, rule_id: uuid.UUID) -> None:
    """Delete a rule that nothing was closed by; raises Conflict."""
    require(ctx)
    row = find_rule(ctx, rule_id, lock=True)
    if CommissionStatement.objects.filter(workspace_id=ctx.workspace.id, rule=row).exists():
        raise Conflict(CLOSED, code="in_use")
    _changed(ctx, row, told(row), {})
    row.delete()


def fill(ctx: Ctx, row: CommissionRule, given: Mapping[str, Any]) -> None:
    """Put what is given on a rule and check the whole; raises Invalid."""
    for name in _FIELDS:
        if given.get(name) is not None:
            setattr(row, name, given[name])
    row.name = names(row.name)
    try:
        plan = find_plan(ctx, row.plan_id)
    except NotFound:
        raise invalid("plan_id", "unknown_plan", UNKNOWN_PLAN) from None
    measure = open_to(ctx, plan)
    if measure is None:
        raise invalid("plan_id", "unknown_plan", UNKNOWN_PLAN)
    row.plan = plan
    try:
        found = read_bands(row.bands)
    except ValueError:
        raise invalid("bands", "bad_bands", BAD_BANDS) from None
    if not found:
        raise invalid("bands", "bad_bands", BAD_BANDS)
    if measure.is_money and any(band.rate > 100 for band in found):
        raise invalid("bands", "too_much", TOO_MUCH)
    row.bands = [{"from": _plain(band.start), "rate": _plain(band.rate)} for band in found]
    row.people = checked_people(ctx, row.people)


def checked_people(ctx: Ctx, given: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """People and teams of this workspace; raises Invalid."""
    wanted = [{"kind": each["kind"], "id": str(each["id"])} for each in given]
    if not wanted:
        return []
    firm = load_firm(ctx)
    for each in wanted:
        subject_id = parse_id(each["id"])
        if subject_id is None or not firm.knows((each["kind"], subject_id)):
            raise invalid("people", "unknown_target", UNKNOWN_PERSON)
    return wanted


def included(firm: Firm, people: Iterable[Mapping[str, Any]]) -> set[uuid.UUID]:
    """Everybody that a list of people and teams stands for; an empty one stands for all."""
    chosen = list(people)
    if not chosen:
        return set(firm.people)
    return {p.id for each in chosen for p in firm.members((each["kind"], uuid.UUID(each["id"])))}


def at_version(version: int, given: Mapping[str, Any]) -> None:
    """Raise unless a change is based on the version that is there."""
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != version:
        raise StaleVersion(extra={"current": version})


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _changed(ctx: Ctx, row: CommissionRule, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    record_change(ctx, "settings.changed", before, after, record_id=row.id, area="targets", what="commission")
