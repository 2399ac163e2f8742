"""Work reports: filled from what was logged, edited by who writes them, submitted to whom they report to.

*How it works*: `draft` gives the report of a period, made with the figures and lines of what its writer did; asked again
it brings a draft up to date without touching what was written by hand. `submit` names the manager and tells them;
a submitted report is taken back before it is changed.

*Rules*: `draft` makes one report a person, kind and period. The figures are those the writer sees.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models.functions import Coalesce

from guanxi.domains.sales.follow_up.models import WorkReport
from guanxi.domains.sales.follow_up.objects.work_report import COUNTS
from guanxi.domains.sales.follow_up.reviewing import period_filter
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.facade import notify
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query import RecordQuery, Sort, count_matching, fetch_page, get_record, get_records
from guanxi.engine.records.store import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, Forbidden
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

OBJECT = "work_report"
LINES = 40
SUBMITTED = "report.submitted"
_TITLE = Text("{actor} 提交了「{record}」", "{actor} submitted “{record}”")
NAMES = {"daily": Text("日报 {day} {person}", "Daily report {day} {person}"), "weekly": Text("周报 {day} {person}", "Weekly report {day} {person}")}  # fmt: skip
WRONG_STATE = Text("这份汇报已经提交，请先撤回。", "This report was submitted. Take it back first.")
NOT_OUT = Text("这份汇报还没有提交。", "This report was not submitted.")
NOT_YOURS = Text("只有写汇报的人能提交或撤回。", "Who wrote a report submits it, or takes it back.")
_WRITTEN = frozenset({"done", "problems", "plan", "kind", "starts_on", "name"})


def period_of(kind: str, day: date) -> tuple[date, date]:
    """The first and the last day of the report that `day` belongs to; weeks begin on Monday."""
    if kind == "daily":
        return day, day
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def draft(ctx: Ctx, kind: str, day: date) -> dict[str, Any]:
    """The caller's report of a period: made, or brought up to date while it is a draft; raises Forbidden."""
    if ctx.actor.user_id is None:
        raise Forbidden
    first, last = period_of(kind, day)
    rows = WorkReport.objects.filter(
        workspace_id=ctx.workspace.id, owner_id=ctx.actor.user_id, kind=kind, starts_on=first, deleted_at=None
    )
    found = rows.values_list("id", "status").first()
    if found is not None and found[1] != "draft":
        return get_record(ctx, OBJECT, found[0])
    values: dict[str, Any] = {"kind": kind, "starts_on": first, "ends_on": last, **_figures(ctx, first, last)}
    if found is None:
        values |= {"done": _done(ctx, first, last), "plan": _plan(ctx, last)}
        change = Change("create", new_id(), values)
    else:
        change = Change("update", found[0], {key: values[key] for key in COUNTS})
    bulk_write(ctx, OBJECT, [change], partial=False)
    return get_record(ctx, OBJECT, change.id)


def _figures(ctx: Ctx, first: date, last: date) -> dict[str, int]:
    mine = {"field": "owner", "op": "is", "value": "me"}
    made, done = period_filter(ctx, "created_at", first, last), period_filter(ctx, "done_at", first, last)
    closed = [{"field": "close_date", "op": "on_or_after", "value": first.isoformat()},
              {"field": "close_date", "op": "on_or_before", "value": last.isoformat()}]  # fmt: skip
    asked = {
        "calls": ("call", [made]),
        "visits": ("event", [made]),
        "notes": ("note", [made]),
        "tasks_done": ("task", [done]),
        "new_customers": ("customer", [made]),
        "won_deals": ("opportunity", [{"field": "status", "op": "is", "value": "won"}, *closed]),
    }
    schema = get_schema(ctx)
    return {
        name: count_matching(ctx, RecordQuery(key, {"and": [mine, *trees]}))[0] if schema.find(key) else 0
        for name, (key, trees) in asked.items()
    }


def _done(ctx: Ctx, first: date, last: date) -> str:
    """A line for each thing that was logged, oldest first."""
    tree = {
        "and": [{"field": "owner", "op": "is", "value": "me"}, period_filter(ctx, "created_at", first, last)]
    }
    rows: list[dict[str, Any]] = []
    for key in ("call", "event", "note"):
        query = RecordQuery(key, tree, sort=(Sort("created_at"),), limit=LINES, count=False)
        rows += fetch_page(ctx, query).data
    rows.sort(key=lambda row: row["created_at"])
    return "\n".join(_line(ctx, row) for row in rows[:LINES])


