"""The job that tells people how far they are."""

from procrastinate.contrib.django import app

from guanxi.domains.sales.targets import alerts


@app.periodic(cron="* * * * *")
@app.task(name="targets.tell", queue="maintenance", lock="targets.tell", queueing_lock="targets.tell")
def tell(timestamp: int) -> None:
    """Look at every workspace."""
    alerts.sweep_all()
