"""The ways to a record besides whose it is: rules, people one stands in for, collaborating, what others bring.

*How it works*: each way is a predicate over one alias with the reason for people; `rights.visible` joins
them by OR, `why.py` asks for each by itself. Sharing rules are compiled by the compiler of the read door,
which stands above and registers itself in `condition_compilers`.

*Rules*: a way never widens what a role may do with an object at all; it only leads to more of its records.
A rule whose filter no longer fits the schema leads nowhere. No statement mentions collaborators of an
object that never had any.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from guanxi.engine.access.loading import SharedWay, get_access
from guanxi.engine.access.way_sources import way_source_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Problem
from guanxi.kit.sql import FALSE, Sql, sql
from guanxi.kit.text import Text

ConditionCompiler = Callable[[Ctx, ObjectDef, str, Any], Sql]
condition_compilers: list[ConditionCompiler] = []
"""What compiles a filter tree to a predicate over an alias; registered by engine.records."""

BY_RULE = Text("共享规则「{name}」", "The sharing rule “{name}”")
STAND_IN = Text("你正在代理这条记录的负责人", "You stand in for its owner")
COLLABORATES = Text("你是这条记录的协作者", "You collaborate on this record")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a record: what kind, why for people, and the predicate."""

    kind: str
    reason: Text
    sql: Sql
    edits: bool = False
    values: dict[str, Any] = field(default_factory=dict)


def further(ctx: Ctx, obj: ObjectDef, alias: str, *, edits: bool = False) -> list[Way]:
    """The ways that lead the actor to records of others; with `edits`, those by which they may change them."""
    access = get_access(ctx.workspace)
    ways = _rules(ctx, obj, alias, access.rules.get(obj.key, ()), edits=edits)
    people = [
        each.person
        for each in access.delegations.get(ctx.actor.user_id or uuid.UUID(int=0), ())
        if each.starts_at <= ctx.now < each.until and (each.edits or not edits)
    ]
    if people:
        owned = Sql(f"{alias}.owner_id = ANY(%s::uuid[])", (sorted(people),))
        ways.append(Way("delegation", STAND_IN, owned, edits))
    if obj.key in access.collaborated and ctx.actor.user_id is not None:
        ways.append(Way("collaborator", COLLABORATES, _collaborates(ctx, obj, alias, edits=edits), edits))
    for source in way_source_registry:
        if source.always or source.key in access.brought:
            ways += source.ways(ctx, obj, alias, access.brought.get(source.key), edits=edits)
    return ways


def unrestricted(ctx: Ctx) -> Ctx:
    """The context under which a rule's filter is read: all fields, everybody's records, "me" who looks."""
    return replace(ctx, actor=replace(ctx.actor, role=Role.ADMIN, extra_roles=()))


def _rules(ctx: Ctx, obj: ObjectDef, alias: str, rules: Iterable[SharedWay], *, edits: bool) -> list[Way]:
    found = []
    for rule in rules:
        if not rule.reaches(ctx.actor) or (edits and not rule.edits):
            continue
        predicate = compile_condition(ctx, obj, alias, rule.filter)
        if predicate is not None:
            found.append(Way("rule", BY_RULE, predicate, rule.edits, {"name": rule.name, "id": str(rule.id)}))
    return found


def compile_condition(ctx: Ctx, obj: ObjectDef, alias: str, tree: Any) -> Sql | None:
    """A filter tree as a predicate over `alias`; None where it does not fit the schema any more."""
    try:
        for compiler in condition_compilers:
            return compiler(unrestricted(ctx), obj, alias, tree)
    except Problem:
        return None
    return FALSE


def _collaborates(ctx: Ctx, obj: ObjectDef, alias: str, *, edits: bool) -> Sql:
    level = " AND c.level = 'edit'" if edits else ""
    return sql(
        f"{alias}.id IN (SELECT c.record_id FROM record_collaborator c WHERE c.workspace_id = {{}} AND c.object_key = {{}}"
        f" AND (c.user_id = {{}} OR c.team_id = ANY({{}})) AND (c.until IS NULL OR c.until > {{}}){level})",
        ctx.workspace.id, obj.key, ctx.actor.user_id, Sql("%s::uuid[]", (sorted(ctx.actor.team_path_ids),)), ctx.now,
    )  # fmt: skip
