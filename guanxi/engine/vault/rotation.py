"""Changing keys while people work: the master key in one stroke, a workspace's key for data piece by piece.

*How it works*: a new master key only wraps the data keys anew. A new data key encrypts from its first moment, the former
ones go on decrypting, and every package that keeps something encrypted re-encrypts it chunk by chunk
(`rotated_registry`). What is left is found by looking, so a run that was broken off is simply started again.

*Rules*: a `Rotated` works on one chunk in the caller's transaction, changes nothing but the encryption, and gives 0
when nothing is left. What may not be rewritten (the sealed journal, backups) stays under its version, which is kept.

*See*: keys.py, records/rotating.py, commands/keys.py.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Ctx, enter_workspace, session
from guanxi.engine.tenancy.models import Workspace, load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.engine.vault.keys import KEYS_LOCK, add_version, forget_keys, keys_of, rewrap
from guanxi.engine.vault.masters import forget_master, is_own, own_lines, put_own
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Rotated:
    """Something that is kept encrypted under a workspace's key for data.

    `left` counts what is not under that version; `step` re-encrypts a chunk of it and gives how much that was.
    """

    key: str
    label: Text
    left: Callable[[Ctx, int], int]
    step: Callable[[Ctx, int], int]


rotated_registry: Registry[Rotated] = Registry("encrypted content", lambda kind: kind.key)


@dataclass(frozen=True, slots=True)
class KeyState:
    """The key for data of a workspace, and by content what is still under former ones."""

    version: int
    left: dict[str, int]

    @property
    def is_done(self) -> bool:
        """True when everything is under the key in force."""
        return not any(self.left.values())


def state_of(workspace_id: uuid.UUID) -> KeyState:
    """How far the workspace's content is under its key in force."""
    with session(workspace_id):
        ctx = load_system_ctx(workspace_id)
        version = keys_of(workspace_id, ctx.workspace.schema_version).current
        return KeyState(version, {kind.key: kind.left(ctx, version) for kind in rotated_registry})


def begin(workspace_id: uuid.UUID) -> int:
    """A new key for data, in force from now on in every process; gives its version."""
    with session(workspace_id):
        ctx = load_system_ctx(workspace_id)
        version = add_version(workspace_id)
        # Every request reads this version, and loads the keys anew when it has grown.
        Workspace.objects.filter(id=workspace_id).update(schema_version=F("schema_version") + 1)
        record(ctx, "keys.rotated", version=version)
    return version


def carry_on(workspace_id: uuid.UUID, told: Callable[[str, int], None]) -> None:
    """Re-encrypt everything that is under former keys; `told` hears of each chunk."""
    for kind in rotated_registry:
        while True:
            with session(workspace_id):
                ctx = load_system_ctx(workspace_id)
                done = kind.step(ctx, keys_of(workspace_id, ctx.workspace.schema_version).current)
            if not done:
                break
            told(kind.key, done)


def rotate_master() -> int:
    """Wrap every data key under a new master key; gives how many that were.

    The key in GUANXI_HOME is made here; one that the settings name has been put in front of the old one already.
    """
    if is_own():
        put_own([secrets.token_urlsafe(48), *own_lines()])
    forget_master()
    changed = 0
    with transaction.atomic():
        with connection.cursor() as db:  # whoever is making a key has the former master in hand
            db.execute("SELECT pg_advisory_xact_lock(%s)", [KEYS_LOCK])
        for workspace in list_workspaces():
            enter_workspace(workspace.id)
            count = rewrap(workspace.id)
            if count:
                record(load_system_ctx(workspace.id), "keys.master_changed", count=count)
            changed += count
    if is_own():
        put_own(own_lines()[:1])
    forget_keys()
    return changed
