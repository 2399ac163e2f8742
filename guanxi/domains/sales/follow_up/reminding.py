"""Reminding owners of their tasks, at the moment that the task says.

*How it works*: the moments stand in `sales_reminder`; for each minute of a pass a job is set that sends whatever is
due by then. A reminder is taken (`sent_at`) in the statement that finds it, so it is sent once, however many jobs run.
The hourly chore sends what no job did.

*Rules*: a task that is done, deleted or nobody's reminds nobody.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection
from procrastinate.contrib.django import app

from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.query.read import get_records
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.ids import new_ids
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

JOB = "sales.remind_of_tasks"
QUEUE = "default"
KIND = "task.reminder"
MAX_JOBS = 50
"""Minutes of one pass that get a job of their own; those beyond wait for the hourly chore."""
AT_ONCE = 500
KEPT = timedelta(days=30)
_TITLE = Text("提醒：{record}", "Reminder: {record}")
_DUE = Text("提醒：{record}（{due} 截止）", "Reminder: {record} (due {due})")


def note_reminders(ctx: Ctx, moments: Mapping[uuid.UUID, datetime | None]) -> None:
    """Keep the moments of these tasks (None: no reminder), and set the jobs."""
    given = [(task, at) for task, at in moments.items() if at is not None]
    with connection.cursor() as db:
        gone = [task for task, at in moments.items() if at is None]
        if gone:
            db.execute(
                "DELETE FROM sales_reminder WHERE workspace_id = %s AND task_id = ANY(%s)",
                [ctx.workspace.id, gone],
            )
        if given:
            db.execute(
                "INSERT INTO sales_reminder (id, workspace_id, task_id, at)"
                " SELECT g.id, %s, g.task, g.at FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) AS g(id, task, at)"
                " ON CONFLICT (task_id) DO UPDATE SET at = EXCLUDED.at, sent_at = NULL",
                [ctx.workspace.id, new_ids(len(given)), [task for task, _ in given], [at for _, at in given]],
            )
    minutes = sorted({at.replace(second=0, microsecond=0) + timedelta(minutes=1) if at.second or at.microsecond else at
                      for _, at in given})  # fmt: skip
    for minute in minutes[:MAX_JOBS]:
        job = app.configure_task(JOB, queue=QUEUE, schedule_at=max(minute, ctx.now))
        job.defer(workspace_id=str(ctx.workspace.id))


def remind(ctx: Ctx) -> int:
    """Send what is due; gives how many were sent."""
    own = system_ctx(ctx.workspace)
    sent = 0
    while True:
        with connection.cursor() as db:
            db.execute(
                "UPDATE sales_reminder SET sent_at = %s WHERE id IN (SELECT id FROM sales_reminder WHERE workspace_id = %s"
                " AND sent_at IS NULL AND at <= %s ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING task_id",
                [own.now, ctx.workspace.id, own.now, AT_ONCE],
            )
            tasks = [row[0] for row in db.fetchall()]
        if not tasks:
            return sent
        sent += _tell(own, tasks)


def forget_old(ctx: Ctx) -> None:
    """Remove reminders that were sent long ago."""
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM sales_reminder WHERE workspace_id = %s AND sent_at < %s",
            [ctx.workspace.id, ctx.now - KEPT],
        )


def _tell(ctx: Ctx, tasks: list[uuid.UUID]) -> int:
    notices = []
    for task in get_records(ctx, "task", tasks, fields=["subject", "status", "owner", "due_at"]):
        if task["status"] != "open" or not task["owner"]:
            continue
        due = moment(task["due_at"]) if task["due_at"] else None
        data = {"record": task["title"], "object_key": "task", "record_id": task["id"]}
        if due is not None:
            data["due"] = f"{due.astimezone(ctx.workspace.zone):%m-%d %H:%M}"
        notices.append(
            Notice(
                uuid.UUID(task["owner"]["id"]),
                _DUE if due else _TITLE,
                url=f"/o/task/{task['id']}",
                data=data,
            )
        )
    return notify_each(ctx, KIND, notices)
