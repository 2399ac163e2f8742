"""Where this package itself holds data of people: the requests, their steps, copies, reasons of holds."""

import uuid

from django.db import transaction

from guanxi.engine.records.file_store import file_store
from guanxi.engine.records.models import StoredFile
from guanxi.engine.subjects.models import DataCopy, Objection, SubjectRequest
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, declare_place, eraser_registry
from guanxi.kit.text import Text

COPY = "copy"
"""The object key of the files of copies: no record takes them and no chore removes them."""


def erase_copies(ctx: Ctx, erasure: Erasure) -> int:
    """Remove the copies that were made of an erased record; gives their number."""
    gone = set(map(str, erasure.ids))
    requests = SubjectRequest.objects.filter(workspace_id=ctx.workspace.id)
    touched = [
        row.id for row in requests.only("id", "records").iterator()
        if any(each.get("id") in gone for each in row.records)
    ]  # fmt: skip
    # What the person asked before is closed or void now; that it was asked stays.
    requests.filter(id__in=touched).update(
        is_erased=True, name="", reach="", details="", records=[], marks=[], how={}, answer=None
    )
    Objection.objects.filter(workspace_id=ctx.workspace.id, record_id__in=erasure.ids).delete()
    return drop_files(ctx, list(touched))


def drop_files(ctx: Ctx, request_ids: list[uuid.UUID]) -> int:
    """Remove the files of these requests' copies; gives their number."""
    rows = DataCopy.objects.filter(workspace_id=ctx.workspace.id, request_id__in=request_ids)
    files = [i for i in rows.exclude(file_id=None).values_list("file_id", flat=True) if i]
    rows.update(file_id=None, token_hash=None, status="expired")
    StoredFile.objects.filter(workspace_id=ctx.workspace.id, id__in=files).delete()
    transaction.on_commit(lambda: _unlink(ctx.workspace.id, files))
    return len(files)


def _unlink(workspace_id: uuid.UUID, ids: list[uuid.UUID]) -> None:
    for file_id in ids:
        file_store.delete(workspace_id, file_id)


eraser_registry.register(
    Eraser(
        "subject_copy",
        Text("个人信息副本", "Copies of the person's data"),
        ("subject_copy", "subject_objection"),
        erase_copies,
    )
)
declare_place("subject_request", "个人信息请求", "Requests of persons",
              texts=("name", "reach", "details", "extended", "records", "marks", "refusal", "answer", "error"))  # fmt: skip
declare_place("subject_event", "请求的经过", "Steps of requests", texts=("detail",))
declare_place("legal_hold", "保留的理由", "Reasons of holds", texts=("reason",))
