"""pg_dump, pg_restore and pg_basebackup: for the definitions of tables, and for physical copies.

*How it works*: the programs of the embedded PostgreSQL serve external servers too, up to their own
version; where the server is newer, those on PATH are looked at. Passwords travel in the environment,
since arguments are visible to everybody on the machine.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import make_conninfo

from guanxi.config.console import Stop
from guanxi.config.database import Login
from guanxi.config.embedded_programs import PROGRAMS, first_error
from guanxi.kit.text import Text


def find(program: str, server_major: int) -> str:
    """The path of a program that knows this server. Raises Stop when there is none."""
    newest = 0
    for candidate in (str(PROGRAMS / program), shutil.which(program)):
        if not candidate:
            continue
        found = _major(candidate)
        if found >= server_major:
            return candidate
        newest = max(newest, found)
    raise Stop(_TOO_OLD, program=program, found=newest, server=server_major)


def run(program: str, login: Login | None, *arguments: str) -> bytes:
    """Run a program, against a database if one is given; what it printed. Raises Stop with its first error."""
    line, environ = command(program, login, *arguments)
    outcome = subprocess.run(
        line, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/", env=environ
    )
    if outcome.returncode:
        reason = first_error(outcome.stderr.decode(errors="replace"))
        raise Stop(_FAILED, program=Path(program).name, reason=reason)
    return outcome.stdout


def command(program: str, login: Login | None, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command line of a program, and its environment, where the password is."""
    rest = dict(login or {})
    password = rest.pop("password", None)
    environ = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "PGAPPNAME": "guanxi-backup"}
    if password:
        environ["PGPASSWORD"] = str(password)
    return [program, *(["--dbname=" + make_conninfo(**rest)] if login else []), *arguments], environ


def _major(program: str) -> int:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"(\d+)(?:\.\d+)?", told.rpartition("PostgreSQL)")[2])
    return int(found[1]) if found else 0


_TOO_OLD = Text(
    "{program} 是 {found} 版，比数据库服务器（PostgreSQL {server}）旧，不能备份它。"
    "请安装 {server} 版的 PostgreSQL 客户端程序，并放进 PATH。",
    "{program} is of version {found}, older than the server (PostgreSQL {server}), and cannot copy it. "
    "Install the client programs of PostgreSQL {server} and put them on PATH.",
)
_FAILED = Text("{program} 失败：{reason}。", "{program} failed: {reason}.")
