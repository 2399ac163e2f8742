"""The desk: requests taken in, worked on and answered, each step written down.

*How it works*: a request is a ticket with a deadline. Its steps: find the person's records, check who asks, act
(copy, correct, erase, object), answer; or refuse with the legal ground. What discloses or destroys needs the
identity checked first. Erasing is a job (tasks.py); the request is `working` meanwhile and changes no more.

*Rules*: everything takes the row's lock and the version it is based on. Who may: the area `privacy`.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max, QuerySet

from guanxi.engine.subjects import rules
from guanxi.engine.subjects.deadlines import settings_of
from guanxi.engine.subjects.erasing import HELD, NOTHING, note, refuse_if_held
from guanxi.engine.subjects.finding import MOST_TEXTS, as_program, chosen, read_records, read_texts
from guanxi.engine.subjects.models import Objection, SubjectRequest
from guanxi.engine.subjects.people import require_desk, require_person
from guanxi.engine.subjects.planning import marks_of, plan
from guanxi.engine.subjects.reading import choice_in, moment_in, person_in, text_in
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, NotFound, StaleVersion, invalid
from guanxi.kit.text import Text

__all__ = ["HELD", "NOTHING"]
CLOSED = Text("这个请求已经结束，不能再改。", "This request is closed and changes no more.")
NOT_VERIFIED = Text("请先核实申请人身份。", "Check who is asking first.")
WRONG_KIND = Text("这类请求不能这样处理。", "Requests of this kind are not handled that way.")
FUTURE = Text("收到时间不能在将来。", "It cannot have been received in the future.")
TOO_LATE = Text("最晚只能延到 {until}。", "It can be put off to {until} at the latest.")
NOT_LATER = Text("新期限应晚于原期限。", "The new deadline must be later than the present one.")
BAD_HOW = Text("应是 {{对象: erase、unlink 或 keep}}。", "Should be {{object: erase, unlink or keep}}.")


def create(ctx: Ctx, body: Mapping[str, Any]) -> SubjectRequest:
    """Take a request in; raises Invalid, Forbidden."""
    require_desk(ctx, change=True)
    law = choice_in(body, "law", rules.LAWS, "pipl")
    received = moment_in(body, "received_at") or ctx.now
    if received > ctx.now:
        raise invalid("received_at", "in_the_future", FUTURE)
    values = {
        "kind": choice_in(body, "kind", rules.KINDS),
        "law": law,
        "channel": choice_in(body, "channel", rules.CHANNELS, "other"),
        "name": text_in(body, "name", most=200, required=True),
        "reach": text_in(body, "reach", most=300),
        "details": text_in(body, "details", most=5000),
        "received_at": received,
        "due_at": rules.due(received, law, ctx.workspace.zone, settings_of(ctx).pipl_workdays),
        "assignee_id": require_person(ctx, person_in(body, "assignee_id")) or ctx.actor.user_id,
    }
    # One at a time a workspace, so that numbers have no gap and no double.
    list(
        SubjectRequest.objects.select_for_update()
        .filter(workspace_id=ctx.workspace.id)
        .order_by("-number")[:1]
    )
    last = (
        SubjectRequest.objects.filter(workspace_id=ctx.workspace.id).aggregate(last=Max("number"))["last"]
        or 0
    )
    row = SubjectRequest.objects.create(
        workspace_id=ctx.workspace.id,
        number=last + 1,
        created_by=ctx.actor.user_id,
        created_at=ctx.now,
        **values,
    )
    note(ctx, row, "created", asked=row.kind, channel=row.channel)
    record(ctx, "subject.requested", request=row.number, asked=row.kind)
    return row


def find(ctx: Ctx, request_id: uuid.UUID) -> SubjectRequest:
    """A request; raises Forbidden, NotFound."""
    require_desk(ctx)
    found = SubjectRequest.objects.filter(workspace_id=ctx.workspace.id, id=request_id).first()
    if found is None:
        raise NotFound
    return found


def listed(ctx: Ctx, *, state: str) -> QuerySet[SubjectRequest]:
    """Requests: `open` by deadline, `closed` newest first, or all."""
    require_desk(ctx)
    rows = SubjectRequest.objects.filter(workspace_id=ctx.workspace.id)
    running = (*rules.OPEN, "working")
    if state == "open":
        return rows.filter(status__in=running).order_by("due_at", "id")
    if state == "closed":
        return rows.exclude(status__in=running).order_by("-closed_at", "-id")
    return rows.order_by("-number")


def change(ctx: Ctx, request_id: uuid.UUID, body: Mapping[str, Any], version: int) -> SubjectRequest:
    """Change what is known of an open request: assignee, records, marks, how; raises Problem."""
    row = claimed(ctx, request_id, version)
    told: dict[str, Any] = {}
    if "assignee_id" in body:
        row.assignee_id = require_person(ctx, person_in(body, "assignee_id"))
        told["assignee_id"] = str(row.assignee_id) if row.assignee_id else None
    for name, most in (("reach", 300), ("details", 5000)):
        if name in body:
            setattr(row, name, text_in(body, name, most=most))
    if "records" in body:
        row.records = read_records(ctx, body["records"])
        row.marks = marks_of(as_program(ctx), chosen(row.records))
        told["records"] = len(row.records)
    if "marks" in body:
        row.marks = read_texts(body["marks"]) if body["marks"] else []
        told["marks"] = len(row.marks)
    if "how" in body:
        row.how = _read_how(body["how"])
    if told:
        note(ctx, row, "changed", **told)
    return saved(row)


def verify(ctx: Ctx, request_id: uuid.UUID, body: Mapping[str, Any], version: int) -> SubjectRequest:
    """Note that the identity was checked: `how`, `note`."""
    row = claimed(ctx, request_id, version)
    how = choice_in(body, "how", rules.CHECKS)
    row.identity = {"how": how, "note": text_in(body, "note", most=500), "at": ctx.now.isoformat(),
                    "by": str(ctx.actor.user_id), "by_name": ctx.actor.name}  # fmt: skip
    note(ctx, row, "verified", how=how)
    record(ctx, "subject.verified", request=row.number, how=how)
    return saved(row)


def extend(ctx: Ctx, request_id: uuid.UUID, body: Mapping[str, Any], version: int) -> SubjectRequest:
    """Put the deadline off to `due_at`, with the `reason` the person is told."""
    row = claimed(ctx, request_id, version)
    until, reason = moment_in(body, "due_at"), text_in(body, "reason", most=500, required=True)
    if until is None or until <= row.due_at:
        raise invalid("due_at", "not_later", NOT_LATER)
    latest = rules.longest(row.received_at, row.law, ctx.workspace.zone, settings_of(ctx).pipl_workdays)
    if until > latest:
        raise invalid("due_at", "too_late", TOO_LATE, until=f"{latest:%Y-%m-%d}")
    row.due_at, row.extended, row.overdue_told = until, reason, False
    note(ctx, row, "extended", due_at=until.isoformat(), reason=reason)
    return saved(row)


def refuse(ctx: Ctx, request_id: uuid.UUID, body: Mapping[str, Any], version: int) -> SubjectRequest:
    """Close with a refusal: `ground`, and the `text` the person gets (with where to complain)."""
    row = claimed(ctx, request_id, version)
    ground = choice_in(body, "ground", rules.GROUNDS)
    row.refusal = {"ground": ground, "text": text_in(body, "text", most=5000, required=True)}
    note(ctx, row, "refused", ground=ground)
    record(ctx, "subject.refused", request=row.number, ground=ground)
    return saved(_closed(ctx, row, "refused"))


def withdraw(ctx: Ctx, request_id: uuid.UUID, version: int) -> SubjectRequest:
    """Close because the person takes it back."""
    row = claimed(ctx, request_id, version)
    note(ctx, row, "withdrawn")
    return saved(_closed(ctx, row, "withdrawn"))


def answer(ctx: Ctx, request_id: uuid.UUID, body: Mapping[str, Any], version: int) -> SubjectRequest:
    """Close with an answer (`text`); raises Conflict where the identity was not checked or nothing was erased."""
    row = claimed(ctx, request_id, version)
    _require_verified(row)
    if row.kind == "erase":
        raise Conflict(WRONG_KIND, code="wrong_kind")
    row.answer = {"text": text_in(body, "text", most=5000, required=True)}
    note(ctx, row, "answered")
    record(ctx, "subject.answered", request=row.number, asked=row.kind)
    return saved(_closed(ctx, row, "done"))


def object_to(ctx: Ctx, request_id: uuid.UUID, version: int) -> SubjectRequest:
    """Keep marketing and automation away from the chosen records."""
    row = claimed(ctx, request_id, version)
    if not row.records:
        raise invalid("records", "required", NOTHING)
    rows = [
        Objection(workspace_id=ctx.workspace.id, object_key=key, record_id=record_id, request_id=row.id, created_at=ctx.now)
        for key, ids in chosen(row.records).items() for record_id in ids
    ]  # fmt: skip
    Objection.objects.bulk_create(rows, ignore_conflicts=True)
    note(ctx, row, "objected", records=len(rows))
    record(ctx, "subject.objected", request=row.number, count=len(rows))
    return saved(row)


def begin_erasing(ctx: Ctx, request_id: uuid.UUID, version: int) -> SubjectRequest:
    """Check all that must hold, and mark the request as working; the caller starts the job."""
    row = claimed(ctx, request_id, version)
    if row.kind != "erase":
        raise Conflict(WRONG_KIND, code="wrong_kind")
    _require_verified(row)
    if not row.records:
        raise invalid("records", "required", NOTHING)
    own = as_program(ctx)
    refuse_if_held(own, plan(own, chosen(row.records), row.how))
    row.status, row.error = "working", None
    note(ctx, row, "erasing")
    return saved(row)


def require_disclosable(row: SubjectRequest) -> None:
    """Raises Conflict unless the identity was checked."""
    _require_verified(row)


def claimed(ctx: Ctx, request_id: uuid.UUID, version: int) -> SubjectRequest:
    """An open request, locked; raises Forbidden, NotFound, Conflict, StaleVersion."""
    require_desk(ctx, change=True)
    row = (
        SubjectRequest.objects.select_for_update()
        .filter(workspace_id=ctx.workspace.id, id=request_id)
        .first()
    )
    if row is None:
        raise NotFound
    if row.status not in rules.OPEN:
        raise Conflict(CLOSED, code="closed")
    if row.version != version:
        raise StaleVersion(extra={"current": row.version})
    return row


def saved(row: SubjectRequest) -> SubjectRequest:
    """The row with its next version, stored."""
    row.version += 1
    row.save()
    return row


def _closed(ctx: Ctx, row: SubjectRequest, status: str) -> SubjectRequest:
    row.status, row.closed_at, row.error = status, ctx.now, None
    return row


def _require_verified(row: SubjectRequest) -> None:
    if row.kind in rules.DISCLOSING and row.identity is None:
        raise Conflict(NOT_VERIFIED, code="not_verified")


def _read_how(given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or len(given) > MOST_TEXTS * 20 or not all(
        isinstance(key, str) and len(key) <= 40 and value in rules.HOWS for key, value in given.items()
    ):  # fmt: skip
        raise invalid("how", "wrong_type", BAD_HOW)
    return dict(given)
