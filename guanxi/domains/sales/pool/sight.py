"""Who sees what is in a pool: the way of its members and managers to its records.

*How it works*: a record in a pool is the pool's, not nobody's (`ObjectDef.kept_by`): whoever sees all records of
the object sees it, and besides them the pool's members, to read, and its managers, who may also change it. The
pools are read once per version of the rights (access/way_sources.py).
A pool that hides fields opens no record to its members: they see it in the pool's own list, without
those fields, and the record itself once they have claimed it. So nothing hidden can be found by a filter,
a sort, an export or the search.

*Rules*: a way never widens what a role may do with the object at all.

*See*: docs/adr/0066-public-pools.md.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.domains.sales.pool.models import Pool
from guanxi.domains.sales.pool.rules import Limits, Member, RecycleRule, belongs
from guanxi.engine.access.loading import get_access
from guanxi.engine.access.way_sources import WaySource, way_source_registry
from guanxi.engine.access.ways import Way
from guanxi.engine.schema.definitions import ObjectDef, Option
from guanxi.engine.schema.option_sources import OptionSource, option_source_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

SOURCE = "pools"
BY_POOL = Text("它在公海「{name}」里，你是公海成员", "It is in the pool “{name}”, and you are a member of it")


@dataclass(frozen=True, slots=True)
class PoolDef:
    """A pool as one version of the rights has it."""

    id: uuid.UUID
    object: str
    key: str
    name: Text
    filter: Any
    exempt: Any
    spare_open_deals: bool
    members: tuple[Member, ...]
    limits: Limits
    hidden_fields: frozenset[str]
    claimable: bool
    rules: tuple[RecycleRule, ...]
    version: int

    def open_to(self, ctx: Ctx, *, managing: bool = False) -> bool:
        """True when the actor is a member (or a manager) of the pool."""
        actor = ctx.actor
        teams = {str(team) for team in actor.team_path_ids}
        return actor.user_id is not None and belongs(
            self.members, str(actor.user_id), teams, managing=managing
        )

    def may_manage(self, ctx: Ctx) -> bool:
        """True for managers of the pool and for who sets pools up."""
        return ctx.actor.can_write and (self.open_to(ctx, managing=True) or ctx.actor.may("rules"))


def as_def(row: Pool) -> PoolDef:
    """The declaration that a row holds."""
    return PoolDef(
        row.id, row.object_key, row.key, Text.of(row.name), row.filter, row.exempt, row.spare_open_deals,
        tuple(Member(each["kind"], each.get("id"), bool(each.get("manages"))) for each in row.members),
        Limits(**row.limits), frozenset(row.hidden_fields), row.claimable,
        tuple(RecycleRule(**each) for each in row.rules), row.version,
    )  # fmt: skip


class PoolWays(WaySource):
    """Members see what lies in a pool that hides nothing; managers see and change it."""

    key = SOURCE

    def read(self, workspace_id: uuid.UUID) -> tuple[PoolDef, ...]:
        """The pools, in their order."""
        rows = Pool.objects.filter(workspace_id=workspace_id, deleted_at=None).order_by("position", "id")
        return tuple(as_def(row) for row in rows)

    def ways(self, ctx: Ctx, obj: ObjectDef, alias: str, known: Any, *, edits: bool) -> list[Way]:
        """One way a pool that the actor is in."""
        found = []
        for pool in known:
            if pool.object != obj.key:
                continue
            manages = pool.open_to(ctx, managing=True)
            if manages or (not edits and not pool.hidden_fields and pool.open_to(ctx)):
                held = Sql(f"{alias}.owner_id IS NULL AND {alias}.pool = %s", (pool.key,))
                found.append(Way("pool", BY_POOL, held, manages, {"name": pool.name, "id": str(pool.id)}))
        return found


def pools_of(ctx: Ctx, object_key: str | None = None) -> list[PoolDef]:
    """The pools of the workspace (for one object), in their order; no statement on a warm request."""
    known: tuple[PoolDef, ...] = get_access(ctx.workspace).brought.get(SOURCE, ())
    return [pool for pool in known if object_key in (None, pool.object)]


def pool_of(ctx: Ctx, key: str) -> PoolDef:
    """The pool `key`, for its members and who sets pools up; raises NotFound for anybody else."""
    found = next((pool for pool in pools_of(ctx) if pool.key == key), None)
    if found is None or not (found.open_to(ctx) or ctx.actor.may("rules")):
        raise NotFound
    return found


def _options() -> Mapping[str, tuple[Option, ...]]:
    """The pools as options of the field `pool`, those deleted retired: records keep their reasons."""
    found: dict[str, list[Option]] = {}
    for row in Pool.objects.order_by("position", "id"):
        meta = {"retired": True} if row.deleted_at else {}
        found.setdefault(row.object_key, []).append(Option(row.key, Text.of(row.name), meta=meta))
    return {key: tuple(options) for key, options in found.items()}


way_source_registry.register(PoolWays())
option_source_registry.register(OptionSource(SOURCE, _options))
