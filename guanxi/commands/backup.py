"""`guanxi backup`: makes a backup, checks one, lists them."""

import click

from guanxi.config.backup import reading, snapshot
from guanxi.config.backup.doing import RUNS, Made, back_up
from guanxi.config.backup.keys import read_key
from guanxi.config.backup.manifest import Counted, Manifest
from guanxi.config.backup.places import found, place_of
from guanxi.config.backup.point_in_time import make_base
from guanxi.config.backup.reading import Difference
from guanxi.config.backup.sealed_log import seal_log
from guanxi.config.command_setting import running_database
from guanxi.config.console import Stop, complain, console_locale, in_console_language, say
from guanxi.config.database import app_login, owner_login
from guanxi.config.env import Env, get_env
from guanxi.kit.text import Text

NEEDS_DATABASE = False

key_option = click.option(
    "--key-file",
    default="",
    help=in_console_language("存放备份密钥的文件。", "The file that holds the key of backups."),
)


@click.group(
    invoke_without_command=True,
    help=in_console_language(
        "备份整个系统（数据库和上传的文件），或检查、列出备份。",
        "Back up the whole installation (database and uploaded files), or check and list backups.",
    ),
)
@click.option(
    "--to",
    default="",
    help=in_console_language("放在哪个目录。", "The folder to put it in."),
)
@click.option(
    "--keys-to",
    default="",
    help=in_console_language(
        "系统密钥的加密副本放在哪个目录。",
        "The folder for a sealed copy of the installation's keys.",
    ),
)
@click.option("--reason", type=click.Choice(["manual", "daily", "upgrade"]), default="manual", hidden=True)
@key_option
@click.pass_context
def command(context: click.Context, to: str, keys_to: str, reason: str, key_file: str) -> None:
    """Make a backup."""
    if context.invoked_subcommand:
        return
    env = get_env()
    with running_database(env):
        told(env, back_up(env, reason=reason, to=to, key_file=key_file, keys_to=keys_to))


def told(env: Env, made: Made) -> None:
    """Say what was made, and what people must keep elsewhere."""
    say(
        _MADE, place=made.place.label, name=made.name, size=_mb(made.size), rows=f"{made.manifest.rows:,}",
        tables=len(made.manifest.tables), files=f"{made.manifest.files.rows:,}", seconds=f"{made.seconds:.1f}",
    )  # fmt: skip
    if made.manifest.missing_files:
        complain(_MISSING_FILES, count=made.manifest.missing_files)
    if made.keys_file:
        say(_KEYS_APART, file=made.keys_file)
    else:
        say(_KEYS_NOT, home=env.folder)
    if made.key.is_fresh:
        say(_FRESH_KEY, file=made.key.place)
    if made.removed:
        say(_REMOVED, count=len(made.removed))


@command.command("list", help=in_console_language("列出已有的备份。", "List the backups there are."))
@click.option("--to", default="", help=in_console_language("备份所在的地方。", "Where they are."))
def list_command(to: str) -> None:
    """List backups."""
    place = place_of(get_env(), to)
    copies = place.list()
    if not copies:
        say(_NONE, place=place.label)
    for copy in copies:
        when = copy.at.astimezone().strftime("%Y-%m-%d %H:%M")
        reason = _REASONS.get(copy.reason, Text.of(copy.reason)).in_(console_locale())
        click.echo(f"{when}  {_mb(copy.size):>9} MB  {reason:<9} {copy.name}")


@command.command(
    "base",
    help=in_console_language(
        "生成一份内置数据库的基础副本，配合日志归档恢复到任意时刻。",
        "Make a physical copy of the embedded database, for restoring to any moment with the archived log.",
    ),
)
def base() -> None:
    """Make a physical copy."""
    env = get_env()
    with running_database(env):
        key = read_key(env, make=True)
        say(_BASE, folder=make_base(env, key))
        seal_log(env, key)


@command.command(
    "verify",
    help=in_console_language(
        "检查一个备份：没有被改动、完整，每张表的行数和校验和都对。",
        "Check a backup: unchanged and whole, with every table's count and checksum as written.",
    ),
)
@click.argument("file")
@click.option(
    "--against",
    type=click.Choice(["live"]),
    help=in_console_language(
        "再与当前数据库逐表比较（live）。", "Compare every table with the database as it is now, too (live)."
    ),
)
@click.option(
    "--all", "show_all", is_flag=True, help=in_console_language("列出每张表。", "List every table.")
)
@key_option
def verify(file: str, against: str | None, show_all: bool, key_file: str) -> None:
    """Check a backup; exit code 1 when something differs."""
    env = get_env()
    place, name = found(env, file)
    with place.open(name) as stream:
        contents = reading.read(stream, read_key(env, key_file), name)
    head, manifest = contents.head, contents.manifest
    if contents.differences:
        tell_differences(contents.differences)
        raise Stop(_DIFFERS, name=name, count=len(contents.differences))
    if show_all:
        tell_tables(manifest)
    say(_WHOLE, name=name, at=head.at.astimezone().strftime("%Y-%m-%d %H:%M"), version=head.product,
        tables=len(manifest.tables), rows=f"{manifest.rows:,}", files=f"{manifest.files.rows:,}")  # fmt: skip
    if against:
        _compare_with_live(env, contents)


