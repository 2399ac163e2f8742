"""`guanxi rollups rebuild|verify`: computes kept figures anew, or says which of them are wrong."""

from collections.abc import Callable, Iterator

import click

from guanxi.config.console import Stop, in_console_language, say
from guanxi.engine.records.rollups import building
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import WorkspaceInfo, session, system_ctx
from guanxi.kit.text import Text

NO_WORKSPACE = Text("没有名为「{slug}」的工作区。", "There is no workspace “{slug}”.")
NO_OBJECT = Text("「{object}」不存在，或者没有汇总字段。", "“{object}” does not exist or has no rollups.")
REBUILT = Text("{workspace} {object}：改正 {count} 条。", "{workspace} {object}: {count} records put right.")
DIFFERENCE = Text("{workspace} {object} {id} {field}：存 {kept}，应为 {true}",
                  "{workspace} {object} {id} {field}: kept {kept}, should be {true}")  # fmt: skip
WRONG = Text(
    "有 {count} 个汇总值不对，请运行 guanxi rollups rebuild。",
    "{count} rollups are wrong. Run guanxi rollups rebuild.",
)
RIGHT = Text("全部汇总都对。", "All rollups are right.")


def _where(function: Callable[..., None]) -> Callable[..., None]:
    """The options of both commands."""
    function = click.option(
        "--object", "object_key", help=in_console_language("只看这个对象。", "This object only.")
    )(function)
    return click.option(
        "--workspace",
        "slug",
        help=in_console_language("只看这个工作区（短名）。", "This workspace only (slug)."),
    )(function)


@click.group(
    name="rollups", help=in_console_language("汇总字段：重算和核对。", "Rollups: compute anew, verify.")
)
def command() -> None:
    """Work on kept figures."""


@command.command(
    help=in_console_language("重算汇总值，可以随时运行。", "Compute all figures anew; harmless at any time.")
)
@_where
def rebuild(slug: str | None, object_key: str | None) -> None:
    """Compute and write what differs."""
    for workspace, key in _targets(slug, object_key):
        count = building.rebuild(workspace.id, key)
        say(REBUILT, workspace=workspace.slug, object=key, count=count)


@command.command(
    help=in_console_language(
        "核对汇总值，不一致时逐个列出，退出码为 1。", "List figures that are wrong; exit code 1 if any."
    )
)
@_where
def verify(slug: str | None, object_key: str | None) -> None:
    """Compare and print what differs."""
    wrong = 0
    for workspace, key in _targets(slug, object_key):
        for found in building.verify(workspace.id, key):
            wrong += 1
            say(DIFFERENCE, workspace=workspace.slug, object=key, id=found.id, field=found.field,
                kept=found.kept, true=found.true)  # fmt: skip
    if wrong:
        raise Stop(WRONG, count=wrong)
    say(RIGHT)


def _targets(slug: str | None, object_key: str | None) -> Iterator[tuple[WorkspaceInfo, str]]:
    workspaces = [info for info in list_workspaces() if slug in (None, info.slug)]
    if not workspaces and slug is not None:
        raise Stop(NO_WORKSPACE, slug=slug)
    found = False
    for info in workspaces:
        for key in _objects(info):
            if object_key in (None, key):
                found = True
                yield info, key
    if object_key is not None and not found:
        raise Stop(NO_OBJECT, object=object_key)


def _objects(info: WorkspaceInfo) -> list[str]:
    with session(info.id):
        return building.rolled_up(system_ctx(info))
