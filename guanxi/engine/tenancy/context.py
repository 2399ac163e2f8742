"""Who acts, where, through what: the `Ctx` that both doors take, and the database session it sets.

*How it works*: a door of the outside world (web request, job, command) builds a `Ctx` and enters
`session(ctx)`: one transaction in which PostgreSQL's `guanxi.workspace` and `guanxi.user` are set
locally, so that row-level security shows this workspace's rows and no others. Leaving commits; an
exception rolls everything back. Without it no row of any workspace is visible.

*Rules*: nothing else reads "the current user" from a global; pass the Ctx. Do not nest sessions of
different workspaces.

*See*: row_security.py for the policies.
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from guanxi.kit.text import DEFAULT_LOCALE


class Role(StrEnum):
    """The built-in base roles, widest first; `LIMITED` gives nothing by itself, only the further roles count."""

    ADMIN = "admin"
    MANAGER = "manager"
    MEMBER = "member"
    READ_ONLY = "read_only"
    LIMITED = "limited"


class Via(StrEnum):
    """The door a change came through, kept in the journal."""

    WEB = "web"
    API = "api"
    IMPORT = "import"
    FLOW = "flow"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """The workspace's settings that the engine computes with."""

    id: uuid.UUID
    name: str
    slug: str
    time_zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    locale: str = DEFAULT_LOCALE
    schema_version: int = 0
    member_scope: str = "own"
    access_version: int = 0
    """Raised by every change of roles and sharing; 0: nobody has changed any."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that "today" and month ends are computed in."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system) acting in a workspace.

    `team_ids` are the person's own team (0 or 1); `subtree_team_ids` that and every team below;
    `team_user_ids` / `subtree_user_ids` the people in them, the person included. `team_path_ids`
    are their team, those they look after, and every team above these. `extra_roles` are the
    keys of further roles. `areas` are the parts of the settings that their roles give them, `verbs` what
    they may do with at least one object; None for actors that no standing was read for (the program).
    """

    user_id: uuid.UUID | None
    name: str
    role: Role
    team_id: uuid.UUID | None = None
    subtree_team_ids: frozenset[uuid.UUID] = frozenset()
    team_user_ids: frozenset[uuid.UUID] = frozenset()
    subtree_user_ids: frozenset[uuid.UUID] = frozenset()
    can_write: bool = True
    team_path_ids: frozenset[uuid.UUID] = frozenset()
    extra_roles: tuple[str, ...] = ()
    areas: frozenset[str] | None = None
    verbs: frozenset[str] | None = None

    def may(self, area: str) -> bool:
        """True when a part of the settings (engine/access/areas.py) is open to the actor, if only to look."""
        return self.role is Role.ADMIN if self.areas is None else area in self.areas

    def manages(self, area: str) -> bool:
        """True when the actor may change a part of the settings."""
        return self.can_write and self.may(area)

    def holds(self, role: str) -> bool:
        """True when `role` is the actor's base role or one of the further ones."""
        return self.role == role or role in self.extra_roles


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from, for the audit: address, program, token, and what was asked (`operation`).

    `viewer` is who really looks when the actor is somebody whom they see the product as: `viewing` is what
    that one (or that set of roles) is called, `viewed` who it is.
    """

    ip: str = ""
    agent: str = ""
    token_id: uuid.UUID | None = None
    operation: str = ""
    viewer: uuid.UUID | None = None
    viewing: str = ""
    viewed: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Ctx:
    """The explicit context of every read and write.

    `unrecorded` while sample data is composed: what follows from its parts is no change of anybody, hence no version,
    no entry in the history, and the records keep the time they are said to have been written at.
    """

    workspace: WorkspaceInfo
    actor: Actor
    via: Via = Via.API
    locale: str = DEFAULT_LOCALE
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    batch_id: uuid.UUID | None = None
    origin: Origin = Origin()
    unrecorded: bool = False

    def with_batch(self, batch_id: uuid.UUID) -> "Ctx":
        """The same context, its changes journaled under one batch (an import, a bulk edit)."""
        return replace(self, batch_id=batch_id)

    @property
    def today(self) -> datetime:
        """Now in the workspace's time zone."""
        return self.now.astimezone(self.workspace.zone)

    @property
    def midnight(self) -> datetime:
        """When today began in the workspace's time zone."""
        return self.today.replace(hour=0, minute=0, second=0, microsecond=0)


class _Uncommitted(threading.local):
    """What the running transaction of this thread has changed and others must not see yet."""

    def __init__(self) -> None:
        self.schemas: dict[uuid.UUID, Any] = {}
        """By workspace whose schema was changed: the schema as this transaction has it (None: not built)."""
        self.access: dict[uuid.UUID, Any] = {}
        """By workspace whose roles or sharing were changed: these as this transaction has them."""
        self.keys: set[uuid.UUID] = set()
        """Workspaces whose data keys this transaction has made: gone with it if it is rolled back."""


uncommitted = _Uncommitted()

SYSTEM = Actor(user_id=None, name="Guanxi", role=Role.ADMIN)


def system_ctx(workspace: WorkspaceInfo) -> Ctx:
    """A context for work that the program does by itself in `workspace`."""
    return Ctx(workspace=workspace, actor=SYSTEM, via=Via.SYSTEM, locale=workspace.locale)


@contextmanager
def session(
    workspace_id: uuid.UUID | None,
    user_id: uuid.UUID | None = None,
    *,
    statement_timeout_ms: int | None = None,
) -> Iterator[None]:
    """One transaction that sees `workspace_id`'s rows and `user_id`'s own memberships.

    `statement_timeout_ms` bounds every statement in it (None: the server's own setting).
    """
    if not connection.in_atomic_block:
        uncommitted.schemas.clear()
        uncommitted.access.clear()
        uncommitted.keys.clear()
    with transaction.atomic():
        enter_workspace(workspace_id, user_id, statement_timeout_ms=statement_timeout_ms)
        yield


def enter_workspace(
    workspace_id: uuid.UUID | None,
    user_id: uuid.UUID | None = None,
    *,
    statement_timeout_ms: int | None = None,
) -> None:
    """Set the workspace for the rest of the running transaction (which must be open)."""
    if not connection.in_atomic_block:
        raise RuntimeError("enter_workspace needs an open transaction")
    settings = {"guanxi.workspace": str(workspace_id or ""), "guanxi.user": str(user_id or "")}
    if statement_timeout_ms is not None:
        settings["statement_timeout"] = str(statement_timeout_ms)
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])
