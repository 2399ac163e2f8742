"""The data keys of a workspace: loaded once a process, made at first use, changed without stopping anybody.

*How it works*: a workspace has any number of versions of its key for data; the highest one encrypts, all of them
decrypt. Of its key for blind indexes it has one, and two while that changes (designer/index_keys.py): the one in
force, and one that is to come or to go. Unwrapped keys are kept in memory by the workspace's `schema_version`, which
every request reads anyway and every new key raises: so all processes use a new version from their next request
on, and no request asks for keys twice. What a purpose uses is derived from them (HKDF), one key each.

*Rules*: a key made in a transaction that is not committed is never kept beyond it: what it encrypts is rolled
back with it. Needs a session of the workspace.

*See*: masters.py, sealing.py.
"""

import os
import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction
from django.db.models import Max

from guanxi.engine.tenancy.context import uncommitted
from guanxi.engine.vault.masters import about_key, derive, get_master
from guanxi.engine.vault.models import DataKey

DATA, INDEX = "data", "index"
SIZE = 32
KEYS_LOCK = 4_731_882_060
_KEPT = 500


@dataclass
class Keys:
    """The keys of a workspace, unwrapped; `current` is the version that encrypts, `index_now` the one that compares."""

    workspace_id: uuid.UUID
    current: int
    seen_at: int | None
    data: dict[int, bytes]
    index: dict[int, bytes]
    index_now: int
    _derived: dict[tuple[int, str], AESGCM] = field(default_factory=dict)
    _indexes: dict[tuple[int, str], bytes] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Keys({self.workspace_id}, {self.current})"

    def cipher(self, version: int, purpose: str) -> AESGCM | None:
        """The cipher of a version for one purpose; None for a version that is not known."""
        found = self._derived.get((version, purpose))
        if found is None and version in self.data:
            found = AESGCM(derive(self.data[version], b"guanxi data 1 " + purpose.encode()))
            self._derived[version, purpose] = found
        return found

    @property
    def index_other(self) -> int | None:
        """The version of the key of blind indexes that is there beside the one in force, to come or to go."""
        return next((version for version in self.index if version != self.index_now), None)

    def index_key(self, version: int, purpose: str) -> bytes:
        """The key of blind indexes for one purpose."""
        found = self._indexes.get((version, purpose))
        if found is None:
            found = derive(self.index[version], b"guanxi index 1 " + purpose.encode())
            self._indexes[version, purpose] = found
        return found


_kept: "OrderedDict[uuid.UUID, Keys]" = OrderedDict()
_lock = Lock()


def keys_of(workspace_id: uuid.UUID, schema_version: int | None = None, *, needs: int | None = None) -> Keys:
    """The keys of a workspace, made where there are none; raises MasterKeyTrouble.

    Whoever has a context says its `schema_version`, and sees a key that was added since. `needs` is a version that
    must be among them, if it exists.
    """
    kept = _kept.get(workspace_id)
    if (
        kept is not None
        and (schema_version is None or kept.seen_at == schema_version)
        and (needs is None or needs in kept.data)
    ):
        return kept
    loaded = _load(workspace_id, schema_version) or _make(workspace_id, schema_version)
    if workspace_id not in uncommitted.keys:
        with _lock:
            _kept[workspace_id] = loaded
            _kept.move_to_end(workspace_id)
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return loaded


def make_keys(workspace_id: uuid.UUID) -> None:
    """The keys of a workspace that is being made: they are there as long as it is."""
    loaded = _make(workspace_id, None)
    uncommitted.keys.discard(workspace_id)
    with _lock:
        _kept[workspace_id] = loaded


def add_version(workspace_id: uuid.UUID) -> int:
    """A new key for data, which encrypts from now on; gives its version. The caller raises the schema's version."""
    keys_of(workspace_id)
    newest: int = DataKey.objects.filter(workspace_id=workspace_id, kind=DATA).aggregate(n=Max("version"))[
        "n"
    ]
    _add(workspace_id, DATA, newest + 1)
    return newest + 1


