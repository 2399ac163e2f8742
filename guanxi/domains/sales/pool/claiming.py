"""Out of a pool and into it: claiming, handing out, returning. Of many who reach for a record one gets it.

*How it works*: whoever claims takes the lock of their own account (and their team's, where the pool limits
teams), so that their limits hold however many of their clicks arrive at once; then the rows themselves,
locked in the order of their ids: who waited for another finds the record gone from the pool, and is told whose it is. The write is an
ordinary pass of the write door, under an action of its own name: history and undo know it.

*Rules*: limits bind who claims; managers hand out as they see fit. All or part: what cannot be claimed is named
with its reason, and where nothing was claimed that is the answer (409).
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from guanxi.domains.sales.pool.hooks import LEFT
from guanxi.domains.sales.pool.rules import CAPS, cooling_until, dealt, room
from guanxi.domains.sales.pool.sight import PoolDef, pools_of
from guanxi.engine.access import rights
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.models import Membership
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.ruling.deciding import decide_stored
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import refusal
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.engine.tenancy.turns import wait_turn
from guanxi.kit.errors import Conflict, Forbidden, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql, ident
from guanxi.kit.text import Text

MAX_CLAIM = 100
TOLD_OF = timedelta(days=1)
"""How long those who come too late are told who was quicker."""
MAX_HANDED = 5000
GONE = Text(
    "它已经不在公海里了，可能刚被别人领走。",
    "It is no longer in the pool. Somebody else may just have claimed it.",
)
TAKEN = Text("它已经归{name}了。", "{name} has it now.")
YOURS = Text("它已经是你的了。", "It is yours already.")
COOLING = Text(
    "你刚放手不久，{until} 以后才能再领取。",
    "You have let it go lately. You may claim it again after {until}.",
)
FULL = {
    "daily": Text("今天已达到领取上限。", "You have claimed as many as you may today."),
    "held": Text("你名下的已达到上限，请先处理或退回一些。", "You hold as many as you may. Return some first."),
    "team_daily": Text("你的部门今天已达到领取上限。", "Your team has claimed as many as it may today."),
    "team_held": Text("你的部门名下的已达到上限。", "Your team holds as many as it may."),
}  # fmt: skip
BY_MANAGERS = Text(
    "这个公海由公海管理员分配，不能自行领取。", "The managers of this pool hand its records out."
)
NO_POOL = Text("没有适合这条记录的公海。", "There is no pool for this record.")
ALREADY = Text("它已经在公海里了。", "It is in a pool already.")
UNKNOWN_PERSON = Text("没有这个人，或者已停用。", "There is no such person, or they have left.")
NOBODY = Text("请选择分配给谁。", "Say whom they go to.")
TOO_MANY = Text("一次最多 {max} 条。", "At most {max} at a time.")


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a pool's limits the actor has used."""

    claimed: int = 0
    held: int = 0
    team_claimed: int = 0
    team_held: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that was not claimed, and why."""

    id: uuid.UUID
    code: str
    text: Text
    values: Mapping[str, Any]
    owner: uuid.UUID | None = None

    def as_json(self, locale: str) -> dict[str, Any]:
        """As the API tells it."""
        owner = {"id": str(self.owner), "name": self.values.get("name", "")} if self.owner else None
        text = self.text.in_(locale, **self.values)
        return {"id": str(self.id), "code": self.code, "message": text, "owner": owner}


def claim(ctx: Ctx, pool: PoolDef, ids: Sequence[uuid.UUID]) -> dict[str, Any]:
    """`{"claimed": [id], "refused": [{id, code, message}]}`; raises Forbidden, Invalid, Conflict."""
    obj = _object(ctx, pool)
    person = ctx.actor.user_id
    if person is None or not pool.open_to(ctx):
        raise Forbidden
    if not pool.claimable and not pool.open_to(ctx, managing=True):
        raise Forbidden(BY_MANAGERS, code="not_claimable")
    unique = _bounded(ids, MAX_CLAIM)
    _hold_account(ctx, pool)
    left, limit = room(pool.limits, **_as_numbers(used_of(ctx, pool, obj)))
    free = _lock(ctx, pool, unique)
    refused = _gone(ctx, pool, [i for i in unique if i not in free])
    cooling = _cooling(ctx, pool, list(free))
    refused += [
        Refused(i, "cooling_down", COOLING, {"until": _shown(ctx, until)}) for i, until in cooling.items()
    ]
    open_ones = [i for i in unique if i in free and i not in cooling]
    taken = open_ones if left is None else open_ones[:left]
    refused += [Refused(i, f"limit_{limit}", FULL[limit], {}) for i in open_ones[len(taken) :]]
    if not taken:
        first = refused[0]
        told = [each.as_json(ctx.locale) for each in refused]
        raise Conflict(first.text, code=first.code, extra={"refused": told}, **first.values)
    _give(ctx, obj, dict.fromkeys(taken, person), "claim")
    _count(ctx, pool, len(taken))
    return {"claimed": [str(i) for i in taken], "refused": [each.as_json(ctx.locale) for each in refused]}


def hand_out(
    ctx: Ctx, pool: PoolDef, ids: Sequence[uuid.UUID], people: Sequence[uuid.UUID]
) -> dict[str, Any]:
    """Deal records out of a pool to people, one by one; `{"given": {person: n}, "gone": n}`. For its managers."""
    obj = _object(ctx, pool)
    if not pool.may_manage(ctx):
        raise Forbidden
    unique, to = _bounded(ids, MAX_HANDED), list(dict.fromkeys(people))
    if not to:
        raise invalid("people", "required", NOBODY)
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=to).exclude(status="disabled")
    known = set(rows.values_list("user_id", flat=True))
    for place, person in enumerate(to):
        if person not in known:
            raise invalid(f"people.{place}", "unknown_person", UNKNOWN_PERSON)
    free = _lock(ctx, pool, unique)
    given = [i for i in unique if i in free]
    turns = {i: to[turn] for i, turn in zip(given, dealt(len(given), len(to)), strict=True)}
    _give(ctx, obj, turns, "hand_out")
    counts = {str(person): list(turns.values()).count(person) for person in to}
    return {"given": counts, "gone": len(unique) - len(given)}


def put_back(
    ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], *, reason: str, note: str | None = None, pool: str | None = None
) -> int:  # fmt: skip
    """Return records that the actor may change to a pool (the first that is for them); gives how many.

    Raises NotFound, Forbidden, Invalid.
    """
    changes = [Change("update", i, {}, index=n) for n, i in enumerate(ids)]
    lock_rows(ctx, obj, changes, deleted=False, trusted=False)
    errors = {change.index: change.errors for change in changes if change.errors}
    if errors:
        raise refusal(errors, single=len(changes) == 1)
    targets = _targets(ctx, obj, ids, pool)
    for change in changes:
        target = targets.get(change.id)
        if change.before is not None and change.before.get("pool") is not None:
            raise invalid("ids", "in_pool", ALREADY)
        if target is None:
            raise invalid("pool", "no_pool", NO_POOL)
        change.values = {
            "owner": None, "pool": target, "pooled_at": ctx.now, "pool_reason": reason, "pool_note": note,
        }  # fmt: skip
    result = store.bulk_write(ctx, obj.key, changes, partial=False, trusted=True, action="return")
    return result.updated


def used_of(ctx: Ctx, pool: PoolDef, obj: ObjectDef) -> Used:
    """What the actor and their team have claimed today and hold; only what the pool limits is counted."""
    limits, actor = pool.limits, ctx.actor
    if actor.user_id is None or all(getattr(limits, cap) is None for cap in CAPS):
        return Used()
    claimed = (
        "SELECT COALESCE(sum(t.claimed), 0) FROM sales_pool_tally t WHERE t.workspace_id = %(workspace)s"
        " AND t.pool_key = %(pool)s AND t.day = %(day)s AND t.holder ="
    )
    held = f"SELECT count(*) FROM {ident(obj.table)} r WHERE r.workspace_id = %(workspace)s AND r.deleted_at IS NULL AND "
    team = "r.owner_id IN (SELECT m.user_id FROM membership m WHERE m.workspace_id = %(workspace)s AND m.team_id = %(team)s)"
    asked = {
        "daily": f"({claimed} %(person)s)", "held": f"({held} r.owner_id = %(person)s)",
        "team_daily": f"({claimed} %(team)s)", "team_held": f"({held} {team})",
    }  # fmt: skip
    parts = [asked[cap] if getattr(limits, cap) is not None else "0" for cap in CAPS]
    given: dict[str, Any] = {"workspace": ctx.workspace.id, "pool": pool.key, "day": ctx.today.date(), "person": actor.user_id,
             "team": actor.team_id}  # fmt: skip
    with connection.cursor() as db:
        db.execute("SELECT " + ", ".join(parts), given)
        row = db.fetchone() or (0, 0, 0, 0)
    return Used(*map(int, row))


def _object(ctx: Ctx, pool: PoolDef) -> ObjectDef:
    obj = rights.get_object(ctx, pool.object)
    rights.require(ctx, obj, "edit")
    return obj


def _bounded(ids: Sequence[uuid.UUID], most: int) -> list[uuid.UUID]:
    unique = list(dict.fromkeys(ids))
    if not unique or len(unique) > most:
        raise invalid("ids", "too_many", TOO_MANY, max=most)
    return unique


def _as_numbers(used: Used) -> dict[str, int]:
    return {
        "claimed": used.claimed,
        "held": used.held,
        "team_claimed": used.team_claimed,
        "team_held": used.team_held,
    }


def _hold_account(ctx: Ctx, pool: PoolDef) -> None:
    """Wait for the actor's other claims, and for their team's where the pool limits teams: in one order."""
    limits, holders = pool.limits, []
    if limits.team_daily is not None or limits.team_held is not None:
        holders.append(ctx.actor.team_id)
    if limits.daily is not None or limits.held is not None:
        holders.append(ctx.actor.user_id)
    names = [f"{ctx.workspace.id}:{pool.object}:{holder}" for holder in holders if holder is not None]
    for name in names:
        wait_turn(f"pool:{name}")


def _lock(ctx: Ctx, pool: PoolDef, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the records that are in the pool when it is our turn, locked until the transaction ends."""
    tree = {"and": [{"field": "id", "op": "in", "value": [str(i) for i in ids]},
                    {"field": "pool", "op": "is", "value": pool.key}]}  # fmt: skip
    query = RecordQuery(pool.object, tree)
    return set(store.lock_matching(system_ctx(ctx.workspace), query, limit=len(ids)))


