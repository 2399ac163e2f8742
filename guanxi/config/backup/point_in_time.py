"""Restoring the embedded database to any moment: a physical copy, and the log since.

*How it works*: `make_base` copies the whole server (pg_basebackup) into the archive of the log
(GUANXI_WAL_ARCHIVE), sealed, named by when it was done. `restore_to` takes the newest copy from before the moment,
opens the pieces of the log since, replays them up to it, and moves the result into an empty home. Uploaded files are
written once and never changed: those of the home, or of a backup, fit whatever the moment. Who was erased since is
erased again at the next start, as after every restore (after.py).

*Rules*: the embedded database only: managed ones have this of their own. Copies and pieces of the time before they
were sealed are still read.

*See*: sealed_log.py, ../embedded_archive.py, docs/guide/en/backup.md.
"""

import shutil
import tarfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from guanxi.config import embedded_programs
from guanxi.config.backup import programs
from guanxi.config.backup.keys import BackupKey
from guanxi.config.backup.restoring import BUILDING, leave_note, move_into_place, refuse_unless_empty
from guanxi.config.backup.sealed_log import SEALED, read_sealed, seal_output, unpack_sealed
from guanxi.config.console import Stop
from guanxi.config.database import connect, owner_login
from guanxi.config.embedded import EmbeddedServer, make_home
from guanxi.config.embedded_archive import archive_folder
from guanxi.config.env import Env
from guanxi.kit.text import Text

# Pieces that were finished shortly before the copy was, and sealed later.
_BEFORE = timedelta(hours=2)
_STAMP = "%Y%m%dT%H%M%SZ"
_SERVER = 18
REPLAY_SECONDS = 3600


def make_base(env: Env, key: BackupKey) -> Path:
    """Copy the server, physically; gives the sealed file. Raises Stop where nothing is archived."""
    folder = archive_folder(env)
    if folder is None or not env.is_embedded:
        raise Stop(_NO_ARCHIVE)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"base.part{SEALED}"
    part.unlink(missing_ok=True)
    command, environ = programs.command(
        programs.find("pg_basebackup", _SERVER), {**owner_login(env), "dbname": "postgres"},
        "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast",
    )  # fmt: skip
    seal_output(command, environ, part, key)
    done = folder / f"base-{datetime.now(UTC).strftime(_STAMP)}{SEALED}"
    part.rename(done)
    return done


def restore_to(
    env: Env, archive: Path, moment: datetime, read_backup_key: Callable[[], BackupKey]
) -> datetime:
    """Restore the state of that moment into the empty home; gives when the copy used was made. Raises Stop.

    `read_backup_key` is asked where something is sealed.
    """
    if not env.is_embedded:
        raise Stop(_NO_ARCHIVE)
    refuse_unless_empty(env)
    base, made_at = _base_before(archive, moment)
    building = replace(env, home=env.folder / BUILDING)
    shutil.rmtree(building.folder, ignore_errors=True)
    make_home(env.folder)
    make_home(building.folder)
    opened = building.folder / "log"
    try:
        with ExitStack() as stack:
            _unpack(base, building.folder / "pg", read_backup_key)
            _open_log(archive, made_at, opened, read_backup_key)
            settings = {
                "restore_command": f'cp "{opened}/%f" "%p" || cp "{archive}/%f" "%p"',
                "recovery_target_time": moment.astimezone(UTC).isoformat(sep=" "),
                "recovery_target_action": "promote",
                "archive_mode": "off",
            }
            stack.enter_context(EmbeddedServer(building.folder, extra_settings=settings).use())
            _wait(building)
    except BaseException:
        shutil.rmtree(building.folder, ignore_errors=True)
        raise
    shutil.rmtree(opened)
    move_into_place(building.folder, env.folder, is_embedded=True)
    leave_note(env.folder, moment.astimezone(UTC).isoformat(timespec="seconds"), base.name)
    return made_at


def _base_before(archive: Path, moment: datetime) -> tuple[Path, datetime]:
    found = []
    for path in archive.glob("base-*"):
        try:
            stamp = path.name.removeprefix("base-").removesuffix(SEALED)
            at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        if at <= moment:
            found.append((at, path))
    if not found:
        raise Stop(_NO_BASE, archive=archive, moment=moment.isoformat(sep=" "))
    at, path = max(found)
    return path, at


def _unpack(base: Path, data: Path, read_backup_key: Callable[[], BackupKey]) -> None:
    data.mkdir(mode=0o700)
    if base.is_dir():
        # What cannot be read there is the copy's own user's; the log may have been readable to us alone.
        embedded_programs.prepare_data_folder(base.parent)
        with tarfile.open(base / "base.tar.gz") as packed:
            packed.extractall(data, filter="data")
    else:
        unpack_sealed(base, read_backup_key(), data)
    (data / "recovery.signal").touch()
    embedded_programs.prepare_data_folder(data)


def _open_log(
    archive: Path, made_at: datetime, folder: Path, read_backup_key: Callable[[], BackupKey]
) -> None:
    """Open the pieces that may be needed after a copy, for the server alone to read."""
    folder.mkdir(mode=0o700)
    earliest = (made_at - _BEFORE).timestamp()
    for piece in archive.glob(f"*{SEALED}"):
        if not piece.name.startswith(("base-", "base.", ".")) and piece.stat().st_mtime >= earliest:
            (folder / piece.name.removesuffix(SEALED)).write_bytes(read_sealed(piece, read_backup_key()))
    embedded_programs.prepare_data_folder(folder)


def _wait(building: Env) -> None:
    """Until the log is replayed and the server writes again."""
    deadline = time.monotonic() + REPLAY_SECONDS
    with connect(owner_login(building)) as owner:
        while time.monotonic() < deadline:
            row = owner.execute("SELECT pg_is_in_recovery()").fetchone()
            if row and not row[0]:
                owner.execute("CHECKPOINT")
                return
            time.sleep(0.2)
    raise Stop(_TOO_LONG)


_NO_ARCHIVE = Text(
    "恢复到任意时刻需要内置数据库，并设置了 GUANXI_WAL_ARCHIVE。外部数据库请用它自带的功能。",
    "Restoring to any moment needs the embedded database and GUANXI_WAL_ARCHIVE. External databases have this "
    "of their own.",
)
_NO_BASE = Text(
    "{archive} 里没有 {moment} 之前的基础副本；请用 guanxi backup base 定期生成。",
    "There is no physical copy from before {moment} in {archive}; make them regularly with guanxi backup base.",
)
_TOO_LONG = Text("日志重放没有完成。", "The log was not replayed to the end in time.")
