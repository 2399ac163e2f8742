"""Jobs of a worker that has died go on, each by itself."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from guanxi.config.job_recovery import register

RECOVER = "guanxi.recover_stalled_jobs"

pytestmark = pytest.mark.django_db(transaction=True)


def _job(status: str, queueing_lock: str | None, *, stalled: bool) -> int:
    with connection.cursor() as db:
        worker = None
        if stalled:
            db.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
            )
            worker = db.fetchone()[0]
        db.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, queueing_lock, worker_id)"
            " VALUES ('audit.seal', 'default', %s, %s, %s) RETURNING id",
            [status, queueing_lock, worker],
        )
        return int(db.fetchone()[0])


def _status(job: int) -> str:
    with connection.cursor() as db:
        db.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        return str(db.fetchone()[0])


def test_a_job_whose_next_one_waits_already_is_over_and_keeps_nobody_from_going_on() -> None:
    cut_short = _job("doing", "once", stalled=True)
    waiting = _job("todo", "once", stalled=False)
    other = _job("doing", None, stalled=True)
    if RECOVER not in app.tasks:
        register(app)
    async_to_sync(app.tasks[RECOVER].func)(0)
    assert [_status(job) for job in (cut_short, waiting, other)] == ["failed", "todo", "todo"]
