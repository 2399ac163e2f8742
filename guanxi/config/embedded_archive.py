"""The embedded database's log, archived as it is written: for restoring to any moment.

*How it works*: with GUANXI_WAL_ARCHIVE set, PostgreSQL copies each finished piece of its log (WAL) into a folder of the
home, at least once a minute while anything is written; from there it is sealed into the archive
(backup/sealed_log.py). PostgreSQL runs as a user without rights and has no key. A piece appears under its name only
when it is whole; one that is there already is compared, never overwritten.

*See*: backup/point_in_time.py, docs/guide/en/backup.md.
"""

from pathlib import Path

from guanxi.config import embedded_programs
from guanxi.config.console import Stop
from guanxi.config.env import Env
from guanxi.kit.text import Text

TIMEOUT = "60s"
_UNFIT = set("\"'\\$`%\n")


def archive_folder(env: Env) -> Path | None:
    """GUANXI_WAL_ARCHIVE as an absolute path; None when it is not set. Raises Stop for an unfit one."""
    if not env.wal_archive:
        return None
    folder = Path(env.wal_archive).expanduser().absolute()
    if _UNFIT & set(str(folder)):
        raise Stop(_UNFIT_NAME, folder=folder)
    return folder


def spool_folder(env: Env) -> Path:
    """Where the server puts pieces of its log until they are sealed."""
    return env.folder / "log-to-archive"


def archive_settings(env: Env) -> dict[str, str]:
    """What the embedded server needs to know; the folders are made, and the server's user may write to its own."""
    folder = archive_folder(env)
    if folder is None or not env.is_embedded:
        return {}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    spool = spool_folder(env)
    if _UNFIT & set(str(spool)):
        raise Stop(_UNFIT_NAME, folder=spool)
    embedded_programs.prepare_data_folder(spool)
    there = f'"{spool}/%f"'
    part = f'"{spool}/.%f.part"'
    command = f'if test -f {there}; then cmp -s "%p" {there}; else cp "%p" {part} && mv {part} {there}; fi'
    return {"archive_mode": "on", "archive_command": command, "archive_timeout": TIMEOUT}


_UNFIT_NAME = Text(
    "日志归档目录的名字里有不能使用的字符：{folder}。",
    "The name of the folder for the log has characters that cannot be used: {folder}.",
)
