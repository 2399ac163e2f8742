"""`guanxi restore`: brings a backup back, into an empty home."""

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from guanxi.commands.backup import key_option, tell_differences, tell_tables
from guanxi.config.backup import doing, reading, restoring
from guanxi.config.backup.keys import BackupKey, put_keys, read_key
from guanxi.config.backup.places import found
from guanxi.config.backup.point_in_time import restore_to
from guanxi.config.backup.sealed import Broken
from guanxi.config.console import Stop, in_console_language, say
from guanxi.config.database import app_login
from guanxi.config.env import Env, get_env
from guanxi.kit.text import Text

NEEDS_DATABASE = False


@click.command(
    help=in_console_language(
        "把备份恢复到一个空目录；不会覆盖任何数据。",
        "Bring a backup back into an empty home. Nothing is ever overwritten.",
    )
)
@click.argument("file")
@click.option(
    "--home", default="", help=in_console_language("恢复到哪个目录。", "The folder to restore into.")
)
@click.option(
    "--keys",
    default="",
    help=in_console_language(
        "系统密钥的加密副本（.gxk）。", "The sealed copy of the installation's keys (.gxk)."
    ),
)
@click.option(
    "--to-time",
    type=click.DateTime(
        ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S%z"]
    ),
    help=in_console_language(
        "恢复到这个时刻（FILE 是日志归档目录；不写时区则按本机时间）。",
        "Restore to this moment (FILE is then the folder of the archived log; without a zone, local time).",
    ),
)
@key_option
def command(file: str, home: str, keys: str, to_time: datetime | None, key_file: str) -> None:
    """Restore; exit code 1 when anything stands in the way or differs."""
    began = time.monotonic()
    given = get_env()
    env = replace(given, home=Path(home)) if home else given
    if to_time is not None:
        made_at = restore_to(
            env, Path(file).expanduser().absolute(), to_time.astimezone(), lambda: read_key(given, key_file)
        )
        say(
            _RESTORED_TO,
            home=env.folder,
            moment=to_time.isoformat(sep=" "),
            made_at=made_at.isoformat(sep=" "),
        )
        return
    restoring.refuse_unless_empty(env)
    place, name = found(given, file)
    key = read_key(given, key_file)
    own = _open_keys(given, keys, key) if keys else {}
    if not env.is_embedded:
        # What has been begun in a foreign database cannot be thrown away: look at it all first.
        with place.open(name) as stream:
            reading.read(stream, key, name)
    with restoring.prepared(env) as building:
        with restoring.Restorer(building) as restorer, place.open(name) as stream:
            contents = reading.read(stream, key, name, restorer)
            restored = restorer.finish(contents, str(app_login(env).get("user", "")))
        if restored.differences:
            tell_differences(restored.differences)
            raise Stop(_DIFFERS, count=len(restored.differences))
    put_keys(env.folder, own)
    restoring.leave_note(env.folder, contents.head.made_at, name)
    tell_tables(contents.manifest, restored.tables)
    say(
        _RESTORED, name=name, home=env.folder, tables=len(contents.manifest.tables),
        rows=f"{contents.manifest.rows:,}", files=f"{contents.manifest.files.rows:,}",
        seconds=f"{time.monotonic() - began:.1f}",
    )  # fmt: skip
    if not own and not env.secret_key:
        say(_NO_KEYS, home=env.folder)


def _open_keys(env: Env, path: str, key: BackupKey) -> dict[str, bytes]:
    try:
        return doing.open_keys(env, path, key)
    except (Broken, OSError) as error:
        text = error.text if isinstance(error, Broken) else Text.of(error.strerror or str(error))
        raise Stop(_KEYS_BROKEN, file=path, reason=text.zh, reason_en=text.en) from error


_DIFFERS = Text(
    "恢复出来的数据有 {count} 处与清单不符，已放弃，没有留下任何数据。",
    "{count} parts are not what the manifest says; the restore was given up, and nothing of it is left.",
)
_RESTORED = Text(
    "已把 {name} 恢复到 {home}：{tables} 张表共 {rows} 行，{files} 个文件，行数和校验和全部一致（{seconds} 秒）。"
    "请用 guanxi up 启动。",
    "Restored {name} into {home}: {rows} rows of {tables} tables and {files} files, every count and checksum the "
    "same ({seconds} s). Start it with guanxi up.",
)
_RESTORED_TO = Text(
    "已把数据库恢复到 {moment} 的状态，放在 {home}（基础副本生成于 {made_at}）。"
    "请把原来的 files、seal、erasures 目录和 secret_key、master_key 复制进去，再用 guanxi up 启动。",
    "Restored the database as it was at {moment} into {home} (physical copy of {made_at}). Copy the former folders "
    "files, seal and erasures, secret_key and master_key into it, then start it with guanxi up.",
)
_NO_KEYS = Text(
    "备份里没有系统密钥：启动前请把原来的 master_key 和 secret_key 放进 {home}。没有 master_key，附件和加密字段打不开，"
    "系统也不会启动；没有 secret_key 也能启动，但大家需要重新登录，两步验证和外部登录要重新设置。",
    "The installation's keys are in no backup: before starting, put the former master_key and secret_key into {home}. "
    "Without master_key neither files nor encrypted fields can be opened, and it does not start; without secret_key it "
    "does, but everybody signs in again, and second factors have to be set up anew.",
)
_KEYS_BROKEN = Text(
    "密钥文件 {file} 不能用：{reason}。", "The file of keys {file} cannot be used: {reason_en}."
)
