"""Setting pools up: who is in them, what they are for, their limits and recycle rules.

*How it works*: a pool is one document, replaced part by part on the basis of its `version`. Every change raises
the version of the rights (members get another sight at once) and of the schema (`pool` is a select whose
options are the pools), in the caller's transaction.

*Rules*: needs the area `rules`. Keys are never reused. A pool that still holds records is not deleted. A rule
is stored switched off until somebody says `enabled`; simulate it before (recycling.py).
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.pool.kinds import kind_registry
from guanxi.domains.sales.pool.models import Pool
from guanxi.domains.sales.pool.rules import LIMITS, MAX_DAYS
from guanxi.domains.sales.pool.sight import PoolDef, as_def, pools_of
from guanxi.engine.access.sharing import raise_version
from guanxi.engine.access.ways import compile_condition, condition_compilers, unrestricted
from guanxi.engine.identity.facade import require_admin
from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.records.query.read import count_matching
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.schema.changes import bumped
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.rules import key_from
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit.errors import Conflict, Invalid, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.text import Text

MAX_POOLS = 50
MAX_MEMBERS = 200
MAX_RULES = 20
NO_POOLS = Text("这个对象没有公海。", "There are no pools of this object.")
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
UNKNOWN_MEMBER = Text("没有这个人或部门。", "There is no such person or team.")
UNKNOWN_FIELD = Text("没有这个字段，或者它不能隐藏。", "There is no such field, or it cannot be hidden.")
UNKNOWN_KIND = Text("没有这种回收规则。", "There is no such kind of rule.")
BAD_DAYS = Text("天数应在 1 到 {max} 之间。", "Days are between 1 and {max}.")
BAD_WARNING = Text(
    "提前提醒的天数应小于规则的天数。", "The warning comes after the days have begun to count."
)
NOT_ALL = Text(
    "公海有增减，请刷新后再排。", "There are other pools than these. Load them again, then put them in order."
)
HOLDS = Text(
    "公海里还有 {count} 条记录，请先分配或移走。",
    "The pool still holds {count} records. Hand them out first.",
)
_PARTS = (
    "name", "position", "filter", "exempt", "spare_open_deals", "members", "limits", "hidden_fields", "claimable",
    "rules",
)  # fmt: skip


def create_pool(ctx: Ctx, given: Mapping[str, Any], *, sample: bool = False) -> tuple[Ctx, PoolDef]:
    """A new pool of `object` (a `sample`: taken away with sample data); raises Forbidden, Invalid."""
    _begin(ctx)
    if len(pools_of(ctx)) >= MAX_POOLS:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_POOLS)
    obj = get_schema(ctx).find(given.get("object") or "")
    if obj is None or obj.kept_by is None:
        raise invalid("object", "not_possible", NO_POOLS)
    row = Pool(workspace_id=ctx.workspace.id, object_key=obj.key, is_sample=sample)
    _fill(ctx, obj, row, given)
    name = Text.of(row.name)
    taken = Pool.objects.filter(workspace_id=ctx.workspace.id).values_list("key", flat=True)
    row.key = key_from(name.zh or name.en, set(taken), prefix="pool")[:40]
    row.save(force_insert=True)
    record(ctx, "settings.changed", object_key=obj.key, area="pools", action="create", **_told(row))
    return _finish(ctx), as_def(row)


def update_pool(ctx: Ctx, key: str, given: Mapping[str, Any]) -> tuple[Ctx, PoolDef]:
    """Change what is given, based on `version`; raises Forbidden, NotFound, Invalid, StaleVersion."""
    _begin(ctx)
    row = _row(ctx, key)
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != row.version:
        raise StaleVersion(extra={"current": row.version})
    before = _told(row)
    obj = get_schema(ctx).objects[row.object_key]
    _fill(ctx, obj, row, {**before, **{part: given[part] for part in _PARTS if part in given}})
    row.version += 1
    row.save()
    record_change(
        ctx, "settings.changed", before, _told(row), record_id=row.id, area="pools", action="update"
    )
    return _finish(ctx), as_def(row)


def order_pools(ctx: Ctx, keys: Sequence[str]) -> Ctx:
    """Put all pools in this order: a record belongs to the first that takes it. Raises Forbidden, Invalid."""
    _begin(ctx)
    rows = {row.key: row for row in Pool.objects.filter(workspace_id=ctx.workspace.id, deleted_at=None)}
    if sorted(keys) != sorted(rows):
        raise invalid("keys", "not_all", NOT_ALL)
    before = [pool.key for pool in pools_of(ctx)]
    for place, key in enumerate(keys):
        rows[key].position = place
    Pool.objects.bulk_update(rows.values(), ["position"])
    record_change(
        ctx, "settings.changed", {"order": before}, {"order": list(keys)}, area="pools", action="order"
    )
    return _finish(ctx)


def delete_pool(ctx: Ctx, key: str) -> Ctx:
    """End an empty pool; raises Forbidden, NotFound, Conflict."""
    _begin(ctx)
    row = _row(ctx, key)
    query = RecordQuery(row.object_key, {"field": "pool", "op": "is", "value": key})
    count, _ = count_matching(system_ctx(ctx.workspace), query)
    if count:
        raise Conflict(HOLDS, code="pool_holds_records", extra={"count": count}, count=count)
    row.deleted_at = ctx.now
    row.save(update_fields=["deleted_at"])
    record(ctx, "settings.changed", object_key=row.object_key, area="pools", action="delete", **_told(row))
    return _finish(ctx)


def pool_json(ctx: Ctx, pool: PoolDef) -> dict[str, Any]:
    """A pool as who sets it up sees it; `broken` filters no longer fit the schema and take nothing."""
    return {
        "object": pool.object, "key": pool.key, "name": pool.name.as_dict(), "filter": pool.filter,
        "exempt": pool.exempt, "spare_open_deals": pool.spare_open_deals,
        "members": [{"kind": m.kind, "id": m.id, "manages": m.manages} for m in pool.members],
        "limits": {name: getattr(pool.limits, name) for name in LIMITS},
        "hidden_fields": sorted(pool.hidden_fields), "claimable": pool.claimable, "version": pool.version,
        "broken": is_broken(ctx, pool),
        "rules": [
            {"id": r.id, "kind": r.kind, "days": r.days, "workdays": r.workdays, "filter": r.filter,
             "warn_days": r.warn_days, "enabled": r.enabled}
            for r in pool.rules
        ],
    }  # fmt: skip


def is_broken(ctx: Ctx, pool: PoolDef) -> bool:
    """True when one of its filters no longer fits the schema."""
    obj = get_schema(ctx).find(pool.object)
    trees = (pool.filter, pool.exempt, *(rule.filter for rule in pool.rules))
    return obj is None or any(compile_condition(ctx, obj, "r", tree) is None for tree in trees)


def checked_rules(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    """Rules in their stored form; raises Invalid naming `rules.<place>`."""
    rows = list(given or ())
    if len(rows) > MAX_RULES:
        raise invalid("rules", "too_many", TOO_MANY, max=MAX_RULES)
    return [_rule(ctx, obj, item, f"rules.{place}") for place, item in enumerate(rows)]


def _rule(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any], at: str) -> dict[str, Any]:
    kind = kind_registry.find(str(given.get("kind")))
    if kind is None or obj.key not in kind.objects:
        raise invalid(f"{at}.kind", "unknown_kind", UNKNOWN_KIND)
    days, warning = given.get("days") or 0, given.get("warn_days") or 0
    if not 1 <= days <= MAX_DAYS:
        raise invalid(f"{at}.days", "out_of_range", BAD_DAYS, max=MAX_DAYS)
    if not 0 <= warning < days:
        raise invalid(f"{at}.warn_days", "out_of_range", BAD_WARNING)
    _check_tree(ctx, obj, given.get("filter"), f"{at}.filter")
    return {
        "id": str(parse_id(given.get("id")) or new_id()), "kind": kind.key, "days": days,
        "workdays": bool(given.get("workdays")), "filter": given.get("filter"), "warn_days": warning,
        "enabled": bool(given.get("enabled")),
    }  # fmt: skip


def _begin(ctx: Ctx) -> None:
    require_admin(ctx, "rules")
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)


def _finish(ctx: Ctx) -> Ctx:
    raise_version(ctx)
    return bumped(ctx)


def _row(ctx: Ctx, key: str) -> Pool:
    row = Pool.objects.filter(workspace_id=ctx.workspace.id, key=key, deleted_at=None).first()
    if row is None:
        raise NotFound
    return row


def _fill(ctx: Ctx, obj: ObjectDef, row: Pool, given: Mapping[str, Any]) -> None:
    name = Text.of(given.get("name") or "")
    if not name.zh.strip():
        raise invalid("name", "required", NEEDS_NAME)
    row.name, row.position = name.as_dict(), given.get("position") or 0
    for part in ("filter", "exempt"):
        _check_tree(ctx, obj, given.get(part), part)
        setattr(row, part, given.get(part))
    row.members = _members(ctx, given.get("members") or ())
    row.limits = {key: value for key, value in (given.get("limits") or {}).items() if value is not None}
    row.hidden_fields = _hidden(obj, given.get("hidden_fields") or ())
    row.claimable = given.get("claimable") is not False
    row.spare_open_deals = given.get("spare_open_deals") is not False
    row.rules = checked_rules(ctx, obj, given.get("rules"))


def _check_tree(ctx: Ctx, obj: ObjectDef, tree: Any, at: str) -> None:
    try:
        for compiler in condition_compilers:
            compiler(unrestricted(ctx), obj, "r", tree)
    except Invalid as refused:
        moved = [error.at(at) if not error.field.startswith("filter") else
                 type(error)(at + error.field[len("filter"):], error.code, error.text, error.values)
                 for error in refused.errors]  # fmt: skip
        raise Invalid(errors=moved) from None


def _members(ctx: Ctx, given: Any) -> list[dict[str, Any]]:
    rows = list(given)
    if len(rows) > MAX_MEMBERS:
        raise invalid("members", "too_many", TOO_MANY, max=MAX_MEMBERS)
    asked = {
        kind: {who for row in rows if row.get("kind") == kind and (who := parse_id(row.get("id")))}
        for kind in ("user", "team")
    }
    mine = {"workspace_id": ctx.workspace.id}
    known: dict[str, set[uuid.UUID]] = {
        "user": set(Membership.objects.filter(**mine, user_id__in=asked["user"]).values_list("user_id", flat=True)),
        "team": set(Team.objects.filter(**mine, id__in=asked["team"]).values_list("id", flat=True)),
    }  # fmt: skip
    found = []
    for place, row in enumerate(rows):
        kind, who = row.get("kind"), parse_id(row.get("id"))
        if kind != "everyone" and who not in known.get(str(kind), ()):
            raise invalid(f"members.{place}", "unknown_member", UNKNOWN_MEMBER)
        told = None if kind == "everyone" else str(who)
        found.append({"kind": kind, "id": told, "manages": bool(row.get("manages"))})
    return found


def _hidden(obj: ObjectDef, given: Any) -> list[str]:
    keys = sorted(set(given))
    for key in keys:
        if key not in obj.fields or key == obj.title_field or obj.fields[key].system:
            raise invalid("hidden_fields", "unknown_field", UNKNOWN_FIELD)
    return keys


def _told(row: Pool) -> dict[str, Any]:
    return {part: getattr(row, part) for part in _PARTS} | {"object": row.object_key, "key": row.key}
