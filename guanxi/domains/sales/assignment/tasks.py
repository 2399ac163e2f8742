"""The job that passes leads on which nobody has taken up."""

from procrastinate.contrib.django import app

from guanxi.domains.sales.assignment import sweeping


@app.periodic(cron="* * * * *")
@app.task(
    name="assignment.sweep", queue="maintenance", lock="assignment.sweep", queueing_lock="assignment.sweep"
)
def sweep(timestamp: int) -> None:
    """Look at every workspace."""
    sweeping.sweep_all()
