"""The nightly job of sign-in history."""

from procrastinate.contrib.django import app

from guanxi.engine.entry.events import forget_old_events


@app.periodic(cron="27 3 * * *")
@app.task(name="entry.forget_old_events", queueing_lock="entry.forget_old_events")
def forget(timestamp: int) -> None:
    """Every night: forget sign-ins that are too old to matter."""
    forget_old_events()
