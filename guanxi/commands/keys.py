"""`guanxi keys status|rotate`: which keys encrypt, and new ones, while people work."""

from collections.abc import Callable, Mapping

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.engine.designer import index_keys
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.engine.vault import rotation
from guanxi.engine.vault.masters import get_master, is_own
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

NO_WORKSPACE = Text("没有名为「{slug}」的工作区。", "There is no workspace “{slug}”.")
MASTER = Text("主密钥：{place}，指纹 {fingerprint}", "Master key: {place}, fingerprint {fingerprint}")
STATE = Text(
    "{workspace}：数据密钥第 {version} 版，{rest}", "{workspace}: data key version {version}, {rest}"
)
INDEX_STATE = Text(
    "{workspace}：检索密钥第 {version} 版，{rest}", "{workspace}: index key version {version}, {rest}"
)
INDEX_DONE = Text("全部检索都用它", "which all is found by")
INDEX_COMING = Text("正在换成第 {other} 版，还剩：{left}", "changing to version {other}; left: {left}")
INDEX_GOING = Text("第 {other} 版正在退出，还剩：{left}", "version {other} is going; left: {left}")
INDEX_BEGUN = Text(
    "{workspace}：检索密钥第 {version} 版已加入，等先前开始的操作结束。",
    "{workspace}: index key version {version} is there; waiting for what began before it.",
)
ALL_DONE = Text("全部内容都用它加密", "which everything is under")
LEFT = Text("还用旧密钥的：{left}", "still under former ones: {left}")
BEGUN = Text(
    "{workspace}：启用数据密钥第 {version} 版。", "{workspace}: data key version {version} is in force."
)
GOING_ON = Text("{workspace}：接着上次没做完的继续。", "{workspace}: going on where it was broken off.")
PROGRESS = Text("{workspace} {what}：{done} / {total}", "{workspace} {what}: {done} of {total}")
DONE = Text("{workspace}：完成。", "{workspace}: done.")
REWRAPPED = Text(
    "主密钥已更换（指纹 {fingerprint}），重新封装了 {count} 把数据密钥。请为新的主密钥另存一份备份。",
    "The master key is changed (fingerprint {fingerprint}); {count} data keys are wrapped anew. Keep a copy of the new "
    "master key elsewhere.",
)
REMOVE_OLD = Text(
    "旧的主密钥现在可以从设置里去掉了。", "The former master key can be taken out of the settings now."
)
CHOOSE = Text(
    "请用 --master 更换主密钥，或用 --workspace 名称、--all 更换工作区的数据密钥；再加 --index 则更换检索密钥。",
    "Say --master for a new master key, or --workspace NAME or --all for new data keys; with --index for new index keys.",
)
EVERY = 20


@click.group(
    name="keys", help=in_console_language("加密密钥：状态与更换。", "Keys of encryption: state and change.")
)
def command() -> None:
    """Work on keys."""


@command.command(
    help=in_console_language("显示各工作区的密钥版本和进度。", "Show versions, and how far changes are.")
)
@click.option(
    "--workspace", "slug", help=in_console_language("只看这个工作区（短名）。", "This workspace only (slug).")
)
def status(slug: str | None) -> None:
    """Print the state of every workspace."""
    master = get_master()
    say(MASTER, place=master.place, fingerprint=master.fingerprint())
    for workspace in _targets(slug):
        found = rotation.state_of(workspace.id)
        say(STATE, workspace=workspace.slug, version=found.version, rest=_rest(found))
        index = index_keys.state_of(workspace.id)
        say(INDEX_STATE, workspace=workspace.slug, version=index.version, rest=_rest_of_index(index))


@command.command(
    help=in_console_language(
        "更换密钥，不用停机；中断后再执行一次即可继续。",
        "Change keys without stopping; run again after a break.",
    )
)
@click.option("--master", is_flag=True, help=in_console_language("更换主密钥。", "The master key."))
@click.option(
    "--workspace", "slug", help=in_console_language("这个工作区的数据密钥。", "The data key of a workspace.")
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help=in_console_language("所有工作区的数据密钥。", "The data keys of all."),
)
@click.option(
    "--index",
    is_flag=True,
    help=in_console_language(
        "更换检索密钥（加密字段按它比对），而不是数据密钥。",
        "The index key, by which encrypted fields are found, instead of the data key.",
    ),
)
def rotate(master: bool, slug: str | None, every: bool, index: bool = False) -> None:
    """Rotate what was asked for."""
    if not (master or slug or every):
        raise Stop(CHOOSE, exit_code=2)
    if master:
        count = rotation.rotate_master()
        say(REWRAPPED, fingerprint=get_master().fingerprint(), count=count)
        if not is_own():
            say(REMOVE_OLD)
    for workspace in _targets(slug) if slug or every else []:
        (_rotate_index if index else _rotate)(workspace)


def _rotate(workspace: WorkspaceInfo) -> None:
    found = rotation.state_of(workspace.id)
    if found.is_done:
        say(BEGUN, workspace=workspace.slug, version=rotation.begin(workspace.id))
        found = rotation.state_of(workspace.id)
    else:
        say(GOING_ON, workspace=workspace.slug)
    labels = {key: rotation.rotated_registry.get(key).label for key in found.left}
    rotation.carry_on(workspace.id, _teller(workspace, found.left, labels))
    say(DONE, workspace=workspace.slug)


def _rotate_index(workspace: WorkspaceInfo) -> None:
    found = index_keys.state_of(workspace.id)
    if found.is_done:
        try:
            version = index_keys.begin(workspace.id)
        except Problem as problem:
            raise Stop(Text(problem.message("zh-CN"), problem.message("en"))) from problem
        say(INDEX_BEGUN, workspace=workspace.slug, version=version)
        found = index_keys.state_of(workspace.id)
    else:
        say(GOING_ON, workspace=workspace.slug)
    index_keys.carry_on(workspace.id, _teller(workspace, found.left, index_keys.LABELS))
    say(DONE, workspace=workspace.slug)


def _teller(
    workspace: WorkspaceInfo, left: Mapping[str, int], labels: Mapping[str, Text]
) -> Callable[[str, int], None]:
    """What prints how far it is, now and then."""
    done = dict.fromkeys(left, 0)
    chunks = 0

    def told(key: str, count: int) -> None:
        nonlocal chunks
        chunks += 1
        done[key] += count
        if chunks % EVERY == 1:
            what = labels[key].in_(console_locale())
            total = max(left[key], done[key])
            say(PROGRESS, workspace=workspace.slug, what=what, done=done[key], total=total)

    return told


def _rest_of_index(found: index_keys.IndexState) -> str:
    locale = console_locale()
    if found.other is None:
        return INDEX_DONE.in_(locale)
    left = (
        Text("，", ", ")
        .in_(locale)
        .join(f"{index_keys.LABELS[key].in_(locale)} {count}" for key, count in found.left.items() if count)
    )
    text = INDEX_COMING if found.other > found.version else INDEX_GOING
    return text.in_(locale, other=found.other, left=left or "0")


def _rest(found: rotation.KeyState) -> str:
    locale = console_locale()
    if found.is_done:
        return ALL_DONE.in_(locale)
    left = "，".join(
        f"{rotation.rotated_registry.get(key).label.in_(locale)} {count}"
        for key, count in found.left.items()
        if count
    )
    return LEFT.in_(locale, left=left)


def _targets(slug: str | None) -> list[WorkspaceInfo]:
    found = [workspace for workspace in list_workspaces() if slug in (None, workspace.slug)]
    if slug and not found:
        raise Stop(NO_WORKSPACE, slug=slug)
    return found
