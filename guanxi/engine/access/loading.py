"""The roles of a workspace, read once per version and process, and merged per set of roles.

*How it works*: the standing carries the workspace's `access_version`, raised by every change here. At
version 0 nobody has changed anything and nothing is read: the program's own roles hold. A transaction
that changes roles sees its change at once and keeps it to itself until it commits.

*Rules*: no statement on a warm request; ask by `merged(ctx)`.
"""

import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from guanxi.engine.access.builtin import (
    BUILTIN,
    FIXED,
    TAKEN_FROM_ADMINISTRATORS,
    builtin_rights,
)
from guanxi.engine.access.models import AccessSetting, Collaborator, Delegation, RoleRow, SharingRule
from guanxi.engine.access.rules import Merged, Rights, read_rights
from guanxi.engine.access.way_sources import way_source_registry
from guanxi.engine.tenancy.context import Actor, Ctx, Role, WorkspaceInfo, uncommitted
from guanxi.kit.text import Text

EDIT = "edit"
_CACHE_SIZE = 256
_MERGED_SIZE = 512


@dataclass(frozen=True, slots=True)
class SharedWay:
    """A sharing rule: which records, with whom, how far."""

    id: uuid.UUID
    name: Text
    filter: Any
    to_kind: str
    to_key: str
    with_below: bool
    edits: bool

    def reaches(self, actor: Actor) -> bool:
        """True when the records are shared with the actor."""
        if self.to_kind == "role":
            return actor.holds(self.to_key)
        if self.to_kind == "user":
            return str(actor.user_id) == self.to_key
        teams = actor.team_path_ids if self.with_below else {actor.team_id}
        return self.to_key in {str(team) for team in teams}


@dataclass(frozen=True, slots=True)
class StandIn:
    """Whom somebody stands in for, from when to when."""

    person: uuid.UUID
    starts_at: datetime
    until: datetime
    edits: bool


@dataclass(frozen=True)
class Access:
    """What a workspace has said about rights, at one version."""

    version: int
    roles: Mapping[str, Rights] = field(default_factory=dict)
    separate_duties: bool = False
    rules: Mapping[str, tuple[SharedWay, ...]] = field(default_factory=dict)
    """By object, its sharing rules that are switched on."""
    delegations: Mapping[uuid.UUID, tuple[StandIn, ...]] = field(default_factory=dict)
    """By who stands in, for whom and how long."""
    collaborated: frozenset[str] = frozenset()
    """The objects that have had a collaborator: nobody else's statements ask for any."""
    brought: Mapping[str, Any] = field(default_factory=dict)
    """By key of a way source, what it has read (way_sources.py)."""
    merged: dict[tuple[tuple[str, ...], str], Merged] = field(default_factory=dict)

    def rights_of(self, key: str, member_scope: str) -> Rights | None:
        """What a role gives; None for a role that does not exist (any more)."""
        stored = None if key in FIXED else self.roles.get(key)
        if stored is not None:
            return stored
        if key not in BUILTIN:
            return None
        found = builtin_rights(key, member_scope)
        if key == Role.ADMIN and self.separate_duties:
            return replace(found, areas=found.areas - TAKEN_FROM_ADMINISTRATORS)
        return found

    def together(self, keys: tuple[str, ...], member_scope: str) -> Merged:
        """What these roles give together."""
        found = self.merged.get((keys, member_scope))
        if found is None:
            given = [(key, r) for key in keys if (r := self.rights_of(key, member_scope)) is not None]
            found = Merged(given)
            if len(self.merged) >= _MERGED_SIZE:
                self.merged.clear()
            self.merged[keys, member_scope] = found
        return found


_untouched = Access(0)
_cache: OrderedDict[uuid.UUID, Access] = OrderedDict()


def get_access(workspace: WorkspaceInfo) -> Access:
    """What the workspace has said about rights; needs a session of it."""
    if workspace.id in uncommitted.access:
        found: Access | None = uncommitted.access[workspace.id]
        if found is None or found.version != workspace.access_version:
            found = uncommitted.access[workspace.id] = _read(workspace)
        return found
    if workspace.access_version == 0:
        return _untouched
    kept = _cache.get(workspace.id)
    if kept is None or kept.version != workspace.access_version:
        kept = _cache[workspace.id] = _read(workspace)
        while len(_cache) > _CACHE_SIZE:
            _cache.popitem(last=False)
    return kept


def known_roles(ctx: Ctx) -> tuple[str, ...]:
    """The keys of all roles of the workspace, the built-in ones first."""
    return (*BUILTIN, *sorted(set(get_access(ctx.workspace).roles) - set(BUILTIN)))


def role_keys(actor: Actor) -> tuple[str, ...]:
    """The actor's roles, the base role first."""
    return (str(actor.role), *(key for key in actor.extra_roles if key != actor.role))


def merged_for(workspace: WorkspaceInfo, actor: Actor) -> Merged:
    """What an actor's roles give together."""
    return get_access(workspace).together(role_keys(actor), workspace.member_scope)


def merged(ctx: Ctx) -> Merged:
    """What the roles of the context's actor give together."""
    return merged_for(ctx.workspace, ctx.actor)


def _read(workspace: WorkspaceInfo) -> Access:
    rows = RoleRow.objects.filter(workspace_id=workspace.id).values_list("key", "rights")
    roles = {key: read_rights(rights) for key, rights in rows}
    setting = AccessSetting.objects.filter(workspace_id=workspace.id).first()
    rules: dict[str, list[SharedWay]] = defaultdict(list)
    for row in SharingRule.objects.filter(workspace_id=workspace.id, enabled=True).order_by("id"):
        name, edits = Text.of(row.name), row.level == EDIT
        way = SharedWay(row.id, name, row.filter, row.to_kind, row.to_key, row.with_below, edits)
        rules[row.object_key].append(way)
    standing: dict[uuid.UUID, list[StandIn]] = defaultdict(list)
    for found in Delegation.objects.filter(workspace_id=workspace.id, until__gt=timezone.now()):
        stand_in = StandIn(found.from_user_id, found.starts_at, found.until, found.level == EDIT)
        standing[found.to_user_id].append(stand_in)
    keys = Collaborator.objects.filter(workspace_id=workspace.id).values_list("object_key", flat=True)
    return Access(
        workspace.access_version, roles, bool(setting and setting.separate_duties),
        {key: tuple(ways) for key, ways in rules.items()}, {key: tuple(ins) for key, ins in standing.items()},
        frozenset(keys.distinct()), {source.key: source.read(workspace.id) for source in way_source_registry},
    )  # fmt: skip
