"""An upgrade finishes, or nothing starts."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db.migrations.migration import Migration

from guanxi.config.console import Stop
from guanxi.config.embedded import EMBEDDED_DATABASE, OWNER_ROLE, EmbeddedServer, socket_folder
from guanxi.config.upgrade import refuse_half_applied
from tests.product import free_port, guanxi, prepare

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("upgrade")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("upgrade") / "home"
    prepare(home)
    with EmbeddedServer(home).use():
        yield home


def _execute(home: Path, statement: str) -> None:
    login = {"host": str(socket_folder(home)), "dbname": EMBEDDED_DATABASE, "user": OWNER_ROLE}
    with psycopg.connect(**login, autocommit=True) as owner:
        owner.execute(statement)  # type: ignore[call-overload]


def _up(home: Path) -> str:
    outcome = guanxi(home, "up", "--port", str(free_port()), seconds=30)
    assert outcome.returncode == 1, outcome.stdout
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    assert "is ready" not in outcome.stdout
    return outcome.stderr


def test_a_database_of_a_newer_version_is_refused(home: Path) -> None:
    _execute(
        home, "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0999_later', now())"
    )
    try:
        assert "newer Guanxi (records.0999_later)" in _up(home)
    finally:
        _execute(home, "DELETE FROM django_migrations WHERE name = '0999_later'")


def test_a_history_that_does_not_add_up_is_refused(home: Path) -> None:
    _execute(home, "CREATE TABLE kept AS SELECT * FROM django_migrations WHERE app = 'tenancy'")
    _execute(home, "DELETE FROM django_migrations WHERE app = 'tenancy'")
    try:
        assert "does not add up" in _up(home)
    finally:
        _execute(home, "INSERT INTO django_migrations OVERRIDING SYSTEM VALUE SELECT * FROM kept")
        _execute(home, "DROP TABLE kept")


def test_a_step_that_fails_is_named_and_undone(home: Path) -> None:
    _execute(home, "CREATE TABLE kept AS SELECT * FROM django_migrations WHERE app = 'views'")
    _execute(home, "DELETE FROM django_migrations WHERE app = 'views'")
    try:
        told = _up(home)
        assert "views.0001_initial failed" in told
        assert "already exists" in told
    finally:
        _execute(home, "INSERT INTO django_migrations OVERRIDING SYSTEM VALUE SELECT * FROM kept")
        _execute(home, "DROP TABLE kept")


class _Step(Migration):
    atomic = False


def _history(*, applied: bool) -> Any:
    key = ("records", "0007_index")
    return SimpleNamespace(
        disk_migrations={key: _Step("0007_index", "records")},
        applied_migrations={key: None} if applied else {},
    )


def test_a_step_outside_a_transaction_that_was_interrupted_is_half_applied() -> None:
    with pytest.raises(Stop, match=r"records\.0007_index was interrupted half-way"):
        refuse_half_applied("records.0007_index", _history(applied=False))


def test_a_step_that_was_recorded_before_the_crash_is_whole() -> None:
    refuse_half_applied("records.0007_index", _history(applied=True))
    refuse_half_applied(None, _history(applied=False))
