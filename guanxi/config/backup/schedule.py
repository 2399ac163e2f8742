"""The daily backup: when it is due, and who is told when it fails.

*How it works*: a worker looks every ten minutes (tasks.py). A backup is due when the last daily one began
before the latest GUANXI_BACKUP_AT, by the clock of the machine; after a failure it is tried again an hour
later. It runs as a process of its own, which alone signs in as the owner. When it fails, `guanxi doctor`
says why, and the administrators of every workspace get a notice, once until one succeeds.
"""

import logging
import subprocess
import sys
from datetime import datetime, time, timedelta

from guanxi.config.backup.models import BackupRun
from guanxi.config.env import Env
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import session, system_ctx
from guanxi.kit.text import Text

logger = logging.getLogger(__name__)

RETRY = timedelta(hours=1)
DAILY = "daily"
GROUP = "backup.failed"


def latest_time(at: str, now: datetime) -> datetime:
    """The last time that clocks showed `at` (such as 02:30), in `now`'s zone."""
    today = datetime.combine(now.date(), time.fromisoformat(at), now.tzinfo)
    return today if today <= now else today - timedelta(days=1)


def is_due(env: Env, now: datetime) -> bool:
    """Whether the daily backup should begin; `now` in the zone of the machine."""
    if not env.backup_to:
        return False
    last = BackupRun.objects.filter(reason=DAILY).order_by("-began_at").first()
    if last is None:
        return True
    if last.error:
        return now - last.began_at >= RETRY
    return bool(last.began_at < latest_time(env.backup_at, now))


def back_up_if_due(env: Env, now: datetime) -> bool:
    """Make the daily backup when it is due; gives whether one was begun."""
    if not is_due(env, now):
        return False
    outcome = subprocess.run(
        [sys.executable, "-m", "guanxi", "backup", "--reason", DAILY],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if outcome.returncode:
        logger.error("The daily backup failed: %s", outcome.stderr.strip())
        tell_administrators()
    return True


def tell_administrators() -> int:
    """A notice to every administrator of every workspace; gives how many were told."""
    run = BackupRun.objects.filter(reason=DAILY).order_by("-began_at").first()
    reason = Text(run.error.get("zh-CN", "-"), run.error.get("en", "-")) if run else Text.of("-")
    told = 0
    for workspace in list_workspaces():
        with session(workspace.id):
            people = Membership.objects.filter(workspace_id=workspace.id, role="admin", status="active")
            notices = [
                Notice(user_id, _FAILED, body=reason, group=GROUP)
                for user_id in people.values_list("user_id", flat=True)
            ]
            told += notify_each(system_ctx(workspace), "backup_failed", notices)
    return told


_FAILED = Text("每日备份失败了", "The daily backup failed")
