"""A firm whose changes and audit are sealed, and what tests of the seal ask of it."""

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanxi.engine.audit import sealing
from guanxi.engine.audit.verifying import Broken, verify
from guanxi.engine.tenancy import recording
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.owner import owner_connection
from tests.firms import Firm

Owner = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Heads go to a folder of this test."""
    settings.GUANXI_HOME = tmp_path


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Whoever owns the database, and may do everything."""
    with owner_connection() as found:
        yield found


@pytest.fixture
def sealed(transactional_db: None, firm: Firm) -> Firm:
    """A firm with two blocks of changes and of audit."""
    door = firm.door()
    for batch in range(2):
        for n in range(4):
            assert door.post("/customer", {"name": f"山水公司 {batch}{n}"}).status_code == 201
            with session(firm.workspace.id):
                recording.record(firm.ctx, "settings.changed", area=f"{batch}{n}")
        seal(firm.workspace.id, 8)
    assert [each.broken for each in verify(firm.workspace.id)] == [None, None]
    return firm


def seal(workspace: uuid.UUID, least: int) -> None:
    """Seal at least `least` rows in one go: a transaction anywhere on the server makes younger rows wait."""
    with owner_connection() as waiting:
        now = waiting.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        for _ in range(600):
            oldest = waiting.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            ).fetchone()
            if now and oldest and oldest[0] > now[0]:
                break
            time.sleep(0.1)
    assert sealing.seal(workspace) >= least


def ids_of(owner: Owner, firm: Firm, table: str) -> list[uuid.UUID]:
    rows = owner.execute(
        f"SELECT id FROM {table} WHERE workspace_id = %s ORDER BY tx, id", [firm.workspace.id]
    )
    return [row[0] for row in rows]


def broken_of(firm: Firm, stream: str) -> Broken:
    found = {each.stream: each.broken for each in verify(firm.workspace.id)}
    broken = found.pop(stream)
    assert broken is not None
    assert list(found.values()) == [None]
    return broken


def write_one(firm: Firm) -> None:
    with session(firm.workspace.id):
        recording.record(firm.ctx, "settings.changed")
