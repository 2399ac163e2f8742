"""Erasing as a job: one transaction that either erases and says so, or leaves everything and says why."""

import uuid

from django.db import transaction
from procrastinate.contrib.django import app

from guanxi.engine.identity import facade as identity
from guanxi.engine.subjects.erasing import erase, note, wiped
from guanxi.engine.subjects.finding import chosen
from guanxi.engine.subjects.models import SubjectRequest
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.errors import NotFound, Problem
from guanxi.kit.text import Text

ERASE = "subjects.erase"
QUEUE = "transfer"


def start_erasing(ctx: Ctx, request: SubjectRequest) -> None:
    """Have a worker erase; in the caller's transaction."""
    app.configure_task(ERASE, queue=QUEUE, lock=f"{ERASE}:{ctx.workspace.id}").defer(
        workspace_id=str(ctx.workspace.id), request_id=str(request.id),
        user_id=str(ctx.actor.user_id) if ctx.actor.user_id else None,
    )  # fmt: skip


def worker_ctx(workspace_id: uuid.UUID, user_id: uuid.UUID | None) -> Ctx:
    """The context of whoever started it; of the program, when they have left."""
    if user_id is not None:
        try:
            workspace, actor = identity.load_actor(workspace_id, user_id)
            return Ctx(workspace=workspace, actor=actor, via=Via.SYSTEM, locale=workspace.locale)
        except NotFound:
            pass
    return load_system_ctx(workspace_id)


def erase_request(workspace_id: uuid.UUID, request_id: uuid.UUID, user_id: uuid.UUID | None) -> None:
    """Erase the person of a request that is `working`; anything else means nothing to do."""
    with session(workspace_id):
        row = SubjectRequest.objects.select_for_update().filter(id=request_id, status="working").first()
        if row is None:
            return
        ctx = worker_ctx(workspace_id, user_id)
        try:
            with transaction.atomic():
                certificate = erase(ctx, row, chosen(row.records), row.how, row.marks)
                note(ctx, row, "erased", certificate=certificate.number)
                changed = wiped("done", ctx) | {"version": row.version + 1}
                SubjectRequest.objects.filter(id=row.id).update(**changed)
        except Problem as problem:
            said = Text(problem.message("zh-CN"), problem.message("en")).as_dict()
            SubjectRequest.objects.filter(id=row.id).update(
                status="failed", error=said, version=row.version + 1
            )
            note(ctx, row, "failed", code=problem.code)
