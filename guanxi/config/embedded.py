"""The embedded PostgreSQL: made, started, shared and stopped.

*How it works*: the programs come from a Python wheel; the data lies in GUANXI_HOME/pg. Every process
that needs the server holds a shared lock on GUANXI_HOME/pg.lock while it does (`EmbeddedServer.use`);
whoever lets go last, which the kernel decides, stops it. The server is no child of ours: a killed
process leaves it running, and the next one adopts it. A server that was itself killed recovers from
its log at the next start. It listens on a socket that only its own user can reach, on no port.

*Rules*: committed means kept: never switch off `fsync` or `synchronous_commit` outside tests.

*See*: embedded_programs.py for the wheel and its system user, docs/adr/0002-embedded-postgresql.md.
"""

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from guanxi.config import embedded_programs as programs
from guanxi.config.console import Stop
from guanxi.kit.text import Text

OWNER_ROLE = "postgres"
EMBEDDED_DATABASE = "guanxi"
# A start may have to replay the log of hours of writes after a power cut.
START_SECONDS = 600
# The longest path of a Unix socket is 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 100


def socket_folder(home: Path) -> Path:
    """The folder of the server's socket: in the data folder, or a short one when that path is too long."""
    inside = home / "pg"
    if len(os.fsencode(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        return inside
    return programs.short_folder(inside)


def make_home(home: Path) -> None:
    """Make GUANXI_HOME, readable to nobody else; raises Stop when that is not possible."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(home, os.W_OK | os.X_OK):
            raise PermissionError(home)
    except OSError as error:
        raise Stop(_NOT_WRITABLE, folder=home) from error


class EmbeddedServer:
    """The PostgreSQL of one GUANXI_HOME."""

    def __init__(self, home: Path, *, extra_settings: dict[str, str] | None = None) -> None:
        self.home = home
        self.data = home / "pg"
        self._extra_settings = extra_settings or {}

    @contextmanager
    def use(self) -> Iterator[None]:
        """Have the server running inside the block; the last user anywhere stops it."""
        with open(self._lock_path(), "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.start()
            try:
                yield
            finally:
                self._stop_if_last(lock)

    def _lock_path(self) -> Path:
        make_home(self.home)
        return self.home / "pg.lock"

    def start(self) -> None:
        """Start the server unless it runs already; the data folder and the database are made at first."""
        with self._alone("pg.start.lock"):
            if self._answers():
                return
            self._make_cluster_once()
            self._write_settings()
            self._launch()
            self._ensure_database()

    def stop(self) -> None:
        """Stop the server: running statements are cancelled, everything committed is kept."""
        pid = self._pid()
        if pid is None:
            return
        process = psutil.Process(pid)
        for how, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):
            try:
                process.send_signal(how)
                process.wait(patience)
                return
            except psutil.NoSuchProcess:
                return
            except psutil.TimeoutExpired:
                continue

    def is_running(self) -> bool:
        """Whether the server answers."""
        return self._answers()

    def has_ended(self) -> bool:
        """Whether the server's process is gone (cheap; says nothing of whether it answers)."""
        return self._pid() is None

    def _stop_if_last(self, lock: Any) -> None:
        fcntl.flock(lock, fcntl.LOCK_UN)
        for pause in (0.0, 0.1, 0.2):  # of several that leave together, the last one sees no other
            time.sleep(pause)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            self.stop()
            return

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        with open(self.home / name, "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_cluster_once(self) -> None:
        try:
            if not (self.data / "PG_VERSION").exists():
                # Made beside its place and then renamed: an interrupted making leaves nothing half-done.
                fresh = self.home / "pg.new"
                shutil.rmtree(fresh, ignore_errors=True)
                programs.prepare_data_folder(fresh)
                self._make_cluster(fresh)
                fresh.rename(self.data)
            programs.prepare_data_folder(self.data)
        except OSError as error:
            raise Stop(_CANNOT_MAKE, folder=self.data, reason=error.strerror or error) from error

    def _make_cluster(self, folder: Path) -> None:
        outcome = programs.run(
            "initdb",
            "--username=" + OWNER_ROLE,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums",
            "--no-instructions",
            "-D",
            str(folder),
        )
        if outcome.returncode:
            raise Stop(_CANNOT_MAKE, folder=folder, reason=programs.first_error(outcome.stdout))
        with open(folder / "postgresql.conf", "a") as conf:
            conf.write("\ninclude_if_exists = 'guanxi.conf'\ninclude_if_exists = '../postgresql.conf'\n")

    def _write_settings(self) -> None:
        lines = [f"{key} = '{value}'" for key, value in self._settings().items()]
        head = "# Written at every start. Your own settings belong into postgresql.conf in GUANXI_HOME."
        (self.data / "guanxi.conf").write_text("\n".join([head, *lines, ""]))

    def _settings(self) -> dict[str, str]:
        memory_mb = psutil.virtual_memory().total // (1024 * 1024)
        shared_mb = max(64, min(memory_mb // 8, 1024))
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(socket_folder(self.home)),
            "unix_socket_permissions": "0700",
            "max_connections": "120",
            "shared_buffers": f"{shared_mb}MB",
            "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": f"{max(64, min(memory_mb // 16, 512))}MB",
            "jit": "off",
            "random_page_cost": "1.1",
            "wal_compression": "on",
            "max_wal_size": "2GB",
            "checkpoint_completion_target": "0.9",
            "gin_pending_list_limit": "1MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "idle_in_transaction_session_timeout": "10min",
            "log_min_duration_statement": "5s",
            # Errors are the application's to log: statements and details hold people's data.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **self._extra_settings,
        }

    def _launch(self) -> None:
        self._forget_foreign_pid()
        for attempt in range(20):
            outcome = programs.run(
                "pg_ctl", "start", "-w", "-s", "-t", str(START_SECONDS),
                "-D", str(self.data), "-l", str(self.data / "server.log"),
            )  # fmt: skip
            if not outcome.returncode:
                return
            # The children of a server that was killed let go of its memory after a moment.
            if "still in use" not in self._log_tail() or attempt == 19:
                break
            time.sleep(0.5)
        raise Stop(_CANNOT_START, reason=programs.last_line(self._log_tail()), log=self.data / "server.log")

    def _forget_foreign_pid(self) -> None:
        """Remove a postmaster.pid whose number now belongs to some other program, as after a reboot."""
        pid = self._recorded_pid()
        if pid is not None and self._pid() is None and psutil.pid_exists(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _ensure_database(self) -> None:
        with self._connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [EMBEDDED_DATABASE])
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(EMBEDDED_DATABASE)))

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self._connect("postgres").close()
                return True
            except psycopg.OperationalError as error:
                if "starting up" not in str(error) and "recovery" not in str(error):
                    return False
                time.sleep(0.2)
        return False

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(socket_folder(self.home)), dbname=database, user=OWNER_ROLE,
            connect_timeout=5, autocommit=True,
        )  # fmt: skip

    def _recorded_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
            return None

    def _pid(self) -> int | None:
        """The server's process id, when that process really is a PostgreSQL of this data folder."""
        pid = self._recorded_pid()
        try:
            if pid is not None and str(self.data) in " ".join(psutil.Process(pid).cmdline()):
                return pid
        except psutil.Error:
            return None
        return None

    def _log_tail(self) -> str:
        try:
            return (self.data / "server.log").read_text(errors="replace")[-4000:]
        except FileNotFoundError:
            return ""


_NOT_WRITABLE = Text(
    "不能写入目录 {folder}。请修改它的权限，或用 GUANXI_HOME 指定另一个目录。",
    "The folder {folder} cannot be written to. Change its permissions, or name another with GUANXI_HOME.",
)
_CANNOT_MAKE = Text(
    "无法在 {folder} 建立数据库：{reason}。请检查磁盘空间和权限，清空该目录后重试。",
    "The database could not be made in {folder}: {reason}. "
    "Check disk space and permissions, empty that folder and try again.",
)
_CANNOT_START = Text(
    "内置数据库无法启动：{reason}。详情见 {log}。",
    "The embedded database does not start: {reason}. Details are in {log}.",
)