def _compare_with_live(env: Env, contents: reading.Contents) -> None:
    role = str(app_login(env).get("user", ""))
    with running_database(env), snapshot.taken(owner_login(env), role) as seen:
        live = reading.sum_up(seen.connection, contents.head)
        files = reading.sum_up_files(env.folder)
    # That a backup was made is noted after it: the one table that cannot be the same.
    differences = [each for each in reading.compare(contents.manifest, live) if each.name != RUNS]
    if files != contents.manifest.files:
        differences.append(Difference("files", contents.manifest.files, files))
    tell_differences(differences)
    if differences:
        raise Stop(_CHANGED_SINCE, count=len(differences))
    say(_SAME)


def tell_tables(manifest: Manifest, found: dict[str, Counted] | None = None) -> None:
    """Every table that has rows, with its count and checksum; with `found`, whether it is the same."""
    for name, counted in sorted(manifest.tables.items()):
        if not counted.rows:
            continue
        mark = "" if found is None else " =" if found.get(name) == counted else " ≠"
        click.echo(f"{name:<40}{counted.rows:>12,}  {counted.checksum}{mark}")
    click.echo(f"{'files':<40}{manifest.files.rows:>12,}  {manifest.files.checksum}")


def tell_differences(differences: list[Difference]) -> None:
    """Every difference, as expected and as found."""
    for each in differences:
        expected, there = _counted(each.expected), _counted(each.found)
        complain(_DIFFERENCE, table=each.name, expected=expected, found=there)


def _counted(counted: Counted | None) -> str:
    return "-" if counted is None else f"{counted.rows:,} ({counted.checksum[:12]})"


def _mb(size: int) -> str:
    return f"{size / 1024**2:,.1f}"


_MADE = Text(
    "备份完成：{place}/{name}（{size} MB；{tables} 张表共 {rows} 行，{files} 个文件；{seconds} 秒）",
    "Backed up: {place}/{name} ({size} MB; {rows} rows of {tables} tables, {files} files; {seconds} s)",
)
_MISSING_FILES = Text(
    "注意：数据库里登记的 {count} 个文件在磁盘上找不到。",
    "Note: {count} files that the database names are not on the disk.",
)
_KEYS_APART = Text("系统密钥另存为：{file}", "The installation's keys, apart from the data: {file}")
_KEYS_NOT = Text(
    "系统密钥（{home}/secret_key 等）不在备份里：请另外保存，或用 --keys-to 指定存放它们的目录。",
    "The installation's keys ({home}/secret_key and the like) are not in it: keep a copy of them elsewhere, or "
    "name a folder for them with --keys-to.",
)
_FRESH_KEY = Text(
    "新生成了备份密钥 {file}。请把它另存到别处：没有它，任何备份都无法恢复。",
    "A key for backups was made: {file}. Keep a copy of it elsewhere: without it no backup can be restored.",
)
_REMOVED = Text("按保留规则删除了 {count} 个旧备份。", "Removed {count} old backups that need not be kept.")
_BASE = Text("基础副本已生成：{folder}", "Physical copy made: {folder}")
_NONE = Text("{place} 里没有备份。", "There are no backups in {place}.")
_REASONS = {
    "daily": Text("每日", "daily"),
    "manual": Text("手动", "by hand"),
    "upgrade": Text("升级前", "upgrade"),
}
_WHOLE = Text(
    "{name} 完整无误：{at} 由 Guanxi {version} 生成；{tables} 张表共 {rows} 行，{files} 个文件，"
    "行数和校验和全部一致。",
    "{name} is whole: made {at} by Guanxi {version}; {rows} rows of {tables} tables and {files} files, every "
    "count and checksum as written.",
)
_DIFFERS = Text(
    "备份 {name} 有 {count} 处与清单不符。", "{count} parts of {name} are not what its manifest says."
)
_DIFFERENCE = Text("{table}：应为 {expected}，实为 {found}", "{table}: expected {expected}, found {found}")
_CHANGED_SINCE = Text(
    "与当前数据库相比，有 {count} 张表不同（备份之后有过改动）。",
    "{count} tables differ from the database as it is now (it has changed since).",
)
_SAME = Text("与当前数据库逐表一致。", "Every table is the same as in the database now.")
