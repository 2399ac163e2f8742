"""The check of `guanxi doctor`: is there a recent backup, and did the last one succeed?

*Rules*: see ../doctor.py. Asks the database alone: the place may be slow, or out of this machine's reach.
"""

from datetime import UTC, datetime, timedelta

from guanxi.config.backup.models import BackupRun
from guanxi.config.diagnosis import Check
from guanxi.config.env import get_env
from guanxi.kit.text import Text

OLDEST = timedelta(hours=36)
_LABEL = Text("备份", "Backup")


def backup() -> Check:
    """A backup was made lately, and to another place than this."""
    env = get_env()
    runs = BackupRun.objects.order_by("-began_at")
    last, good = runs.first(), runs.filter(error={}).first()
    if last is not None and last.error:
        values: dict[str, object] = {"when": _when(last.began_at), "zh": last.error.get("zh-CN"), "en": last.error.get("en")}  # fmt: skip
        found = Text("{when} 的备份失败：{zh}", "the backup of {when} failed: {en}")
        return Check("backup", _LABEL, "fail", found, _BY_HAND, values)
    if good is None:
        return Check("backup", _LABEL, "warn", Text("还没有备份过", "none was ever made"), _SET_UP)
    values = {"when": _when(good.began_at), "place": good.place}
    found = Text("最近一次在 {when}，放在 {place}", "the last one was made {when}, in {place}")
    if not env.backup_to:
        return Check("backup", _LABEL, "warn", found, _SET_UP, values)
    if datetime.now(UTC) - good.began_at > OLDEST:
        return Check("backup", _LABEL, "fail", found, _OLD, values)
    return Check("backup", _LABEL, "ok", found, values=values)


def _when(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


CHECK = (_LABEL, backup)
_SET_UP = Text(
    "请设置 GUANXI_BACKUP_TO（最好是另一块磁盘或另一台机器），系统就会每天备份。",
    "Set GUANXI_BACKUP_TO, best to another disk or machine, and a backup is made every day.",
)
_BY_HAND = Text(
    "请按提示解决，再执行 guanxi backup 确认。", "Put that right, then run guanxi backup to be sure."
)
_OLD = Text(
    "每日备份没有进行：请确认后台任务在运行。",
    "The daily backup did not happen: see that a worker is running.",
)
