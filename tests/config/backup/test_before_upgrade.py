"""An upgrade takes a backup first; without it nothing is upgraded."""

from pathlib import Path

import psycopg
import pytest

from guanxi.config.embedded import EMBEDDED_DATABASE, OWNER_ROLE, EmbeddedServer, socket_folder
from tests.product import guanxi

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("upgrade backup")]


def _step_back(home: Path) -> None:
    """As if the last version had not had the table of runs."""
    login = {"host": str(socket_folder(home)), "dbname": EMBEDDED_DATABASE, "user": OWNER_ROLE}
    with psycopg.connect(**login, autocommit=True) as owner:  # type: ignore[arg-type]
        owner.execute("DROP TABLE IF EXISTS backup_run")
        owner.execute("DELETE FROM django_migrations WHERE app = 'backup'")


def test_an_upgrade_takes_a_backup_first_that_can_be_restored(tmp_path: Path) -> None:
    home, copies = tmp_path / "home", tmp_path / "home" / "backups"
    with EmbeddedServer(home).use():
        first = guanxi(home, "migrate")
        assert first.returncode == 0, first.stderr
        assert not copies.exists()  # a fresh database has nothing to lose
        _step_back(home)
        (tmp_path / "file").write_text("no folder")
        failed = guanxi(home, "migrate", GUANXI_BACKUP_TO=str(tmp_path / "file"))
        assert failed.returncode == 1
        assert "nothing was upgraded" in failed.stderr
        again = guanxi(home, "migrate")
        assert again.returncode == 0, again.stderr
        assert "Applied" in again.stdout
        made = list(copies.glob("*-upgrade.gxb"))
        assert len(made) == 1
        assert guanxi(home, "migrate").returncode == 0
        assert list(copies.glob("*.gxb")) == made
        _step_back(home)
        without = guanxi(home, "migrate", GUANXI_BACKUP_BEFORE_UPGRADE="off")
        assert without.returncode == 0, without.stderr
        assert list(copies.glob("*.gxb")) == made
    back = tmp_path / "back"
    restored = guanxi(back, "restore", str(made[0]), "--key-file", str(home / "backup_key"))
    assert restored.returncode == 0, restored.stderr
