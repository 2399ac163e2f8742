"""Gives the jobs of a worker that has died to another one.

*How it works*: a worker reports every few seconds. A periodic job looks for jobs that are being done
by workers that have not reported for a while, and puts them back into the queue. Of a job that may wait
in the queue only once, the next may wait there already: then the one that was cut short is over, and each
is dealt with by itself, so that no job keeps others from being recovered.

*Rules*: a job may therefore run twice; handlers are idempotent.
"""

from procrastinate import App
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
# The sixth field of the pattern is the second.
EVERY_TEN_SECONDS = "* * * * * */10"


def register(app: App) -> None:
    """Make `app`'s workers recover jobs."""

    @app.periodic(cron=EVERY_TEN_SECONDS)
    @app.task(
        name="guanxi.recover_stalled_jobs",
        lock="guanxi.recover_stalled_jobs",
        queueing_lock="guanxi.recover_stalled_jobs",
        priority=100,
    )
    async def recover_stalled_jobs(timestamp: int) -> None:
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
        for job in stalled:
            try:
                await app.job_manager.retry_job(job)
            except UniqueViolation:
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
