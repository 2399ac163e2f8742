"""`guanxi keys status|rotate`: which keys encrypt, and new ones, while people work."""

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.engine.vault import rotation
from guanxi.engine.vault.masters import get_master, is_own
from guanxi.kit.text import Text

NO_WORKSPACE = Text("没有名为「{slug}」的工作区。", "There is no workspace “{slug}”.")
MASTER = Text("主密钥：{place}，指纹 {fingerprint}", "Master key: {place}, fingerprint {fingerprint}")
STATE = Text(
    "{workspace}：数据密钥第 {version} 版，{rest}", "{workspace}: data key version {version}, {rest}"
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
    "请用 --master 更换主密钥，或用 --workspace 名称、--all 更换工作区的数据密钥。",
    "Say --master for a new master key, or --workspace NAME or --all for new data keys.",
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
def rotate(master: bool, slug: str | None, every: bool) -> None:
    """Rotate what was asked for."""
    if not (master or slug or every):
        raise Stop(CHOOSE, exit_code=2)
    if master:
        count = rotation.rotate_master()
        say(REWRAPPED, fingerprint=get_master().fingerprint(), count=count)
        if not is_own():
            say(REMOVE_OLD)
    for workspace in _targets(slug) if slug or every else []:
        _rotate(workspace)


def _rotate(workspace: WorkspaceInfo) -> None:
    found = rotation.state_of(workspace.id)
    if found.is_done:
        say(BEGUN, workspace=workspace.slug, version=rotation.begin(workspace.id))
        found = rotation.state_of(workspace.id)
    else:
        say(GOING_ON, workspace=workspace.slug)
    done = dict.fromkeys(found.left, 0)
    chunks = 0

    def told(key: str, count: int) -> None:
        nonlocal chunks
        chunks += 1
        done[key] += count
        if chunks % EVERY == 1:
            what = rotation.rotated_registry.get(key).label.in_(console_locale())
            total = max(found.left[key], done[key])
            say(PROGRESS, workspace=workspace.slug, what=what, done=done[key], total=total)

    rotation.carry_on(workspace.id, told)
    say(DONE, workspace=workspace.slug)


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
