"""What the API shows of requests, their steps, certificates."""

from collections.abc import Sequence
from typing import Any

from guanxi.engine.identity import facade as identity
from guanxi.engine.subjects import rules
from guanxi.engine.subjects.deadlines import settings_of
from guanxi.engine.subjects.finding import as_program, chosen
from guanxi.engine.subjects.models import Certificate, DataCopy, SubjectEvent, SubjectRequest
from guanxi.engine.subjects.planning import marks_of
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

MOST_EVENTS = 200


def requests_json(ctx: Ctx, rows: Sequence[SubjectRequest]) -> list[dict[str, Any]]:
    """Requests as a list shows them."""
    names = identity.people(ctx, {row.assignee_id for row in rows if row.assignee_id})
    return [_one(ctx, row, names) for row in rows]


def request_json(ctx: Ctx, row: SubjectRequest) -> dict[str, Any]:
    """A request with its steps, copies and certificate."""
    events = list(SubjectEvent.objects.filter(request_id=row.id).order_by("id")[:MOST_EVENTS])
    ids = {event.actor_id for event in events} | {row.assignee_id}
    names = identity.people(ctx, {i for i in ids if i})
    certificate = Certificate.objects.filter(workspace_id=ctx.workspace.id, request_id=row.id).first()
    copies = DataCopy.objects.filter(workspace_id=ctx.workspace.id, request_id=row.id).order_by("-id")[:10]
    own = as_program(ctx)
    return _one(ctx, row, names) | {
        "details": row.details,
        "reach": row.reach,
        "records": row.records,
        "marks": row.marks,
        "known_marks": marks_of(own, chosen(row.records)) if row.records else [],
        "how": row.how,
        "identity": row.identity,
        "refusal": row.refusal,
        "answer": row.answer,
        "extended": row.extended,
        "latest": rules.longest(row.received_at, row.law, ctx.workspace.zone, settings_of(ctx).pipl_workdays),
        "certificate": certificate_json(certificate) if certificate else None,
        "copies": [copy_json(ctx, copy) for copy in copies],
        "events": [
            {"id": event.id, "at": event.at, "kind": event.kind, "detail": event.detail,
             "actor": {"id": event.actor_id, "name": names.get(event.actor_id, "")} if event.actor_id else None}
            for event in events
        ],
    }  # fmt: skip


def certificate_json(row: Certificate) -> dict[str, Any]:
    """A certificate: what was done, and its hash."""
    return {"number": row.number, "made_at": row.made_at, "body": row.body, "hash": row.hash}


def copy_json(ctx: Ctx, row: DataCopy) -> dict[str, Any]:
    """A copy; the link is told once, when it is made."""
    return {
        "id": row.id, "status": row.status, "size": row.size, "counts": row.counts, "expires_at": row.expires_at,
        "fetched_at": row.fetched_at, "created_at": row.created_at,
        "error": Text.of(row.error).in_(ctx.locale) if row.error else None,
    }  # fmt: skip


def _one(ctx: Ctx, row: SubjectRequest, names: dict[Any, str]) -> dict[str, Any]:
    label, pipl, gdpr = rules.KINDS[row.kind]
    if ctx.locale == "en":
        pipl, gdpr = rules.PIPL_IN_ENGLISH[row.kind], f"GDPR {gdpr}"
    running = row.status in (*rules.OPEN, "working")
    return {
        "id": row.id, "number": row.number, "kind": row.kind, "label": label.as_dict(), "law": row.law,
        "article": pipl if row.law == "pipl" else gdpr, "channel": row.channel, "name": row.name,
        "received_at": row.received_at, "due_at": row.due_at, "overdue": running and row.due_at < ctx.now,
        "status": row.status, "is_erased": row.is_erased, "version": row.version, "created_at": row.created_at,
        "closed_at": row.closed_at, "verified": row.identity is not None,
        "assignee": {"id": row.assignee_id, "name": names.get(row.assignee_id, "")} if row.assignee_id else None,
        "error": Text.of(row.error).in_(ctx.locale) if row.error else None,
    }  # fmt: skip
