"""What must be done after a restore, before anything serves: a hook for whoever keeps promises.

*How it works*: a restore leaves a note in GUANXI_HOME (restoring.py). The next start, when the database is
up to date, runs every registered `AfterRestore` in every workspace and then removes the note; one that
fails stops the start, and the note stays. `made_at` is when the backup was made: what was promised since
(the erasure of a person's data, above all) is in no copy and has to be done again.

*Rules*: a hook may run twice. It gets what it needs from outside the database, which knows nothing of what
came after the copy.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guanxi.config.backup.restoring import NOTE
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Ctx, session, system_ctx
from guanxi.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class AfterRestore:
    """One package's promises; `run` gets a context of the system, and when the backup was made."""

    key: str
    run: Callable[[Ctx, datetime], None]


after_restore_registry: Registry[AfterRestore] = Registry("after-restore hook", lambda hook: hook.key)


def keep_promises(home: Path) -> bool:
    """Run the hooks if this home has just been restored; gives whether it had been."""
    note = home / NOTE
    if not note.exists():
        return False
    made_at = datetime.fromisoformat(json.loads(note.read_text(encoding="utf-8"))["made_at"])
    for workspace in list_workspaces():
        for hook in after_restore_registry:
            with session(workspace.id):
                hook.run(system_ctx(workspace), made_at)
    note.unlink()
    return True
