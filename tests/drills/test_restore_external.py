"""Backup and restore of an external database whose owner is no superuser: the walls bind that owner too."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanxi.config.embedded import OWNER_ROLE, EmbeddedServer, socket_folder
from guanxi.engine.tenancy import row_security
from tests.product import guanxi

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("restore external")]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Path]:
    """A server of somebody else's, with two databases of an ordinary owner."""
    home = tmp_path / "server"
    with EmbeddedServer(home).use():
        with _connect(home, "postgres", OWNER_ROLE) as boss:
            boss.execute("CREATE ROLE firm LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS")
            boss.execute("CREATE DATABASE here OWNER firm")
            boss.execute("CREATE DATABASE there OWNER firm")
        yield home


def _connect(home: Path, database: str, user: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(host=str(socket_folder(home)), dbname=database, user=user, autocommit=True)


def _url(home: Path, database: str) -> str:
    return f"postgresql://firm@/{database}?host={socket_folder(home)}"


def test_an_external_database_is_copied_whole_and_brought_back(server: Path, tmp_path: Path) -> None:
    here = {"DATABASE_URL": _url(server, "here")}
    home = tmp_path / "home"
    made = guanxi(home, "init", "--workspace", "Firm", "--email", "boss@firm.example", "--name", "Boss",
                  "--password", "green hills 2026 secret", **here)  # fmt: skip
    assert made.returncode == 0, made.stderr
    done = guanxi(home, "backup", "--to", str(tmp_path / "copies"), **here)
    assert done.returncode == 0, done.stderr
    file = next((tmp_path / "copies").glob("*.gxb"))
    with _connect(server, "here", OWNER_ROLE) as owner:
        assert row_security.find_unprotected(owner) == []  # the walls stand again
    against = guanxi(home, "backup", "verify", str(file), "--against", "live", **here)
    assert against.returncode == 0, against.stdout + against.stderr
    refused = guanxi(home, "restore", str(file), **here)
    assert refused.returncode == 1
    assert "has tables already" in refused.stderr
    there = {"DATABASE_URL": _url(server, "there")}
    elsewhere = tmp_path / "elsewhere"
    restored = guanxi(elsewhere, "restore", str(file), "--key-file", str(home / "backup_key"), **there)
    assert restored.returncode == 0, restored.stderr
    with _connect(server, "there", OWNER_ROLE) as owner:
        assert row_security.find_unprotected(owner) == []
        assert owner.execute("SELECT count(*) FROM workspace").fetchone() == (1,)
    with _connect(server, "there", "guanxi_app") as app:
        assert app.execute("SELECT count(*) FROM membership").fetchone() == (0,)
    # The keys travel by themselves: without the master key it says so and touches nothing.
    refused = guanxi(elsewhere, "migrate", **there)
    assert refused.returncode == 1 and "master_key" in refused.stderr
    shutil.copy2(home / "master_key", elsewhere / "master_key")
    assert guanxi(elsewhere, "migrate", **there).returncode == 0
