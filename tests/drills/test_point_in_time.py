"""Back to a moment between two writes, from a physical copy and the archived log, both sealed."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanxi.config.backup.keys import BackupKey, read_key
from guanxi.config.backup.point_in_time import restore_to
from guanxi.config.backup.sealed_log import seal_log
from guanxi.config.console import Stop
from guanxi.config.database import connect, owner_login
from guanxi.config.embedded import EmbeddedServer
from guanxi.config.embedded_archive import archive_settings, spool_folder
from guanxi.config.env import Env
from tests.product import guanxi

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("point in time")]


def _write(owner: "psycopg.Connection[Any]", text: str) -> None:
    owner.execute("INSERT INTO kept_note VALUES (%s)", [text])


def _archived(env: Env) -> None:
    """Have what was written reach the archive."""
    with connect(owner_login(env)) as owner:
        row = owner.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        assert row is not None
    deadline = time.monotonic() + 60
    while not (Path(env.wal_archive) / f"{row[0]}.sealed").exists():
        seal_log(env, read_key(env))
        assert time.monotonic() < deadline, sorted(Path(env.wal_archive).iterdir())
        time.sleep(0.1)


def test_a_moment_between_two_writes_is_restored(tmp_path: Path) -> None:
    archive = tmp_path / "log"
    env = Env(home=tmp_path / "home", wal_archive=str(archive))
    with EmbeddedServer(env.folder, extra_settings=archive_settings(env)).use():
        with connect(owner_login(env)) as owner:
            owner.execute("CREATE TABLE kept_note (text text)")
            # Without compression of what is long, the log would hold a value as it is.
            owner.execute("ALTER TABLE kept_note ALTER text SET STORAGE PLAIN")
            _write(owner, "before the copy")
        made = guanxi(env.folder, "backup", "base", GUANXI_WAL_ARCHIVE=str(archive))
        assert made.returncode == 0, made.stderr
        time.sleep(1.1)
        with connect(owner_login(env)) as owner:
            _write(owner, "before the mistake")
            time.sleep(1.1)
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S%z")
            time.sleep(1.1)
            owner.execute("DELETE FROM kept_note")
            _write(owner, "the mistake")
        _archived(env)
    assert {path.suffix for path in archive.iterdir()} == {".sealed"}, sorted(archive.iterdir())
    for sealed in archive.iterdir():
        content = sealed.read_bytes()
        assert b"before the" not in content and b"kept_note" not in content, sealed.name
        assert sealed.stat().st_mode & 0o077 == 0
    assert not any(piece.is_file() and piece.name != ".lock" for piece in spool_folder(env).iterdir())
    elsewhere, key = tmp_path / "elsewhere", str(env.folder / "backup_key")
    at = datetime.fromisoformat(moment)
    with pytest.raises(Stop, match="no key"):
        restore_to(Env(home=elsewhere), archive, at, lambda: read_key(Env(home=elsewhere)))
    with pytest.raises(Stop, match="does not open"):
        restore_to(Env(home=elsewhere), archive, at, lambda: BackupKey(b"0" * 40, "elsewhere"))
    piece = max(archive.glob("0*.sealed"))
    whole = piece.read_bytes()
    piece.write_bytes(whole[:-40] + b"x" + whole[-39:])
    with pytest.raises(Stop, match="changed"):
        restore_to(Env(home=elsewhere), archive, at, lambda: read_key(env))
    assert not (elsewhere / "pg").exists()
    piece.write_bytes(whole)
    restored = guanxi(elsewhere, "restore", str(archive), "--to-time", moment, "--key-file", key)
    assert restored.returncode == 0, restored.stderr
    # Who was erased after that moment is erased again at the next start.
    note = json.loads((elsewhere / "restored.json").read_text(encoding="utf-8"))
    assert datetime.fromisoformat(note["made_at"]) == at
    again = Env(home=elsewhere)
    with EmbeddedServer(elsewhere).use(), connect(owner_login(again)) as owner:
        found = [text for (text,) in owner.execute("SELECT text FROM kept_note ORDER BY 1").fetchall()]
        assert found == ["before the copy", "before the mistake"]
        _write(owner, "work goes on")
        assert owner.execute("SHOW archive_mode").fetchone() == ("off",)
    refused = guanxi(elsewhere, "restore", str(archive), "--to-time", moment)
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    early = guanxi(tmp_path / "early", "restore", str(archive), "--to-time", "2020-01-01 00:00:00")
    assert "no physical copy from before" in early.stderr
    assert not (tmp_path / "early" / "pg").exists()
