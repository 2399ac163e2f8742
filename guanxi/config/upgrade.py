"""Bringing the database to the state this version of Guanxi needs: tables, walls, rights.

*How it works*: `upgrade` takes a lock in the database (one upgrade at a time, however many machines
start), gives an empty database its tables at once (structure.py), looks whether the history allows it, notes every migration in `guanxi_upgrade` before it
begins and clears the note after, then applies row security. A migration that runs in one transaction
and was interrupted has left nothing and simply runs again. One that cannot (an index built
concurrently) and was interrupted is *half-applied*: we refuse to start until a person has looked.
Others may be working meanwhile (several machines, or `guanxi migrate` beside a running product): a step waits
a second for its tables, lets everybody by and tries again, so that nobody queues behind an upgrade.
Data that has come to another cluster (a restored dump) begins a new epoch of the audit's seal. The master key
is made on a new installation, and a wrong one refused.

*Rules*: runs as the owner, in `guanxi migrate` alone; `up` runs that command before anything serves.

*See*: engine/tenancy/row_security.py, docs/adr/0005-one-process-tree.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

from guanxi.config import master_key, structure
from guanxi.config.console import Stop, complain
from guanxi.config.database import check_server, connect, ensure_app_role, owner_login
from guanxi.config.env import Env
from guanxi.engine.audit import epochs
from guanxi.engine.tenancy import patience, row_security
from guanxi.kit.text import Text

# Any number will do, as long as it is always the same.
UPGRADE_LOCK = 4_731_882_001
CONCURRENT_SECONDS = 600.0


def upgrade(env: Env, app_role: str, *, database: str | None = None, resume: bool = False) -> int:
    """Migrate and protect the database; returns the number of migrations applied. Raises Stop."""
    login = owner_login(env) | ({"dbname": database} if database else {})
    ensure_app_role(env)
    with connect(login) as owner:
        check_server(owner)
        with _alone(owner):
            fresh = structure.load(owner)
            if fresh:
                emit_post_migrate_signal(0, False, connection.alias)
            note = _Note(owner)
            loader = _load_history()
            if not resume:
                refuse_half_applied(note.read(), loader)
            row_security.relax(owner)
            try:
                applied = fresh + _migrate(note)
                epochs.ensure(owner)
                master_key.ensure(owner)
            finally:
                row_security.apply(owner, app_role)
            call_command("createcachetable", verbosity=0)
            row_security.apply(owner, app_role)
            return applied


def is_up_to_date() -> bool:
    """Whether every migration of this version is applied, and none that it does not know."""
    executor = MigrationExecutor(connection)
    return not _unknown(executor.loader) and not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_in_use_and_behind(env: Env) -> bool:
    """Whether steps are pending on a database that holds something: a fresh one has nothing to lose.

    A database that this version may not upgrade at all is not called behind: `upgrade` says why. Raises Stop
    when there is no reaching it.
    """
    with connect(owner_login(env)) as owner:
        check_server(owner)
    executor = MigrationExecutor(connection)
    loader = executor.loader
    if not loader.applied_migrations or _unknown(loader):
        return False
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory:
        return False
    return bool(executor.migration_plan(loader.graph.leaf_nodes()))


@contextmanager
def _alone(owner: psycopg.Connection[Any]) -> Iterator[None]:
    row = owner.execute("SELECT pg_try_advisory_lock(%s)", [UPGRADE_LOCK]).fetchone()
    if row is None or not row[0]:
        complain(_WAITING)
        owner.execute("SELECT pg_advisory_lock(%s)", [UPGRADE_LOCK])
    try:
        yield
    finally:
        owner.execute("SELECT pg_advisory_unlock(%s)", [UPGRADE_LOCK])


class _Note:
    """The note of the migration at work, written outside its transaction so that it outlives a crash."""

    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        self._owner = owner
        owner.execute(
            "CREATE TABLE IF NOT EXISTS guanxi_upgrade"
            " (migration text PRIMARY KEY, began_at timestamptz NOT NULL DEFAULT now())"
        )

    def read(self) -> str | None:
        row = self._owner.execute("SELECT migration FROM guanxi_upgrade LIMIT 1").fetchone()
        return str(row[0]) if row else None

    def begin(self, migration: Migration) -> None:
        self.clear()
        self._owner.execute("INSERT INTO guanxi_upgrade (migration) VALUES (%s)", [_name(migration)])

    def clear(self) -> None:
        self._owner.execute("DELETE FROM guanxi_upgrade")


def _load_history() -> MigrationLoader:
    loader = MigrationLoader(connection)
    unknown = _unknown(loader)
    if unknown:
        raise Stop(_NEWER, name=unknown[0])
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as error:
        raise Stop(_HALF_APPLIED_HISTORY, reason=str(error).rstrip(".")) from error
    return loader


def _unknown(loader: MigrationLoader) -> list[str]:
    replaced = {old for migration in loader.replacements.values() for old in migration.replaces}
    known = set(loader.graph.nodes) | set(loader.disk_migrations) | replaced
    return sorted(".".join(key) for key in set(loader.applied_migrations) - known)


def refuse_half_applied(noted: str | None, loader: MigrationLoader) -> None:
    """Raises Stop when the step noted as begun cannot simply run again."""
    if noted is None:
        return
    app, _, name = noted.partition(".")
    migration = loader.disk_migrations.get((app, name))
    if migration is not None and not migration.atomic and (app, name) not in loader.applied_migrations:
        raise Stop(_HALF_APPLIED, name=noted)


def _migrate(note: _Note) -> int:
    """Apply what is pending, patiently; gives the number of steps."""
    applied = 0
    for attempt in range(1, patience.TRIES + 1):
        done: list[str] = []
        try:
            _migrate_once(note, done)
            return applied + len(done)
        except _Busy as busy:
            applied += len(done)
            if attempt == patience.TRIES:
                raise Stop(_FAILED, name=busy.step, reason=busy.reason) from busy
            if attempt == 1:
                complain(_TABLES_BUSY, name=busy.step)
            patience.pause()
    return applied


class _Busy(Exception):
    """A step did not get its tables in time, and was undone."""

    def __init__(self, step: str, reason: str) -> None:
        self.step, self.reason = step, reason
        super().__init__(reason)


def _wait_for_locks(seconds: float) -> None:
    with connection.cursor() as db:
        db.execute("SELECT set_config('lock_timeout', %s, false)", [f"{int(seconds * 1000)}ms"])


def _migrate_once(note: _Note, done: list[str]) -> None:
    current: list[Migration] = []

    def progress(action: str, migration: Migration | None = None, fake: bool = False) -> None:
        if migration is None:
            return
        if action == "apply_start":
            current[:] = [migration]
            # What runs in no transaction (an index built concurrently) waits by design, and nobody behind it.
            _wait_for_locks(patience.LOCK_SECONDS if migration.atomic else CONCURRENT_SECONDS)
            note.begin(migration)
        elif action == "apply_success":
            note.clear()
            done.append(_name(migration))

    executor = MigrationExecutor(connection, progress)  # type: ignore[arg-type] # the stubs know no fake
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if not plan:
        return
    emit_pre_migrate_signal(0, False, connection.alias, plan=plan)
    try:
        state = executor.migrate(targets, plan=plan)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        name = _name(current[0]) if current else "-"
        if current and current[0].atomic and isinstance(error.__cause__, patience.BUSY):
            raise _Busy(name, reason) from error
        raise Stop(_FAILED, name=name, reason=reason) from error
    finally:
        _wait_for_locks(0)
    emit_post_migrate_signal(0, False, connection.alias, apps=state.apps, plan=plan)


def _name(migration: Migration) -> str:
    return f"{migration.app_label}.{migration.name}"


_WAITING = Text(
    "另一个进程正在升级这个数据库，等它完成……",
    "Another process is upgrading this database; waiting for it …",
)
_TABLES_BUSY = Text(
    "数据库升级步骤 {name} 需要的表正在使用，会反复尝试，不让别人等……",
    "The tables that the upgrade step {name} needs are in use; trying again without making anybody wait …",
)
_NEWER = Text(
    "这个数据库已被更新版本的 Guanxi 升级过（{name}）。请安装那个版本，或恢复升级前的备份。",
    "This database was upgraded by a newer Guanxi ({name}). "
    "Install that version, or restore the backup from before the upgrade.",
)
_HALF_APPLIED = Text(
    "数据库升级步骤 {name} 只做了一半就中断了，Guanxi 不会在这种状态下启动。"
    "请恢复升级前的备份；或确认无误后执行 guanxi migrate --resume 接着做完。",
    "The upgrade step {name} was interrupted half-way, and Guanxi does not start in that state. "
    "Restore the backup from before the upgrade, or run guanxi migrate --resume to finish it.",
)
_HALF_APPLIED_HISTORY = Text(
    "数据库的升级记录前后不一致（{reason}），Guanxi 不会在这种状态下启动。请恢复升级前的备份。",
    "The record of upgrades in the database does not add up ({reason}), and Guanxi does not start in "
    "that state. Restore the backup from before the upgrade.",
)
_FAILED = Text(
    "数据库升级步骤 {name} 失败：{reason}。这一步已撤销，没有启动任何服务。"
    "请排除原因后重试，或恢复升级前的备份。",
    "The upgrade step {name} failed: {reason}. It was undone and nothing was started. "
    "Remove the cause and try again, or restore the backup from before the upgrade.",
)
