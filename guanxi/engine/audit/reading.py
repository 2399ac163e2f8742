"""What people read: told hour by hour, and an alert when it is out of the ordinary.

*How it works*: counting.py adds up records shown by person, object and hour. When an hour is over, a chore
makes it entries of the audit (`read.volume`). Every minute the running hour is compared with what that person
reads in an hour they work (mean over the last 30 days): more than `alert_factor` times that and at least
`alert_least` records, or a quarter of that many at night, tells the administrators once an hour.

*Rules*: set-based; the counters are kept 60 days, the entries as long as the audit.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection

from guanxi.engine.audit.models import AuditReading
from guanxi.engine.audit.watching import settings_of
from guanxi.engine.audit.writing import insert
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.facade import notify
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, Origin, Role, Via
from guanxi.kit.text import Text

KEPT = timedelta(days=60)
USUAL_DAYS = 30
KIND = "audit.unusual_reading"
UNUSUAL = Text(
    "{name} 这一小时查看了 {records} 条记录，平时约 {usual} 条",
    "{name} was shown {records} records this hour, usually about {usual}",
)
AT_NIGHT = Text(
    "{name} 在夜间查看了 {records} 条记录", "{name} was shown {records} records in the middle of the night"
)
_TELL = """
WITH over AS (
  UPDATE audit_reading SET is_told = true
  WHERE workspace_id = %(workspace)s AND hour < %(hour)s AND NOT is_told RETURNING *
)
INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, token_id, via, object_key, count, detail)
SELECT gen_random_uuid(), workspace_id, %(now)s, 'read.volume', actor_id, token_id, 'system', object_key, records,
  jsonb_build_object('hour', hour, 'requests', requests) FROM over
"""
_UNUSUAL = """
WITH now_read AS (
  SELECT actor_id, sum(records) AS records FROM audit_reading
  WHERE workspace_id = %(workspace)s AND hour = %(hour)s GROUP BY actor_id HAVING sum(records) >= %(least)s
), usual AS (
  SELECT actor_id, avg(records) AS records FROM (
    SELECT r.actor_id, r.hour, sum(r.records) AS records FROM audit_reading r JOIN now_read USING (actor_id)
    WHERE r.workspace_id = %(workspace)s AND r.hour < %(hour)s AND r.hour >= %(since)s GROUP BY r.actor_id, r.hour
  ) hours GROUP BY actor_id
)
SELECT n.actor_id, n.records, round(coalesce(u.records, 0)) FROM now_read n LEFT JOIN usual u USING (actor_id)
WHERE (%(night)s OR n.records >= %(factor)s * coalesce(u.records, 0))
AND NOT EXISTS (
  SELECT 1 FROM audit_entry e WHERE e.workspace_id = %(workspace)s AND e.kind = 'alert.reading'
  AND e.actor_id = n.actor_id AND e.at >= %(hour)s
)
"""


def tell_hours(ctx: Ctx) -> None:
    """Make the hours that are over entries of the audit, and forget old counters (an hourly chore)."""
    now = ctx.now.astimezone(UTC)
    with connection.cursor() as db:
        db.execute(_TELL, {"workspace": ctx.workspace.id, "hour": _hour(now), "now": now})
    AuditReading.objects.filter(workspace_id=ctx.workspace.id, hour__lt=now - KEPT, is_told=True).delete()


def look(ctx: Ctx) -> int:
    """Tell administrators who reads unusually much right now; gives the number of people told of."""
    chosen = settings_of(ctx)
    now = ctx.now.astimezone(UTC)
    local = now.astimezone(ctx.workspace.zone).hour
    first, last = chosen.night_from, chosen.night_to
    night = first <= local < last if first <= last else local >= first or local < last
    with connection.cursor() as db:
        db.execute(
            _UNUSUAL,
            {"workspace": ctx.workspace.id, "hour": _hour(now), "since": now - timedelta(days=USUAL_DAYS),
             "night": night, "factor": chosen.alert_factor,
             "least": max(1, chosen.alert_least // 4 if night else chosen.alert_least)},
        )  # fmt: skip
        found = db.fetchall()
    if not found:
        return 0
    members = Membership.objects.filter(workspace_id=ctx.workspace.id)
    names = dict(members.filter(user_id__in=[row[0] for row in found]).values_list("user_id", "name"))
    administrators = list(members.filter(role=Role.ADMIN, status="active").values_list("user_id", flat=True))
    for actor_id, records, usual in found:
        values = {"name": names.get(actor_id, "?"), "records": int(records), "usual": int(usual)}
        insert(ctx.workspace.id, "alert.reading", Origin(), actor_id=actor_id, via=Via.SYSTEM, count=int(records),
               detail={"usual": int(usual), "night": night}, at=now)  # fmt: skip
        url = f"/settings/audit?actor={actor_id}&group=reading"
        notify(ctx, administrators, KIND, title=AT_NIGHT if night else UNUSUAL, url=url, data=values)
    return len(found)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


chore_registry.register(Chore("audit.tell_hours", tell_hours))
