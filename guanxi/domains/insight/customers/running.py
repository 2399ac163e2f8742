"""One run of insight: the lake is brought up to date, everybody's figures are computed, and stored.

*How it works*: three transactions (the lake, the computing, the figures), so that nothing is held while numbers are
worked with; the run's row says how far it is. A run that fails leaves what the one before has told.

*Rules*: by the worker alone: it loads the libraries for numbers, which no page needs.
"""

import logging
import uuid
from typing import Any

import numpy as np

from guanxi.domains.insight.customers.computing import as_places, compute
from guanxi.domains.insight.customers.costs import costs_of
from guanxi.domains.insight.customers.deciding import decided
from guanxi.domains.insight.customers.figures import figures
from guanxi.domains.insight.customers.histories import YEAR, day_number, read
from guanxi.domains.insight.customers.models import CustomerInsight, InsightRun
from guanxi.domains.insight.customers.offering import offers_of
from guanxi.domains.insight.customers.rules import TIER_KEYS
from guanxi.domains.insight.customers.writing import write
from guanxi.domains.insight.forecasts.computing import forecasts
from guanxi.domains.insight.forecasts.reading import read as read_business
from guanxi.domains.insight.forecasts.tracking import tracked
from guanxi.domains.insight.lake.reading import open_lake
from guanxi.domains.insight.lake.refreshing import refresh
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx

logger = logging.getLogger(__name__)
KEPT_RUNS = 400


def run(workspace_id: uuid.UUID, run_id: uuid.UUID, *, whole: bool = False) -> None:
    """Carry out a run that was begun; a failure is written on it and raised."""
    try:
        with session(workspace_id):
            ctx = load_system_ctx(workspace_id)
            _said(ctx, run_id, state="running", progress=5)
        with session(workspace_id):
            fresh = refresh(ctx, whole=whole)
            _said(ctx, run_id, progress=50, freshness=[each.as_json() for each in fresh])
        with session(workspace_id):
            _compute(ctx, run_id)
    except Exception:
        with session(workspace_id):
            InsightRun.objects.filter(workspace_id=workspace_id, id=run_id).update(state="failed")
        raise


def _compute(ctx: Ctx, run_id: uuid.UUID) -> None:
    today = ctx.today.date()
    rules, _ = decided(ctx)
    with open_lake(ctx.workspace.id, ctx.workspace.currency) as lake:
        histories = read(lake, today)
        offers = offers_of(lake, today)
        business = read_business(ctx, lake, today)
    ids = histories.ids.to_pylist()
    after = today.fromordinal(today.toordinal() - YEAR)
    costs = as_places(costs_of(ctx, after, today), ids)
    before = _tiers_before(ctx, ids)
    found = compute(histories, costs, before, day_number(today), rules)
    write(ctx, histories.ids, found, offers, today)
    missing = [
        {"zh-CN": text.in_("zh-CN", **values), "en": text.in_("en", **values)}
        for text, values in found.missing + offers.missing
    ]
    _said(
        ctx, run_id, state="done", progress=100, rules=rules.as_json(), models_used=found.models | ({"offers": offers.model} if offers.model else {}), missing=missing,
        figures=figures(histories, found, today, rules) | {"forecast": forecasts(business, today, tracked(ctx))}, finished_at=ctx.now,
    )  # fmt: skip
    old = (
        InsightRun.objects.filter(workspace_id=ctx.workspace.id)
        .order_by("-started_at")
        .values("id")[KEPT_RUNS:]
    )
    InsightRun.objects.filter(
        workspace_id=ctx.workspace.id, id__in=list(old.values_list("id", flat=True))
    ).delete()


def _tiers_before(ctx: Ctx, ids: list[str]) -> Any:
    """The tiers until now as codes, in the order of the ids."""
    rows = CustomerInsight.objects.filter(workspace_id=ctx.workspace.id, tier__isnull=False)
    known = dict(rows.values_list("id", "tier"))
    code = {key: n for n, key in enumerate(TIER_KEYS)}
    by_text = {str(one): code.get(tier or "", 0) for one, tier in known.items()}
    return np.array([by_text.get(one, 0) for one in ids], dtype=np.int8)


def _said(ctx: Ctx, run_id: uuid.UUID, **values: Any) -> None:
    InsightRun.objects.filter(workspace_id=ctx.workspace.id, id=run_id).update(**values)
