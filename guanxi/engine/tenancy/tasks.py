"""The hourly job that tidies up (chores.py)."""

from procrastinate.contrib.django import app

from guanxi.engine.tenancy import chores


@app.periodic(cron="23 * * * *")
@app.task(
    name="tenancy.do_chores", queue="maintenance", lock="tenancy.do_chores", queueing_lock="tenancy.do_chores"
)
def do_chores(timestamp: int) -> None:
    """Run every chore in every workspace."""
    chores.do_chores()
