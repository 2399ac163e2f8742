"""The key that seals backups, and sealed copies of the installation's own keys.

*How it works*: the key is a text of at least 32 characters: from the file named by `--key-file` or
GUANXI_BACKUP_KEY_FILE, from GUANXI_BACKUP_KEY, or made once in GUANXI_HOME/backup_key. The keys of the
installation (`secret_key`, and whatever `KEY_FILES` names) go, sealed, into a file of their own in
GUANXI_BACKUP_KEYS_TO: whoever finds a copy of the data finds no key beside it.

*Rules*: a key is named by where it is kept and never printed.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from guanxi.config.console import Stop
from guanxi.config.embedded import make_home
from guanxi.config.env import Env
from guanxi.kit.text import Text

LEAST_LENGTH = 32
OWN_KEY = "backup_key"
# What GUANXI_HOME may hold besides data: keys, and the heads of the audit's seal, which belong apart from it.
KEY_FILES = ("secret_key", "master_key", "keys", "seal")


@dataclass(frozen=True, slots=True)
class BackupKey:
    """A key, and where it came from for the sentences about it."""

    text: bytes
    place: str
    is_fresh: bool = False

    def __repr__(self) -> str:
        return f"BackupKey({self.place})"


def read_key(env: Env, key_file: str = "", *, make: bool = False) -> BackupKey:
    """The key of backups; `make` makes one where none is set. Raises Stop naming what is wrong."""
    named = key_file or env.backup_key_file
    if named:
        return _from_file(Path(named).expanduser())
    if env.backup_key:
        return BackupKey(env.backup_key.encode(), "GUANXI_BACKUP_KEY")
    kept = env.folder / OWN_KEY
    if kept.exists():
        return _from_file(kept)
    if not make:
        raise Stop(_MISSING, file=kept)
    return _made(kept)


def _from_file(path: Path) -> BackupKey:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Stop(_UNREADABLE, file=path, reason=reason) from error
    if len(text) < LEAST_LENGTH:
        raise Stop(_SHORT, file=path, least=LEAST_LENGTH)
    return BackupKey(text.encode(), str(path))


def _made(kept: Path) -> BackupKey:
    make_home(kept.parent)
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _from_file(kept)
    text = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return BackupKey(text.encode(), str(kept), is_fresh=True)


def own_keys(home: Path) -> dict[str, bytes]:
    """The key files of this home by their path within it."""
    found: dict[str, bytes] = {}
    for name in KEY_FILES:
        path = home / name
        inside = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        found |= {str(each.relative_to(home)): each.read_bytes() for each in inside if each.is_file()}
    return found


def put_keys(home: Path, keys: dict[str, bytes]) -> None:
    """Write key files into a home, readable to nobody else."""
    for name, content in keys.items():
        path = home / name
        if path.resolve().parent != home.resolve() and home.resolve() not in path.resolve().parents:
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)


_MISSING = Text(
    "没有备份密钥：{file} 不存在。请用 --key-file 或 GUANXI_BACKUP_KEY_FILE 指出做备份时的密钥。",
    "There is no key for backups: {file} does not exist. Name the key that the backup was made with: "
    "--key-file, or GUANXI_BACKUP_KEY_FILE.",
)
_UNREADABLE = Text(
    "读不了备份密钥文件 {file}：{reason}。",
    "The file of the backup key {file} cannot be read: {reason}.",
)
_SHORT = Text(
    "文件 {file} 里的备份密钥太短，至少要 {least} 个字符。",
    "The backup key in {file} is too short: it needs at least {least} characters.",
)
