"""The backup before an upgrade: the way back when the upgrade turns out wrong.

*How it works*: when steps are pending on a database that is in use, a backup is made first
(GUANXI_BACKUP_BEFORE_UPGRADE switches that off); when it fails, nothing is upgraded. Going back: install
the former version and `guanxi restore` that copy into an empty home.
"""

from guanxi.config.backup.doing import back_up
from guanxi.config.console import Stop, say
from guanxi.config.env import Env
from guanxi.config.upgrade import is_in_use_and_behind
from guanxi.kit.text import Text


def back_up_before_upgrade(env: Env) -> bool:
    """Back up if an upgrade is about to happen; gives whether it was. Raises Stop when that fails."""
    if not env.backup_before_upgrade or not is_in_use_and_behind(env):
        return False
    say(_FIRST)
    try:
        made = back_up(env, reason="upgrade")
    except Stop as stop:
        zh, en = (stop.text.in_(locale, **stop.values) for locale in ("zh-CN", "en"))
        raise Stop(_FAILED, reason=zh, reason_en=en) from stop
    say(_DONE, place=made.place.label, name=made.name, seconds=f"{made.seconds:.1f}")
    return True


_FIRST = Text("升级之前先备份……", "Backing up before the upgrade …")
_DONE = Text(
    "已备份：{place}/{name}（{seconds} 秒）。升级不满意时，可装回原来的版本，把它恢复到空目录。",
    "Backed up: {place}/{name} ({seconds} s). Should the upgrade turn out wrong, install the former version and "
    "restore this into an empty home.",
)
_FAILED = Text(
    "升级前的备份没有成功，所以没有升级：{reason}"
    "（确实不需要备份时，可设置 GUANXI_BACKUP_BEFORE_UPGRADE=off。）",
    "The backup before the upgrade failed, and nothing was upgraded: {reason_en} "
    "(To do without it, set GUANXI_BACKUP_BEFORE_UPGRADE=off.)",
)
