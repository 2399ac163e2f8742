"""`guanxi lake refresh|rebuild|status`: the fact lake of a workspace, and the insight computed from it."""

from collections.abc import Callable, Iterator
from importlib import import_module

import click

from guanxi.config.console import Stop, in_console_language, say
from guanxi.domains.insight.customers.deciding import begin
from guanxi.domains.insight.lake.freshness import freshness_of
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import WorkspaceInfo, session, system_ctx
from guanxi.kit.text import Text

NO_WORKSPACE = Text("没有名为「{slug}」的工作区。", "There is no workspace “{slug}”.")
NO_LAKE = Text("{workspace}：还没有数据湖。", "{workspace}: there is no lake yet.")
FACT = Text(
    "{workspace} {fact}：{rows} 行，数据库 {database} 行，截至 {until}",
    "{workspace} {fact}: {rows} rows, {database} in the database, as of {until}",
)
DIFFERENT = Text("行数不一致，请运行 guanxi lake rebuild。", "Rows differ. Run guanxi lake rebuild.")


def _where(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--workspace",
        "slug",
        help=in_console_language("只看这个工作区（短名）。", "This workspace only (slug)."),
    )(function)


@click.group(name="lake", help=in_console_language("数据湖和客户洞察：更新、重建、核对。",
                                                   "The fact lake and insight: refresh, rebuild, verify."))  # fmt: skip
def command() -> None:
    """Work on lakes."""


@command.command(
    help=in_console_language("更新数据湖并重新计算洞察。", "Bring the lake up to date and compute insight.")
)
@_where
def refresh(slug: str | None) -> None:
    """What has changed since the last time."""
    _run(slug, whole=False)


@command.command(
    help=in_console_language("从头重建数据湖并重新计算洞察。", "Make the lake anew and compute insight.")
)
@_where
def rebuild(slug: str | None) -> None:
    """Everything."""
    _run(slug, whole=True)


@command.command(help=in_console_language("每种事实的行数和时间；不一致时退出码为 1。",
                                          "Rows and freshness of every fact; exit code 1 where they differ."))  # fmt: skip
@_where
def status(slug: str | None) -> None:
    """What there is."""
    equal = [_told(workspace) for workspace in _targets(slug)]
    if not all(equal):
        raise Stop(DIFFERENT)


def _run(slug: str | None, *, whole: bool) -> None:
    running = import_module("guanxi.domains.insight.customers.running")
    for workspace in _targets(slug):
        with session(workspace.id):
            row = begin(system_ctx(workspace), nightly=False)
        running.run(workspace.id, row.id, whole=whole)
        _told(workspace)


def _told(workspace: WorkspaceInfo) -> bool:
    facts = freshness_of(workspace.id)
    if not facts:
        say(NO_LAKE, workspace=workspace.slug)
    for fact in facts:
        say(FACT, workspace=workspace.slug, fact=Text.of(fact["label"]), rows=fact["rows"], database=fact["database_rows"],
            until=fact["until"])  # fmt: skip
    return all(fact["rows"] == fact["database_rows"] for fact in facts)


def _targets(slug: str | None) -> Iterator[WorkspaceInfo]:
    found = [workspace for workspace in list_workspaces() if slug in (None, workspace.slug)]
    if not found:
        raise Stop(NO_WORKSPACE, slug=slug or "")
    yield from found