def _gone(ctx: Ctx, pool: PoolDef, ids: Sequence[uuid.UUID]) -> list[Refused]:
    """Why records are not in the pool: of those that have just left it, whose they are."""
    statement = Sql(
        "SELECT DISTINCT ON (record_id) record_id, (changes->'owner'->>1)::uuid FROM journal_entry"
        " WHERE workspace_id = %s AND record_id = ANY(%s::uuid[]) AND object_key = %s AND at > %s"
        " AND changes->'pool'->>0 = %s AND changes->'owner'->>1 IS NOT NULL ORDER BY record_id, id DESC",
        (ctx.workspace.id, list(ids), pool.object, ctx.now - TOLD_OF, pool.key),
    )
    owners: dict[uuid.UUID, uuid.UUID] = dict(select_rows(statement)) if ids else {}
    names = identity.people(ctx, set(owners.values()))
    found = []
    for i in ids:
        owner = owners.get(i)
        if owner is None:
            found.append(Refused(i, "not_in_pool", GONE, {}))
        else:
            code, text = ("yours", YOURS) if owner == ctx.actor.user_id else ("not_in_pool", TAKEN)
            found.append(Refused(i, code, text, {"name": names.get(owner, "")}, owner))
    return found


def _cooling(ctx: Ctx, pool: PoolDef, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """The records that the actor let go of too lately, and until when."""
    if not pool.limits.cooldown_days or not ids or pool.open_to(ctx, managing=True):
        return {}
    found = {}
    for record in get_records(
        system_ctx(ctx.workspace), pool.object, ids, fields=["previous_owner", "pooled_at"]
    ):
        before = record["previous_owner"]
        if before is None or before["id"] != str(ctx.actor.user_id) or record["pooled_at"] is None:
            continue
        until = cooling_until(datetime.fromisoformat(record["pooled_at"]), pool.limits)
        if until is not None and until > ctx.now:
            found[uuid.UUID(record["id"])] = until
    return found


def _give(ctx: Ctx, obj: ObjectDef, owners: Mapping[uuid.UUID, uuid.UUID], action: str) -> None:
    changes = [
        Change("update", i, {"owner": owner, **LEFT}, index=n) for n, (i, owner) in enumerate(owners.items())
    ]
    if changes:
        store.bulk_write(ctx, obj.key, changes, partial=False, trusted=True, action=action)


def _count(ctx: Ctx, pool: PoolDef, claimed: int) -> None:
    """Add to what the actor and their team have claimed today."""
    holders = [holder for holder in (ctx.actor.team_id, ctx.actor.user_id) if holder is not None]
    with connection.cursor() as db:
        for holder in holders:
            db.execute(
                "INSERT INTO sales_pool_tally AS t (id, workspace_id, pool_key, day, holder, claimed)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (workspace_id, pool_key, day, holder)"
                " DO UPDATE SET claimed = t.claimed + EXCLUDED.claimed",
                [new_id(), ctx.workspace.id, pool.key, ctx.today.date(), holder, claimed],
            )


def _targets(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], key: str | None) -> dict[uuid.UUID, str]:
    """By record, the pool it goes to: the one asked for, or the first that is for it."""
    pools = pools_of(ctx, obj.key)
    if key is not None:
        chosen = next((p for p in pools if p.key == key and (p.open_to(ctx) or p.may_manage(ctx))), None)
        return {} if chosen is None else dict.fromkeys(ids, chosen.key)
    held = decide_stored(system_ctx(ctx.workspace), obj, ids, {pool.id: pool.filter for pool in pools})
    found = {}
    for i in ids:
        fitting = next((pool for pool in pools if pool.id in held.get(i, ())), None)
        if fitting is not None:
            found[i] = fitting.key
    return found


def _shown(ctx: Ctx, moment: datetime) -> str:
    return moment.astimezone(ctx.workspace.zone).strftime("%Y-%m-%d %H:%M")
