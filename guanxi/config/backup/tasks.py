"""The job that looks whether the daily backup is due (schedule.py)."""

from datetime import datetime

from procrastinate.contrib.django import app

from guanxi.config.backup import schedule
from guanxi.config.env import get_env


@app.periodic(cron="*/10 * * * *")
@app.task(name="backup.daily", queue="maintenance", lock="backup.daily", queueing_lock="backup.daily")
def daily(timestamp: int) -> None:
    """Make the daily backup when it is due."""
    schedule.back_up_if_due(get_env(), datetime.now().astimezone())
