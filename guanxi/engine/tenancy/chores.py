"""What the program tidies up in every workspace, hour by hour: old notices, orphaned files, expired keys.

*How it works*: a package registers a `Chore` in its `AppConfig.ready`. Once an hour a periodic job
(tasks.py) walks over all workspaces and runs every chore in a session of that workspace, each in a
transaction of its own: one that fails is logged and leaves the others alone.

*Rules*: a chore is set-based, does little when there is nothing to do, and may run twice. This is the one
place that lists workspaces without being in one, through a door of its own in the database.

*See*: row_security.py, docs/adr/0030-chores-of-every-workspace.md.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from guanxi.engine.tenancy.context import Ctx, WorkspaceInfo, session, system_ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.registry import Registry

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """One package's tidying; `run` gets a context of the system in a session of the workspace."""

    key: str
    run: Callable[[Ctx], None]


chore_registry: Registry[Chore] = Registry("chore", lambda chore: chore.key)


def list_workspaces() -> list[WorkspaceInfo]:
    """Every workspace of this installation."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('guanxi.chores', 'on', true)")
        found = [workspace.info() for workspace in Workspace.objects.order_by("id")]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('guanxi.chores', '', true)")
    return found


def do_chores() -> int:
    """Run every chore in every workspace; gives the number of those that failed."""
    failed = 0
    for workspace in list_workspaces():
        for chore in chore_registry:
            try:
                with session(workspace.id):
                    chore.run(system_ctx(workspace))
            except Exception:
                failed += 1
                logger.exception("The chore %s failed in workspace %s", chore.key, workspace.id)
    return failed
