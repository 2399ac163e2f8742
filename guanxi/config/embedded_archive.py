"""The embedded database's log, archived as it is written: for restoring to any moment.

*How it works*: with GUANXI_WAL_ARCHIVE set, PostgreSQL copies each finished piece of its log (WAL) there, at
least once a minute while anything is written. A piece appears under its name only when it is whole; one
that is there already is compared, never overwritten.

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


def archive_settings(env: Env) -> dict[str, str]:
    """What the embedded server needs to know; the folder is made, and the server's user may write to it."""
    folder = archive_folder(env)
    if folder is None or not env.is_embedded:
        return {}
    embedded_programs.prepare_data_folder(folder)
    there = f'"{folder}/%f"'
    part = f'"{folder}/.%f.part"'
    command = f'if test -f {there}; then cmp -s "%p" {there}; else cp "%p" {part} && mv {part} {there}; fi'
    return {"archive_mode": "on", "archive_command": command, "archive_timeout": TIMEOUT}


_UNFIT_NAME = Text(
    "日志归档目录的名字里有不能使用的字符：{folder}。",
    "The name of the folder for the log has characters that cannot be used: {folder}.",
)
