"""The master key at start: made once, checked against what is encrypted, never printed.

*How it works*: the upgrade, which runs before anything serves, makes the key in GUANXI_HOME as long as nothing
is encrypted, and otherwise opens one data key of each master key in use.

*Rules*: imported before Django is set up: no models here.

*See*: engine/vault/masters.py, doctor_master_key.py.
"""

import uuid
from typing import Any

import psycopg

from guanxi.engine.vault.masters import get_master, is_own, make_own, try_wrapped


def ensure(owner: psycopg.Connection[Any]) -> None:
    """Make the master key of a new installation; a key that does not open what is stored is MasterKeyTrouble."""
    rows: list[tuple[uuid.UUID, str, int, str, bytes]] = owner.execute(
        "SELECT DISTINCT ON (master) workspace_id, kind, version, master, wrapped FROM data_key ORDER BY master"
    ).fetchall()
    if not rows and is_own():
        make_own()
    get_master().fingerprint()
    for row in rows:
        try_wrapped(*row)
