"""Bringing a backup back, into an empty home (or an empty external database).

*How it works*: everything is built in GUANXI_HOME/restoring and moved into place at the very end, so that
a file that turns out broken, or an interruption, leaves the home as empty as it was. Definitions come
from pg_restore: tables first; then rows (COPY FREEZE into a table made in the same transaction, which
needs no vacuum after); while a table is being filled, the one before is read back and summed up. Then
sequences, then indexes, constraints, triggers and policies on all cores, statistics, and the restricted
role with its rights. The embedded server works without `fsync` meanwhile; all is synced before the move.

*Rules*: nothing is restored over anything. What does not agree with the manifest is not kept.

*See*: reading.py, after.py for what happens at the next start, docs/adr/0055-backups.md.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import psycopg
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from guanxi import __version__
from guanxi.config import embedded_programs
from guanxi.config.backup import programs
from guanxi.config.backup.files import FOLDER, FileSink
from guanxi.config.backup.manifest import FORMAT, Counted, Head, Manifest, Table
from guanxi.config.backup.reading import Contents, Difference, compare, sum_up_table
from guanxi.config.backup.rows import SIGNATURE, TRAILER, RowFrame
from guanxi.config.backup.snapshot import list_tables
from guanxi.config.console import Stop
from guanxi.config.database import app_login, connect, ensure_app_role, owner_login, secret_key
from guanxi.config.embedded import EmbeddedServer, make_home
from guanxi.config.env import Env
from guanxi.config.home import is_up
from guanxi.engine.tenancy import row_security
from guanxi.kit.text import Text

BUILDING = "restoring"
NOTE = "restored.json"
# Nothing is lost when a half-restored server dies: it is thrown away.
_FAST = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "16GB", "checkpoint_timeout": "1h",
    "archive_mode": "off", "idle_in_transaction_session_timeout": "0",
}  # fmt: skip


@contextmanager
def prepared(env: Env) -> Iterator[Env]:
    """The place to build in, moved into place when the block ends well. Raises Stop unless it is empty."""
    refuse_unless_empty(env)
    building = replace(env, home=env.folder / BUILDING, secret_key=secret_key(env))
    _remove(building.folder)
    with ExitStack() as stack:
        if env.is_embedded:
            make_home(env.folder)
            server = EmbeddedServer(building.folder, extra_settings=_FAST)
            stack.enter_context(server.use())
        else:
            make_home(building.folder)
        try:
            yield building
        except BaseException:
            stack.close()
            _remove(building.folder)
            raise
    move_into_place(building.folder, env.folder, is_embedded=env.is_embedded)


def refuse_unless_empty(env: Env) -> None:
    """Raises Stop naming what is there already."""
    home = env.folder
    if is_up(home):
        raise Stop(_IN_USE, home=home)
    for name in ("pg", FOLDER):
        if (home / name).exists() and any((home / name).iterdir()):
            raise Stop(_NOT_EMPTY, what=home / name)
    if not env.is_embedded:
        with connect(owner_login(env)) as owner:
            if list_tables(owner):
                raise Stop(_DATABASE_NOT_EMPTY, name=owner.info.dbname)


def refuse_newer(head: Head) -> None:
    """Raises Stop when a newer Guanxi made the backup."""
    if head.format > FORMAT:
        raise Stop(_NEWER, version=head.product, ours=__version__)
    loader = MigrationLoader(None)
    replaced = {old for migration in loader.replacements.values() for old in migration.replaces}
    known = {".".join(key) for key in {*loader.disk_migrations, *replaced}}
    unknown = sorted(set(head.migrations) - known)
    if unknown:
        raise Stop(_NEWER_STEP, version=head.product, ours=__version__, step=unknown[0])


@dataclass(slots=True)
class Restored:
    """How it went: what was found in the database and the home after the restore."""

    tables: dict[str, Counted] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


class Restorer:
    """The sink of `reading.read` that fills a database and a home."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._stack = ExitStack()
        self._files = FileSink(env.folder)
        self._head: Head | None = None
        self._current: int | None = None
        self._copy: _Entered | None = None
        self._archive = ""
        self._checks: dict[str, Future[Counted]] = {}

    def __enter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="guanxi-restore-")))
        self._writer = self._stack.enter_context(connect(owner_login(self._env)))
        self._checker = self._stack.enter_context(connect(owner_login(self._env)))
        self._pool = self._stack.enter_context(ThreadPoolExecutor(1, "check"))
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is not None:
            # A check under way would wait for what the writer holds.
            self._writer.close()
            self._pool.shutdown(cancel_futures=True)
        self._stack.close()

    def begin(self, head: Head) -> None:
        """Refuse what this version cannot bring back."""
        refuse_newer(head)
        self._head = head

    def definitions(self, archive: bytes) -> None:
        """Make the tables."""
        path = self._folder / "definitions"
        path.write_bytes(archive)
        self._archive = str(path)
        # The schema itself is there already in every database.
        listed = programs.run(self._program, None, "--list", self._archive).decode().splitlines()
        path.with_name("list").write_text("\n".join(line for line in listed if " SCHEMA - " not in line))
        self._pg_restore("--section=pre-data")

    def rows(self, frame: RowFrame) -> None:
        """Fill a table."""
        if frame.number != self._current:
            self._end_table()
            self._begin_table(frame.number)
        assert self._copy is not None
        self._copy.write(frame.data)

    def end_rows(self) -> None:
        """All rows are there."""
        self._end_table()

    def file(self, content: bytes) -> None:
        """Write a piece of a file."""
        self._files.take(content)

    def finish(self, contents: Contents, app_role: str) -> Restored:
        """Sequences, indexes, constraints, walls, rights; then what was found in the tables."""
        head, manifest = contents.head, contents.manifest
        self._set_sequences(manifest)
        found = {name: check.result() for name, check in self._checks.items()}
        for table in head.tables:
            found.setdefault(table.name, Counted(0, 0, f"{0:032x}"))
        jobs = max(2, os.cpu_count() or 1)
        self._pg_restore("--section=post-data", f"--jobs={jobs}")
        self._writer.execute("ANALYZE")
        ensure_app_role(self._env)
        row_security.apply(self._writer, app_role or str(app_login(self._env).get("user", "")))
        differences = contents.differences + compare(manifest, found)
        files = self._files.sum.counted()
        if files != manifest.files:
            differences.append(Difference(FOLDER, manifest.files, files))
        return Restored(found, differences)

    def _table(self, number: int) -> Table:
        assert self._head is not None
        return self._head.tables[number]

    def _begin_table(self, number: int) -> None:
        table, self._current = self._table(number), number
        name = sql.Identifier(table.name)
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        self._writer.execute("BEGIN")
        # Truncated in the same transaction: its rows may be frozen, and need no log.
        self._writer.execute(sql.SQL("TRUNCATE ONLY {}").format(name))
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE)").format(name, columns)
        self._copy = _Entered(self._writer.cursor().copy(statement))
        self._copy.write(SIGNATURE)

    def _end_table(self) -> None:
        if self._current is None or self._head is None or self._copy is None:
            return
        self._copy.write(TRAILER)
        self._copy.close()
        self._writer.execute("COMMIT")
        table, self._current = self._table(self._current), None
        self._checks[table.name] = self._pool.submit(sum_up_table, self._checker, table)

    def _set_sequences(self, manifest: Manifest) -> None:
        for name, last in manifest.sequences.items():
            if last is not None:
                self._writer.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', last])

    def _pg_restore(self, *arguments: str) -> None:
        programs.run(
            self._program, owner_login(self._env), "--no-owner", "--no-privileges", "--exit-on-error",
            f"--use-list={self._folder / 'list'}", *arguments, self._archive,
        )  # fmt: skip

    @property
    def _program(self) -> str:
        return programs.find("pg_restore", self._writer.info.server_version // 10000)


class _Entered:
    """A COPY entered by hand: it spans many calls."""

    def __init__(self, copy: Any) -> None:
        self._context = copy
        self._copy: psycopg.Copy = copy.__enter__()

    def write(self, data: bytes | memoryview) -> None:
        self._copy.write(bytes(data))

    def close(self) -> None:
        self._context.__exit__(None, None, None)


def leave_note(home: Path, made_at: str, name: str) -> None:
    """Have the next start do what must be done after a restore (after.py); `made_at` is what it brought back."""
    said = {
        "made_at": made_at,
        "restored_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": name,
    }
    (home / NOTE).write_text(json.dumps(said), encoding="utf-8")


def move_into_place(building: Path, home: Path, *, is_embedded: bool) -> None:
    """Make what was built the home's own, when all of it is on the disk."""
    if is_embedded:
        embedded_programs.run("initdb", "--sync-only", "-D", str(building / "pg"))
        for name in ("postmaster.pid", "server.log"):
            (building / "pg" / name).unlink(missing_ok=True)
    for name in ("pg", FOLDER):
        if (building / name).exists():
            if (home / name).exists():
                (home / name).rmdir()
            (building / name).rename(home / name)
    _remove(building)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


_IN_USE = Text(
    "Guanxi 正在使用 {home}。请先停止它，并恢复到一个空目录。",
    "Guanxi is running on {home}. Stop it, and restore into an empty folder.",
)
_NOT_EMPTY = Text(
    "{what} 不是空的；恢复只写入空目录，不会覆盖任何数据。请用 --home 指定另一个目录，或先把它移走。",
    "{what} is not empty; a restore goes into an empty home and overwrites nothing. "
    "Name another with --home, or move this one away first.",
)
_DATABASE_NOT_EMPTY = Text(
    "数据库 {name} 里已经有表；恢复只写入空数据库。请先新建一个，并修改 DATABASE_URL。",
    "The database {name} has tables already; a restore goes into an empty one. "
    "Create one and change DATABASE_URL.",
)
_NEWER = Text(
    "这个备份由更新的 Guanxi {version} 生成，本机是 {ours}。请先升级 Guanxi 再恢复。",
    "This backup was made by a newer Guanxi ({version}; this is {ours}). Upgrade Guanxi, then restore.",
)
_NEWER_STEP = Text(
    "这个备份由更新的 Guanxi {version} 生成（含升级步骤 {step}，本机 {ours} 没有）。请先升级 Guanxi 再恢复。",
    "This backup was made by a newer Guanxi ({version}, with the upgrade step {step} that {ours} does not "
    "know). Upgrade Guanxi, then restore.",
)
