"""One backup from beginning to end: key, room, file, keys apart, old copies, and the note of it all.

*How it works*: what the command line, the nightly job and an upgrade have in common. The outcome, good or
bad, becomes a row of `backup_run`.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg.types.json import Jsonb

from guanxi.config.backup import keeping, making
from guanxi.config.backup.files import FOLDER
from guanxi.config.backup.keys import BackupKey, own_keys, read_key
from guanxi.config.backup.manifest import Head, Manifest
from guanxi.config.backup.names import KEYS_SUFFIX, SUFFIX, name_of
from guanxi.config.backup.places import Folder, Place, found, place_of
from guanxi.config.backup.sealed import SealedReader, SealedWriter
from guanxi.config.console import Stop
from guanxi.config.database import app_login, connect, owner_login
from guanxi.config.env import Env
from guanxi.kit.text import Text

# A million customers with their journal and search take about a tenth of the database's size.
EXPECTED_SHARE = 5
RUNS_KEPT = timedelta(days=400)
KEYS = 9
RUNS = "backup_run"


@dataclass(slots=True)
class Made:
    """What was made, where, and with which key."""

    head: Head
    manifest: Manifest
    place: Place
    name: str
    size: int
    seconds: float
    key: BackupKey
    keys_file: str = ""
    removed: list[str] = field(default_factory=list)


def back_up(env: Env, *, reason: str, to: str = "", key_file: str = "", keys_to: str = "") -> Made:
    """Make a backup; raises Stop with the sentence of what stands in the way."""
    began = datetime.now(UTC)
    name = name_of(began, reason)
    try:
        made = _make(env, name, reason, to, key_file, keys_to or env.backup_keys_to)
    except (Stop, psycopg.Error, OSError) as error:
        failure = error if isinstance(error, Stop) else Stop(_FAILED, reason=_first_line(error))
        _note(env, began, reason, to or env.backup_to, name, 0, 0, failure)
        raise failure from error
    _note(env, began, reason, made.place.label, name, made.size, made.manifest.rows, None)
    return made


def _make(env: Env, name: str, reason: str, to: str, key_file: str, keys_to: str) -> Made:
    start = time.monotonic()
    key = read_key(env, key_file, make=True)
    place = place_of(env, to)
    if isinstance(place, Folder):
        place.check_room(_expected(env))
    login = owner_login(env)
    with place.writing(name) as stream:
        role = str(app_login(env).get("user", ""))
        head, manifest = making.write(stream, key, login, role, env.folder, reason)
        size = stream.tell()
    made = Made(head, manifest, place, name, size, time.monotonic() - start, key)
    if keys_to:
        made.keys_file = seal_keys(env, key, keys_to, name)
    if reason != "manual":
        for old in keeping.superfluous(place.list()):
            place.remove(old.name)
            made.removed.append(old.name)
    return made


def seal_keys(env: Env, key: BackupKey, to: str, name: str) -> str:
    """Write the installation's own keys into a sealed file of their own; gives where it is."""
    target = place_of(env, to)
    keys_name = name.removesuffix(SUFFIX) + KEYS_SUFFIX
    with target.writing(keys_name) as stream, SealedWriter(stream, key) as sealed:
        for path, content in own_keys(env.folder).items():
            sealed.put(KEYS, path.encode() + b"\0" + content)
        sealed.close(KEYS, b"")
    return f"{target.label}/{keys_name}"


def open_keys(env: Env, address: str, key: BackupKey) -> dict[str, bytes]:
    """The keys in a sealed file; raises Broken or Stop."""
    keys: dict[str, bytes] = {}
    place, file = found(env, address)
    with place.open(file) as stream:
        for _, content in SealedReader(stream, key).frames():
            name, is_named, value = content.partition(b"\0")
            if is_named:
                keys[name.decode()] = value
    return keys


def _expected(env: Env) -> int:
    with connect(owner_login(env)) as owner:
        row = owner.execute("SELECT pg_database_size(current_database())").fetchone()
    database = int(row[0]) if row else 0
    uploaded = sum(path.stat().st_size for path in (env.folder / FOLDER).rglob("*") if path.is_file())
    return database // EXPECTED_SHARE + uploaded


def _note(
    env: Env, began: datetime, reason: str, place: str, name: str, size: int, rows: int, failure: Stop | None
) -> None:
    """Keep the outcome, unless there is no table for it yet or no database at all."""
    error = (
        {locale: failure.text.in_(locale, **failure.values) for locale in ("zh-CN", "en")} if failure else {}
    )
    try:
        with connect(owner_login(env)) as owner:
            found = owner.execute("SELECT to_regclass('backup_run')").fetchone()
            if not found or found[0] is None:
                return
            owner.execute("DELETE FROM backup_run WHERE began_at < %s", [began - RUNS_KEPT])
            owner.execute(
                "INSERT INTO backup_run (began_at, ended_at, reason, place, name, size, rows, error)"
                " VALUES (%s, now(), %s, %s, %s, %s, %s, %s)",
                [began, reason, place, name, size, rows, Jsonb(error)],
            )
    except (Stop, psycopg.Error):
        if failure is None:
            raise


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


_FAILED = Text("备份失败：{reason}。", "The backup failed: {reason}.")
