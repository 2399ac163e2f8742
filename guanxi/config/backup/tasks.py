"""The jobs that look whether the daily backup is due (schedule.py), and that seal the database's log (sealed_log.py)."""

from datetime import datetime

from procrastinate.contrib.django import app

from guanxi.config.backup import schedule
from guanxi.config.backup.keys import read_key
from guanxi.config.backup.sealed_log import seal_log
from guanxi.config.embedded_archive import archive_folder
from guanxi.config.env import get_env


@app.periodic(cron="*/10 * * * *")
@app.task(name="backup.daily", queue="maintenance", lock="backup.daily", queueing_lock="backup.daily")
def daily(timestamp: int) -> None:
    """Make the daily backup when it is due."""
    schedule.back_up_if_due(get_env(), datetime.now().astimezone())


@app.periodic(cron="* * * * *")
@app.task(name="backup.log", queue="maintenance", lock="backup.log", queueing_lock="backup.log")
def log(timestamp: int) -> None:
    """Seal what the embedded database has finished of its log, where it is archived."""
    env = get_env()
    if env.is_embedded and archive_folder(env) is not None:
        seal_log(env, read_key(env, make=True))
