"""`guanxi import OBJECT FILE`: a spreadsheet into records, without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.engine.identity import facade as identity
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.transfer import facade
from guanxi.engine.transfer.places import find_operator
from guanxi.kit.text import Text

BAD_MAP = Text('--map 应写成 "列名=字段"：{given}', '--map is written "COLUMN=field": {given}')
NO_COLUMN = Text("文件里没有「{column}」这一列。", "The file has no column “{column}”.")
FAILED = Text("导入没有完成：{error}", "The import did not finish: {error}")
WOULD = Text(
    "试运行：新建 {create}，更新 {update}，不变 {unchanged}，拒绝 {refuse}。没有写入任何数据。",
    "Dry run: {create} to create, {update} to update, {unchanged} unchanged, {refuse} refused. Nothing was written.",
)
DONE = Text(
    "完成：新建 {created}，更新 {updated}，不变 {unchanged}，拒绝 {refused}。",
    "Done: {created} created, {updated} updated, {unchanged} unchanged, {refused} refused.",
)
REASON = Text("  {count} 行 {field}：{message}", "  {count} rows, {field}: {message}")
WILL = Text("  将新建{what}：{names}", "  would create {what}: {names}")
BLOCKED = Text(
    "  不存在{what}：{names}（加上 {switch} 可新建）",
    "  unknown {what}: {names} (add {switch} to create them)",
)
MAPPED = Text("  {header} → {field}", "  {header} → {field}")
UNDO = Text("撤销或修正：导入记录 {id}", "To undo or correct: import {id}")
WHAT = {
    "fields": (Text("字段", "fields"), "--create-fields"),
    "options": (Text("选项", "options"), "--create-options"),
    "links": (Text("关联记录", "linked records"), "--create-links"),
    "members": (Text("成员", "members"), "--create-members"),
}


def _switch(name: str, zh: str, en: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--create-{name}", is_flag=True, help=in_console_language(zh, en))


@click.command(
    name="import",
    help=in_console_language(
        "把表格（CSV、Excel）导入对象，例如 customer、opportunity、member。",
        "Import a spreadsheet (CSV, Excel) into an object: customer, opportunity, member …",
    ),
)
@click.argument("object_key", metavar="OBJECT")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "pairs", multiple=True, metavar="COLUMN=field",
              help=in_console_language("列对应哪个字段；字段留空则忽略该列。", "The field a column leads to; none after = leaves it out."))  # fmt: skip
@click.option(
    "--key",
    multiple=True,
    help=in_console_language("按哪个字段对照已有记录。", "The field by which existing records are found."),
)
@click.option("--mode", type=click.Choice(["create", "update", "upsert"]), default=None,
              help=in_console_language("新建、更新或两者（有 --key 时默认两者）。", "What to do with rows (upsert when there is a --key)."))  # fmt: skip
@click.option(
    "--title",
    help=in_console_language(
        "标题模板，如 '{product} {account}'。", "A title template, as '{product} {account}'."
    ),
)
@_switch("fields", "未知的列新建为字段。", "Make fields of unknown columns.")
@_switch("options", "未知的值新建为选项或阶段。", "Make options or stages of unknown values.")
@_switch("links", "新建不存在的关联记录。", "Create linked records that do not exist.")
@_switch("members", "未知的负责人新建为受邀成员。", "Invite owners nobody knows.")
@click.option(
    "--allow-duplicates",
    is_flag=True,
    help=in_console_language("与已有记录重复的也导入。", "Import duplicates, too."),
)
@click.option("--sheet", help=in_console_language("哪个工作表。", "Which sheet of a workbook."))
@click.option(
    "--encoding",
    help=in_console_language("文件编码（默认自动识别）。", "The file's encoding (found by itself)."),
)
@click.option(
    "--separator",
    help=in_console_language(
        "CSV 的分隔符，一个字符（默认自动识别）。", "What separates cells, one character (found by itself)."
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=in_console_language("只试运行，不写入。", "Try everything, write nothing."),
)
@click.option(
    "--workspace", "slug", help=in_console_language("哪个工作区（短名）。", "Which workspace (slug).")
)
@click.option(
    "--user", "email", help=in_console_language("以谁的身份（邮箱）。", "As whom (e-mail address).")
)
def command(
    object_key: str, file: Path, dry_run: bool, slug: str | None, email: str | None, **given: Any
) -> None:
    """Upload, map, and run (or preview) in this process."""
    workspace_id, user_id = find_operator(email, slug)
    with session(workspace_id):
        workspace, actor = identity.load_actor(workspace_id, user_id)
        ctx = Ctx(workspace=workspace, actor=actor, via=Via.IMPORT, locale=console_locale())
        job = _draft(ctx, object_key, file, given)
        if dry_run:
            _print_preview(facade.preview_import(ctx, job.id))
            job.delete()
            return
        job = facade.queue_import(ctx, job.id, here=True)
    job = facade.run_here(ctx, job)
    with session(workspace_id):
        shown = facade.job_json(ctx, job)
        reasons = facade.list_reasons(ctx, job)
    if job.status != "done":
        raise Stop(FAILED, error=shown["error"] or job.status)
    say(DONE, **shown["counts"])
    _print_reasons(reasons)
    say(UNDO, id=job.id)


def _draft(ctx: Ctx, object_key: str, file: Path, given: dict[str, Any]) -> Any:
    with file.open("rb") as stream:
        blocks = iter(lambda: stream.read(1 << 20), b"")
        job = facade.create_import(ctx, object_key, filename=file.name, type_="", chunks=blocks)
    reading = {name: given[name] for name in ("sheet", "encoding", "separator") if given[name]}
    if reading:
        job = facade.change_import(ctx, job.id, reading)
    key = list(given["key"])
    options = {name: given[name] for name in given if name.startswith("create_")} | {
        "mode": given["mode"] or ("upsert" if key else "create"),
        "key": key or None,
        "title": given["title"],
        "duplicates": "allow" if given["allow_duplicates"] else "refuse",
    }
    mapping = dict(job.mapping)
    columns = {header.casefold(): str(index) for index, header in enumerate(facade.headers_of(job))}
    for pair in given["pairs"]:
        column, sign, field = pair.partition("=")
        if not sign:
            raise Stop(BAD_MAP, exit_code=2, given=pair)
        index = columns.get(column.strip().casefold())
        if index is None:
            raise Stop(NO_COLUMN, exit_code=2, column=column.strip())
        mapping = {k: v for k, v in mapping.items() if v != field.strip()} | {index: _target(field.strip())}
    return facade.change_import(ctx, job.id, {"options": options, "mapping": mapping})


def _target(field: str) -> Any:
    """`field`, or `field:link_by` for links found by something else than their title."""
    name, _, by = field.partition(":")
    if by:
        return {"field": name, "link_by": by}
    return name or None


def _print_preview(job: Any) -> None:
    preview = job.preview
    for column in job.columns:
        target = job.mapping.get(str(column["index"]))
        field = target["field"] if isinstance(target, dict) else target
        say(MAPPED, header=column["header"], field=field or "-")
    say(WOULD, **{name: preview[name] for name in ("create", "update", "unchanged", "refuse")})
    _print_reasons(preview["reasons"])
    for part, text in (("will_create", WILL), ("blocked", BLOCKED)):
        for name, entries in preview[part].items():
            if entries:
                what, switch = WHAT[name]
                names = ", ".join(str(entry.get("value") or entry.get("header")) for entry in entries[:10])
                say(text, what=what.in_(console_locale()), names=names, switch=switch)


def _print_reasons(reasons: list[dict[str, Any]]) -> None:
    for reason in reasons[:20]:
        say(REASON, count=reason["count"], field=reason["field"] or "-", message=reason["message"])
