"""What others ask of insight: to be computed soon, and to say nothing of what is no more."""

from guanxi.domains.insight.customers.deciding import decided, latest
from guanxi.domains.insight.customers.models import InsightRun
from guanxi.domains.insight.customers.tasks import start
from guanxi.engine.tenancy.context import Ctx


def compute_soon(ctx: Ctx) -> None:
    """Have the worker compute, unless insight is off or a run waits already."""
    if decided(ctx)[0].is_on and latest(ctx, "waiting", "running") is None:
        start(ctx, nightly=False)


def forget_runs(ctx: Ctx) -> None:
    """Tell nothing of the firm until the next run: what it was computed from is gone."""
    InsightRun.objects.filter(workspace_id=ctx.workspace.id).delete()
