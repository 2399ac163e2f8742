"""What follows from the stage of a deal: its pipeline, status, probability and dates.

*How it works*: entering a stage sets the status to the stage's kind, the probability to the stage's
unless one is given, and the moment it was entered. Won and lost deals have a close date; an open one
has none: a close date given for it is its expected one. A deal knows how long it took (`cycle_days`), how often
its expected close was put off, and in which category it is forecast: the stage's, unless somebody chose another.

*Rules*: a person who loses a deal says why; an import of old deals need not.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from guanxi.domains.sales.hooks.through import customers_of
from guanxi.domains.sales.rules import day_start, forecast_of
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef, Option
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.text import Text

WHY_LOST = Text("请选择输单原因。", "Say why the deal was lost.")
OTHER_PIPELINE = Text("这个阶段不在所选的销售流程里。", "This stage is not in the chosen pipeline.")
_BY_PEOPLE = (Via.WEB, Via.API)


class OpportunityHooks(RecordHooks):
    """Keeps stage, pipeline, status and dates of deals in step."""

    object_key = "opportunity"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Derive what follows from the stage."""
        written = [change for change in changes if change.op in ("create", "update")]
        for change in written:
            _choose_stage(obj, change)
            stage = obj.fields["stage"].option(change.value("stage") or "")
            if stage is not None:
                _follow_stage(ctx, change, stage)
                _forecast(obj, change, stage)
            if change.op == "create" and change.value("start_date") is None and ctx.via in _BY_PEOPLE:
                change.values["start_date"] = ctx.today.date()
            _count_days(change)
        _take_customer(ctx, written)


def _choose_stage(obj: ObjectDef, change: Change) -> None:
    """A new deal starts at the first stage; one that changes pipeline at the first stage of the other."""
    stages = obj.fields["stage"].options
    stage = obj.fields["stage"].option(change.value("stage") or "")
    wanted = change.values.get("pipeline")
    if stage is not None and wanted and wanted != stage.meta.get("pipeline"):
        if change.changes("stage"):
            change.refuse("stage", "other_pipeline", OTHER_PIPELINE)
            return
        stage = None
    if (stage is None and not change.value("stage")) or (wanted and stage is None):
        pipelines = obj.fields["pipeline"].options
        first = next(
            (p.value for p in pipelines if p.meta.get("is_default")),
            pipelines[0].value if pipelines else None,
        )
        chosen = wanted or first
        stage = next(
            (s for s in stages if s.meta.get("pipeline") == chosen and s.meta.get("kind") == "open"), None
        )
        if stage is not None:
            change.values["stage"] = stage.value
    if stage is not None and change.value("pipeline") != stage.meta.get("pipeline"):
        change.values["pipeline"] = stage.meta.get("pipeline")


def _follow_stage(ctx: Ctx, change: Change, stage: Option) -> None:
    kind = str(stage.meta.get("kind") or "open")
    entered = change.before is None or change.changes("stage")
    if entered:
        if change.value("status") != kind:
            change.values["status"] = kind
        if change.values.get("probability") is None:
            change.values["probability"] = Decimal(str(stage.meta.get("probability") or 0))
    if kind == "open":
        _keep_open(
            change, reopened=entered and change.before is not None and change.before.get("status") != "open"
        )
    elif entered and change.value("close_date") is None:
        change.values["close_date"] = ctx.today.date()
    if entered:
        change.values.setdefault("stage_entered_at", _entered_at(ctx, change, kind))
        if kind == "lost" and not change.value("loss_reason") and ctx.via in _BY_PEOPLE:
            change.refuse("loss_reason", "required", WHY_LOST)


def _keep_open(change: Change, *, reopened: bool) -> None:
    """An open deal is not closed: the date given for it is when it is expected to be."""
    given = change.values.get("close_date")
    if given is not None:
        if change.value("expected_close_date") is None:
            change.values["expected_close_date"] = given
        change.values["close_date"] = None
    if reopened:
        change.values |= {"close_date": None, "loss_reason": None, "loss_note": None, "win_reason": None}


def _forecast(obj: ObjectDef, change: Change, stage: Option) -> None:
    """The category of the stage: for a closed deal always, for an open one where nobody chose another."""
    usual, held = _usual_forecast(stage), change.value("forecast_category")
    before = change.before or {}
    if stage.meta.get("kind") == "open" and held is not None:
        former = obj.fields["stage"].option(before.get("stage") or "")
        followed = former is not None and held == _usual_forecast(former) and change.changes("stage")
        if change.changes("forecast_category") or not (followed or before.get("status") in ("won", "lost")):
            return
    if held != usual:
        change.values["forecast_category"] = usual


def _usual_forecast(stage: Option) -> str:
    chosen = stage.guide.get("forecast")
    kind, probability = str(stage.meta.get("kind") or "open"), float(stage.meta.get("probability") or 0)
    return str(chosen) if chosen else forecast_of(kind, probability)


def _count_days(change: Change) -> None:
    """How long a closed deal took; how often the expected close of an open one was put off."""
    start, end = change.value("start_date"), change.value("close_date")
    days = Decimal((end - start).days) if start and end and end >= start else None
    if change.value("cycle_days") != days:
        change.values["cycle_days"] = days
    was, now = (change.before or {}).get("expected_close_date"), change.values.get("expected_close_date")
    if change.ruled and was and now and now > was and change.value("status") == "open":
        change.values["close_pushes"] = (change.value("close_pushes") or Decimal(0)) + 1


def _entered_at(ctx: Ctx, change: Change, kind: str) -> datetime:
    """When the stage was entered: now, or for a deal from an old list the day that its dates tell."""
    if change.op != "create" or ctx.via in _BY_PEOPLE:
        return ctx.now
    day: date | None = change.value("start_date") if kind == "open" else change.value("close_date")
    return min(ctx.now, day_start(day, ctx.workspace.zone)) if day else ctx.now


def _take_customer(ctx: Ctx, changes: Sequence[Change]) -> None:
    """A deal with a contact and no customer is with the contact's customer."""
    lacking = [c for c in changes if c.values.get("contact") and not c.value("customer")]
    if lacking:
        customers = customers_of(ctx, "contact", {c.values["contact"] for c in lacking})
        for change in lacking:
            if change.values["contact"] in customers:
                change.values["customer"] = customers[change.values["contact"]]


hooks_registry.register(OpportunityHooks())
