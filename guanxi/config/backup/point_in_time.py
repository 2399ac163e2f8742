"""Restoring the embedded database to any moment: a physical copy, and the log since.

*How it works*: `make_base` copies the whole server (pg_basebackup) into the archive of the log
(GUANXI_WAL_ARCHIVE), named by when it was done. `restore_to` takes the newest copy from before the moment,
replays the log up to it, and moves the result into an empty home. Uploaded files are written once and
never changed: those of the home, or of a backup, fit whatever the moment.

*Rules*: the embedded database only: managed ones have this of their own. The archive is not encrypted; it
belongs on a disk that is.

*See*: ../embedded_archive.py, docs/guide/en/backup.md.
"""

import shutil
import tarfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from guanxi.config import embedded_programs
from guanxi.config.backup import programs
from guanxi.config.backup.restoring import BUILDING, move_into_place, refuse_unless_empty
from guanxi.config.console import Stop
from guanxi.config.database import connect, owner_login
from guanxi.config.embedded import EmbeddedServer, make_home
from guanxi.config.embedded_archive import archive_folder
from guanxi.config.env import Env
from guanxi.kit.text import Text

_STAMP = "%Y%m%dT%H%M%SZ"
_SERVER = 18
REPLAY_SECONDS = 3600


def make_base(env: Env) -> Path:
    """Copy the server, physically; gives the folder of the copy. Raises Stop where nothing is archived."""
    folder = archive_folder(env)
    if folder is None or not env.is_embedded:
        raise Stop(_NO_ARCHIVE)
    part = folder / "base.part"
    shutil.rmtree(part, ignore_errors=True)
    login = {**owner_login(env), "dbname": "postgres"}
    programs.run(
        programs.find("pg_basebackup", _SERVER), login,
        f"--pgdata={part}", "--format=tar", "--compress=gzip:1", "--wal-method=fetch", "--checkpoint=fast",
    )  # fmt: skip
    done = folder / f"base-{datetime.now(UTC).strftime(_STAMP)}"
    part.rename(done)
    return done


def restore_to(env: Env, archive: Path, moment: datetime) -> datetime:
    """Restore the state of that moment into the empty home; gives when the copy used was made. Raises Stop."""
    if not env.is_embedded:
        raise Stop(_NO_ARCHIVE)
    refuse_unless_empty(env)
    base, made_at = _base_before(archive, moment)
    building = replace(env, home=env.folder / BUILDING)
    shutil.rmtree(building.folder, ignore_errors=True)
    make_home(env.folder)
    make_home(building.folder)
    try:
        with ExitStack() as stack:
            _unpack(base, building.folder / "pg")
            settings = {
                "restore_command": f'cp "{archive}/%f" "%p"',
                "recovery_target_time": moment.astimezone(UTC).isoformat(sep=" "),
                "recovery_target_action": "promote",
                "archive_mode": "off",
            }
            stack.enter_context(EmbeddedServer(building.folder, extra_settings=settings).use())
            _wait(building)
    except BaseException:
        shutil.rmtree(building.folder, ignore_errors=True)
        raise
    move_into_place(building.folder, env.folder, is_embedded=True)
    return made_at


def _base_before(archive: Path, moment: datetime) -> tuple[Path, datetime]:
    found = []
    for folder in archive.glob("base-*"):
        try:
            at = datetime.strptime(folder.name.removeprefix("base-"), _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        if at <= moment:
            found.append((at, folder))
    if not found:
        raise Stop(_NO_BASE, archive=archive, moment=moment.isoformat(sep=" "))
    at, folder = max(found)
    return folder, at


def _unpack(base: Path, data: Path) -> None:
    data.mkdir(mode=0o700)
    # What cannot be read there is the copy's own user's; the log may have been readable to us alone.
    embedded_programs.prepare_data_folder(base.parent)
    with tarfile.open(base / "base.tar.gz") as packed:
        packed.extractall(data, filter="data")
    (data / "recovery.signal").touch()
    embedded_programs.prepare_data_folder(data)


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
