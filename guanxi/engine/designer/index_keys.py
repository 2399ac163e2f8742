"""A new key of blind indexes while people work: what encrypted fields are found by, and held unique by, made anew.

*How it works*: three short transactions and three walks between them, none of which anybody waits for.

1. The new key is put beside the one in force, *to come*. From then on every write claims its keys of unique fields
   and identity rules under both (records/store/twins.py), and conditions ask for both. A walk gives the second key to
   what had only one, aliases of merged records included.
2. The new key is put in force, the former one is *to go*. Walks make the indexes in rows anew out of the encrypted
   values, and take away what is left of the former one.
3. The former key is forgotten.

Before each walk, transactions that began before its step are waited for: nobody writes by the former state any more.
All is found by looking, so a run that was broken off is simply started again.

*Rules*: no field is encrypted or decrypted meanwhile (sealing.py); every chunk is a transaction of its own.

*See*: docs/adr/0086-index-keys.md, commands/keys.py.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from guanxi.engine.designer.index_rows import (
    SealedKeys,
    drop_former_aliases,
    drop_former_keys,
    former_values,
    give_aliases,
    give_twins,
    keys_left,
    renew_values,
    sealed_fields,
    sealed_keys,
)
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.designer.sealing import KIND, WORKING
from guanxi.engine.designer.work import OPEN
from guanxi.engine.schema.changes import bumped, hold
from guanxi.engine.schema.seals import CLOSING, OPENING
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.engine.vault.keys import add_index, drop_index, keys_of, put_index_in_force
from guanxi.engine.vault.sealing import index_versions
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

KEYS, VALUES = "keys", "values"
LABELS = {
    KEYS: Text("不重复与查重的比对", "Keys of unique fields and identity rules"),
    VALUES: Text("敏感字段的检索", "Indexes of sensitive fields"),
}
PAUSE = 0.2
Told = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class IndexState:
    """The version of the key of blind indexes in force, the one to come or to go, and what is still to be done."""

    version: int
    other: int | None
    left: dict[str, int]

    @property
    def is_done(self) -> bool:
        """True when there is one key alone."""
        return self.other is None

    @property
    def newest(self) -> int:
        """The version that is in force, or is to come."""
        return max(self.version, self.other or 0)


def state_of(workspace_id: uuid.UUID) -> IndexState:
    """How far the change of the key of blind indexes is."""
    with session(workspace_id):
        return _state(load_system_ctx(workspace_id))


def begin(workspace_id: uuid.UUID) -> int:
    """Put a new key beside the one in force; gives its version.

    Raises Conflict while a field is being encrypted or decrypted, or another change is under way.
    """
    with session(workspace_id):
        ctx = hold(load_system_ctx(workspace_id))
        busy = SchemaTask.objects.filter(kind=KIND, status__in=OPEN).exists()
        if busy or any(f.sealing in (CLOSING, OPENING) for _, f in sealed_fields(ctx)):
            raise Conflict(WORKING, code="field_busy")
        keys_of(workspace_id, ctx.workspace.schema_version)
        if index_versions(ctx.workspace)[1] is not None:
            raise Conflict
        version = add_index(workspace_id)
        record(bumped(ctx), "keys.index_begun", version=version)
    return version


def carry_on(workspace_id: uuid.UUID, told: Told) -> None:
    """Bring a change that has begun to its end, from wherever it stands; `told` hears of each chunk."""
    found = state_of(workspace_id)
    if found.other is None:
        return
    if found.other > found.version:
        wait_for_others()
        _give_all(workspace_id, found.other, told)
        _put_in_force(workspace_id, found.other)
    wait_for_others()
    _renew_all(workspace_id, found.newest, told)


def wait_for_others() -> None:
    """Wait until every transaction that began before this moment has ended."""
    with connection.cursor() as db:
        db.execute("SELECT clock_timestamp()")
        (moment,) = db.fetchone() or (None,)
        while True:
            db.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
                " AND pid <> pg_backend_pid() AND xact_start < %s",
                [moment],
            )
            if db.fetchone() == (0,):
                return
            time.sleep(PAUSE)


def _state(ctx: Ctx) -> IndexState:
    now, other = index_versions(ctx.workspace)
    if other is None:
        return IndexState(now, None, {KEYS: 0, VALUES: 0})
    newest = max(now, other)
    keys = sum(keys_left(ctx, held, newest, to_go=now == newest) for held in sealed_keys(ctx))
    values = sum(former_values(ctx, obj, f, newest) for obj, f in sealed_fields(ctx))
    return IndexState(now, other, {KEYS: keys, VALUES: values})


def _give_all(workspace_id: uuid.UUID, version: int, told: Told) -> None:
    """Give a key of the version that is to come to whatever has none."""

    def each(step: Callable[[Ctx, SealedKeys, int, uuid.UUID], tuple[int, uuid.UUID | None]]) -> None:
        for name in _names(workspace_id):
            last: uuid.UUID | None = uuid.UUID(int=0)
            while last is not None:
                with session(workspace_id):
                    ctx = load_system_ctx(workspace_id)
                    held = _find(ctx, name)
                    count, last = step(ctx, held, version, last) if held is not None else (0, None)
                if count:
                    told(KEYS, count)

    each(give_twins)
    each(give_aliases)


def _put_in_force(workspace_id: uuid.UUID, version: int) -> None:
    with session(workspace_id):
        ctx = hold(load_system_ctx(workspace_id))
        now, other = index_versions(ctx.workspace)
        if other == version and now < version:
            put_index_in_force(workspace_id, version)
            bumped(ctx)


def _renew_all(workspace_id: uuid.UUID, version: int, told: Told) -> None:
    """Make what is under the former key anew or take it away, and forget that key."""
    let_go = 0
    for name in _names(workspace_id):
        for step in (drop_former_keys, drop_former_aliases):
            count = 1
            while count:
                with session(workspace_id):
                    ctx = load_system_ctx(workspace_id)
                    held = _find(ctx, name)
                    count, lost = step(ctx, held, version) if held is not None else (0, 0)
                let_go += lost
                if count:
                    told(KEYS, count)
    count = 1
    while count:
        with session(workspace_id):
            count = renew_values(load_system_ctx(workspace_id), version)
        if count:
            told(VALUES, count)
    with session(workspace_id):
        ctx = hold(load_system_ctx(workspace_id))
        found = _state(ctx)
        if found.other is None or found.version != version or any(found.left.values()):
            return  # somebody else has finished, or the next run goes on
        drop_index(workspace_id)
        record(bumped(ctx), "keys.index_changed", version=version, let_go=let_go)


def _names(workspace_id: uuid.UUID) -> list[tuple[str, str]]:
    with session(workspace_id):
        return [held.name for held in sealed_keys(load_system_ctx(workspace_id))]


def _find(ctx: Ctx, name: tuple[str, str]) -> SealedKeys | None:
    return next((held for held in sealed_keys(ctx) if held.name == name), None)