def add_index(workspace_id: uuid.UUID) -> int:
    """A key for blind indexes that is to come; gives its version. The caller raises the schema's version."""
    rows = DataKey.objects.filter(workspace_id=workspace_id, kind=INDEX)
    newest: int = rows.aggregate(n=Max("version"))["n"] or 1
    _add(workspace_id, INDEX, newest + 1, in_force=False)
    return newest + 1


def put_index_in_force(workspace_id: uuid.UUID, version: int) -> None:
    """Have a key for blind indexes compare, and the former one go. The caller raises the schema's version."""
    rows = DataKey.objects.filter(workspace_id=workspace_id, kind=INDEX)
    rows.exclude(version=version).update(in_force=False)
    rows.filter(version=version).update(in_force=True)
    _unsettled(workspace_id)


def drop_index(workspace_id: uuid.UUID) -> None:
    """Forget the keys for blind indexes that are not in force. The caller raises the schema's version."""
    DataKey.objects.filter(workspace_id=workspace_id, kind=INDEX, in_force=False).delete()
    _unsettled(workspace_id)


def rewrap(workspace_id: uuid.UUID) -> int:
    """Wrap every key of a workspace under the master key in force; gives how many were under another."""
    master = get_master()
    now = master.fingerprint()
    changed = 0
    rows = DataKey.objects.select_for_update().filter(workspace_id=workspace_id).exclude(master=now)
    for row in rows:
        about = about_key(workspace_id, row.kind, row.version)
        key = master.unwrap(row.master, bytes(row.wrapped), about)
        row.master, row.wrapped = master.wrap(key, about)
        row.save(update_fields=["master", "wrapped"])
        changed += 1
    return changed


def try_keys(workspace_id: uuid.UUID) -> bool:
    """Open every key of a workspace as if for the first time; raises MasterKeyTrouble.

    Gives whether a change of the key of blind indexes is under way, or was broken off.
    """
    found = _load(workspace_id, None)
    return found is not None and found.index_other is not None


def forget_keys() -> None:
    """Load every workspace's keys again at their next use."""
    with _lock:
        _kept.clear()


def _load(workspace_id: uuid.UUID, schema_version: int | None) -> Keys | None:
    rows = DataKey.objects.filter(workspace_id=workspace_id).values_list(
        "kind", "version", "master", "wrapped", "in_force"
    )
    found: dict[str, dict[int, bytes]] = {DATA: {}, INDEX: {}}
    index_now = 0
    for kind, version, master, wrapped, in_force in rows:
        about = about_key(workspace_id, kind, version)
        found[kind][version] = get_master().unwrap(master, bytes(wrapped), about)
        if kind == INDEX and in_force:
            index_now = version
    if not found[DATA] or not index_now:
        return None
    return Keys(workspace_id, max(found[DATA]), schema_version, found[DATA], found[INDEX], index_now)


def _make(workspace_id: uuid.UUID, schema_version: int | None) -> Keys:
    for kind in (DATA, INDEX):
        _add(workspace_id, kind, 1)
    # Another transaction may have been first: its keys count.
    made = _load(workspace_id, schema_version)
    assert made is not None
    return made


def _add(workspace_id: uuid.UUID, kind: str, version: int, *, in_force: bool = True) -> None:
    with connection.cursor() as db:  # a change of the master key waits for us, or we for it
        db.execute("SELECT pg_advisory_xact_lock_shared(%s)", [KEYS_LOCK])
    master, wrapped = get_master().wrap(os.urandom(SIZE), about_key(workspace_id, kind, version))
    row = DataKey(
        workspace_id=workspace_id,
        kind=kind,
        version=version,
        master=master,
        wrapped=wrapped,
        in_force=in_force,
    )
    DataKey.objects.bulk_create([row], ignore_conflicts=True)
    _unsettled(workspace_id)


def _unsettled(workspace_id: uuid.UUID) -> None:
    """Have no process keep what this transaction sees of the keys, until it has ended."""
    uncommitted.keys.add(workspace_id)
    transaction.on_commit(lambda: uncommitted.keys.discard(workspace_id))