def _line(ctx: Ctx, row: Mapping[str, Any]) -> str:
    obj = get_object(ctx, row["object"])
    locale = ctx.workspace.locale
    outcome = obj.fields["outcome"].option(row.get("outcome") or "") if "outcome" in obj.fields else None
    about = next(
        (row[key]["title"] for key in ("customer", "lead", "contact", "opportunity") if row.get(key)), ""
    )
    told = (
        f"{obj.label.in_(locale)} {about}: {row['title']}"
        if locale == "en"
        else f"{obj.label.in_(locale)} {about}：{row['title']}"
    )
    return f"- {told}" + (f" [{outcome.label.in_(locale)}]" if outcome else "")


def _plan(ctx: Ctx, last: date) -> str:
    """A line for each task that waits, those due first on top."""
    tree = {
        "and": [
            {"field": "owner", "op": "is", "value": "me"},
            {"field": "status", "op": "is", "value": "open"},
        ]
    }
    query = RecordQuery("task", tree, sort=(Sort("due_at"),), limit=10, count=False)
    return "\n".join(f"- {row['title']}" for row in fetch_page(ctx, query).data)


class ReportHooks(RecordHooks):
    """Names a report, keeps its period whole, and what was submitted as it is."""

    object_key = OBJECT

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Derive name and end; refuse changes of what was submitted."""
        for change in changes:
            if change.op not in ("create", "update"):
                continue
            before = change.before or {}
            if before.get("status") == "submitted" and not change.changes("status"):
                for key in sorted(_WRITTEN & set(change.values)):
                    if change.changes(key):
                        change.refuse(key, "submitted", WRONG_STATE)
            kind, starts = change.value("kind"), change.value("starts_on")
            if (
                starts is None
                or kind not in NAMES
                or not (change.changes("kind") or change.changes("starts_on"))
            ):
                continue
            first, last = period_of(kind, starts)
            change.values |= {"starts_on": first, "ends_on": last}
            person = ctx.actor.name if change.op == "create" and ctx.actor.user_id else ""
            if change.op == "create" and not change.values.get("name"):
                change.values["name"] = (
                    NAMES[kind].in_(ctx.workspace.locale, day=first.isoformat(), person=person).strip()
                )


class SubmitReport(Action):
    """Hand it in."""

    key = "submit_report"
    label = Text("提交", "Submit")
    icon = "check"
    objects = (OBJECT,)
    when = ("status", ("draft",))

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"manager"}`: who was told, null where nobody leads the writer. Raises Conflict, Forbidden."""
        (report,) = _own(ctx, ids)
        if report["status"] != "draft":
            raise Conflict(WRONG_STATE, code="wrong_state")
        rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=report["owner"]["id"])
        manager = rows.values_list(Coalesce("manager_id", "team__manager_id"), flat=True).first()
        manager = None if manager == ctx.actor.user_id else manager
        _write(ctx, ids, {"status": "submitted", "submitted_at": ctx.now, "manager": manager}, self.key)
        if manager is not None:
            told = {
                "actor": ctx.actor.name,
                "record": report["title"],
                "object_key": OBJECT,
                "record_id": report["id"],
            }
            notify(ctx, [manager], SUBMITTED, _TITLE, url=f"/o/{OBJECT}/{report['id']}", data=told)
        return {"manager": str(manager) if manager else None}


class TakeBackReport(Action):
    """Change it after all."""

    key = "take_back_report"
    label = Text("撤回", "Take back")
    icon = "rotate-ccw"
    objects = (OBJECT,)
    when = ("status", ("submitted",))

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{}`; raises Conflict, Forbidden."""
        (report,) = _own(ctx, ids)
        if report["status"] != "submitted":
            raise Conflict(NOT_OUT, code="wrong_state")
        _write(ctx, ids, {"status": "draft", "submitted_at": None}, self.key)
        return {}


def _own(ctx: Ctx, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    found = get_records(ctx, OBJECT, ids, fields=["name", "status", "owner"])
    if any(not row["owner"] or row["owner"]["id"] != str(ctx.actor.user_id) for row in found):
        raise Forbidden(NOT_YOURS, code="not_yours")
    return found


def _write(ctx: Ctx, ids: Sequence[uuid.UUID], values: Mapping[str, Any], action: str) -> None:
    changes = [Change("update", i, dict(values), index=n) for n, i in enumerate(ids)]
    bulk_write(ctx, OBJECT, changes, partial=False, action=action)


hooks_registry.register(ReportHooks())
action_registry.register(SubmitReport())
action_registry.register(TakeBackReport())
