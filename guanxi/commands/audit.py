"""`guanxi audit verify|seal|accept`: proves that nobody has changed what happened."""

import time
import uuid
from collections.abc import Callable

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.engine.audit import heads, sealing, verifying
from guanxi.engine.audit.models import AuditBlock
from guanxi.engine.audit.streams import STREAMS
from guanxi.engine.audit.words import HOW, STREAM
from guanxi.engine.audit.writing import INSTALLATION, insert
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Origin, Via, session
from guanxi.kit.text import Text

NO_WORKSPACE = Text("没有名为「{slug}」的工作区。", "There is no workspace “{slug}”.")
WHOLE = Text("（整个系统）", "(installation)")
FITS = Text(
    "✓ {workspace} {stream}：{entries} 条、{blocks} 块，全部相符。",
    "✓ {workspace} {stream}: {entries} entries in {blocks} blocks, all as sealed.",
)
BROKEN = Text("✗ {workspace} {stream}：{how}", "✗ {workspace} {stream}: {how}")
WRONG = Text("封存被破坏：{count} 处。", "The seal is broken in {count} places.")
SPEED = Text("共 {entries} 条，用时 {seconds} 秒。", "{entries} entries in {seconds} s.")
SEALED = Text("{workspace}：新封存 {count} 条。", "{workspace}: {count} entries sealed.")
ACCEPTED = Text(
    "{workspace}：从现有的最后一块继续，封存文件已记下。",
    "{workspace}: the chain goes on from its last block, and the file says so.",
)


def _where(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--workspace",
        "slug",
        help=in_console_language("只看这个工作区（短名）。", "This workspace only (slug)."),
    )(function)


@click.group(
    name="audit", help=in_console_language("审计日志：封存与核对。", "The audit: sealing and verifying.")
)
def command() -> None:
    """Work on the seal."""


@command.command(
    help=in_console_language(
        "逐条核对，说出第一条被改动的记录；有问题时退出码为 1。",
        "Recompute everything and name the first broken row; exit code 1 if any.",
    )
)
@_where
def verify(slug: str | None) -> None:
    """Verify and print."""
    began, entries, wrong = time.perf_counter(), 0, 0
    for workspace_id, name in _targets(slug):
        for found in verifying.verify(workspace_id):
            entries += found.entries
            stream = STREAM[found.stream].in_(console_locale())
            if found.broken is None:
                say(FITS, workspace=name, stream=stream, entries=found.entries, blocks=found.blocks)
                continue
            wrong += 1
            how = HOW[found.broken.how].in_(
                console_locale(), row=found.broken.row_id or "", block=found.broken.seq
            )
            say(BROKEN, workspace=name, stream=stream, how=how)
    say(SPEED, entries=f"{entries:,}", seconds=f"{time.perf_counter() - began:.1f}")
    if wrong:
        raise Stop(WRONG, count=wrong)


@command.command(help=in_console_language("现在就封存，不等下一分钟。", "Seal now instead of in a minute."))
@_where
def seal(slug: str | None) -> None:
    """Seal what is complete."""
    for workspace_id, name in _targets(slug):
        say(SEALED, workspace=name, count=sealing.seal(workspace_id))


@command.command(
    help=in_console_language(
        "恢复了较早的备份之后：承认现在的状态，封存从这里继续。这件事会写进审计日志和封存文件。",
        "After restoring an older backup: take the present state as it is and go on from there. The audit and the "
        "file of heads say so.",
    )
)
@_where
def accept(slug: str | None) -> None:
    """Take over an older state."""
    for workspace_id, name in _targets(slug):
        with session(workspace_id):
            last = [
                heads.Head(stream.key, row[0], bytes(row[1]).hex())
                if (row := AuditBlock.objects.filter(workspace_id=workspace_id, stream=stream.key)
                    .order_by("-seq").values_list("seq", "hash").first())
                else heads.Head(stream.key, 0, "")
                for stream in STREAMS
            ]  # fmt: skip
            insert(workspace_id, "audit.accepted", Origin(), via=Via.SYSTEM,
                   detail={head.stream: head.seq for head in last})  # fmt: skip
        heads.append(workspace_id, last, accepted=True)
        say(ACCEPTED, workspace=name)


def _targets(slug: str | None) -> list[tuple[uuid.UUID, str]]:
    found = [(info.id, info.slug) for info in list_workspaces() if slug in (None, info.slug)]
    if not found and slug is not None:
        raise Stop(NO_WORKSPACE, slug=slug)
    if slug is None:
        found.insert(0, (INSTALLATION, WHOLE.in_(console_locale())))
    return found
