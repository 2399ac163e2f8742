"""`guanxi export OBJECT`: what a view or a filter shows, as a file, without a browser."""

from pathlib import Path
from typing import Any

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.engine.identity import facade as identity
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.recording import record
from guanxi.engine.transfer import facade
from guanxi.engine.transfer.places import find_operator
from guanxi.engine.views import facade as views
from guanxi.kit.jsons import loads
from guanxi.kit.text import Text

BAD_FILTER = Text("--filter 应是 JSON。", "--filter must be JSON.")
NO_VIEW = Text("没有名为「{view}」的视图。", "There is no view called “{view}”.")
DONE = Text("已导出 {count} 行到 {path}。", "{count} rows exported to {path}.")


@click.command(
    name="export", help=in_console_language("把记录导出为 CSV 或 Excel。", "Export records as CSV or Excel.")
)
@click.argument("object_key", metavar="OBJECT")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path),
              help=in_console_language("写到哪个文件（默认 OBJECT.格式）。", "The file to write (OBJECT.format unless given)."))  # fmt: skip
@click.option("--view", help=in_console_language("视图的名称或 id。", "A view, by name or id."))
@click.option("--filter", "tree", help=in_console_language("筛选条件（JSON）。", "A filter tree (JSON)."))
@click.option("--fields", help=in_console_language("字段，用逗号分隔。", "Fields, separated by commas."))
@click.option("--sort", help=in_console_language("排序，如 name,-amount。", "Sort keys, as name,-amount."))
@click.option("--format", "format_", type=click.Choice(["csv", "xlsx", "parquet"]), default=None,
              help=in_console_language("格式（默认看文件名，否则 csv）。", "The format (from the file's name, else csv)."))  # fmt: skip
@click.option(
    "--workspace", "slug", help=in_console_language("哪个工作区（短名）。", "Which workspace (slug).")
)
@click.option(
    "--user", "email", help=in_console_language("以谁的身份（邮箱）。", "As whom (e-mail address).")
)
def command(
    object_key: str,
    output: Path | None,
    view: str | None,
    tree: str | None,
    fields: str | None,
    sort: str | None,
    format_: str | None,
    slug: str | None,
    email: str | None,
) -> None:
    """Write the file in this process."""
    workspace_id, user_id = find_operator(email, slug)
    kind = format_ or ("xlsx" if output is not None and output.suffix.lower() == ".xlsx" else "csv")
    path = output or Path(f"{object_key}.{kind}")
    with session(workspace_id):
        workspace, actor = identity.load_actor(workspace_id, user_id)
        ctx = Ctx(workspace=workspace, actor=actor, locale=console_locale())
        asked = _of_view(ctx, object_key, view) if view else {}
        if tree:
            asked["filter"] = _parsed(tree)
        if fields:
            asked["fields"] = [name.strip() for name in fields.split(",") if name.strip()]
        if sort:
            asked["sort"] = sort
        count = facade.write_file(ctx, object_key, asked, kind, path)
        record(
            ctx, "export.created", object_key=object_key, count=count, format=kind, query=asked, command=True
        )
    say(DONE, count=count, path=path)


def _parsed(tree: str) -> Any:
    try:
        return loads(tree)
    except ValueError:
        raise Stop(BAD_FILTER, exit_code=2) from None


def _of_view(ctx: Ctx, object_key: str, wanted: str) -> dict[str, Any]:
    """The query of a view, found by its id or by its name in either language."""
    for row in views.list_views(ctx, object_key):
        name = Text.of(row.name)
        if wanted in (str(row.id), name.zh, name.en):
            definition = row.definition
            asked = {"filter": definition.get("filter"), "sort": definition.get("sort")}
            columns = [column["field"] for column in definition.get("columns") or ()]
            return {k: v for k, v in {**asked, "fields": columns}.items() if v}
    raise Stop(NO_VIEW, view=wanted)
