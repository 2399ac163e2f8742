"""`/changes`: what one did, and taking it back. `/jobs`: bulk work in the background."""

import csv
import io
import uuid
from collections.abc import Iterator
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.engine.changes import jobs, listing, undoing
from guanxi.engine.changes.models import BulkJob
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object
from guanxi.engine.records.sent_files import PieceByPiece
from guanxi.kit.errors import Forbidden, invalid
from guanxi.kit.formulas import neutral
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

router = Router(tags=["Changes"])
PAGE = 200
MAX_ROWS = 100_000
BAD_CURSOR = Text("这个翻页标记不对。", "This cursor is not valid.")
BAD_FLAG = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
HEADERS = (
    Text("记录", "Record"),
    Text("记录编号", "Record id"),
    Text("字段", "Field"),
    Text("原因", "Reason"),
)


@router.get("/changes", operation_id="changes_list", summary="What I did")
def list_changes(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
    of: uuid.UUID | None = None,
) -> HttpResponse:
    """One's own changes of the last 30 days, newest first, with what has become of undoing them.

    `of`: the parts of one of them (the merges of a bulk merge).
    """
    data, following = listing.list_changes(ctx_of(request), limit=limit, cursor=cursor, whole=of)
    return answer({"data": data, "page": {"next": following, "count": None}})


@router.get(
    "/changes/{change_id}", operation_id="changes_get", summary="One change and what stands in its way"
)
def get_change(request: HttpRequest, change_id: uuid.UUID) -> HttpResponse:
    """The change; `check` says which records have moved on since, and by whom."""
    ctx = ctx_of(request)
    (shown,) = listing.present(ctx, [listing.get_change_set(ctx, change_id)])
    return answer({**shown, "check": undoing.check_undo(ctx, change_id) if shown["can_undo"] else None})


@router.post("/changes/{change_id}/undo", operation_id="changes_undo", summary="Take a change back")
def undo_change(request: HttpRequest, change_id: uuid.UUID) -> HttpResponse:
    """All of it, or (`partial`) what nothing stands in the way of. A large one goes on in the background: 202."""
    ctx = ctx_of(request)
    if not ctx.actor.can_write:
        raise Forbidden
    partial = read_object(request).get("partial", False)
    if not isinstance(partial, bool):
        raise invalid("partial", "wrong_type", BAD_FLAG)
    row = undoing.undo_change(ctx, change_id, partial=partial)
    (shown,) = listing.present(ctx, [row])
    return answer(shown, 202 if row.undo_state == "running" else 200)


@router.post("/jobs", operation_id="jobs_create", summary="Change a whole selection in the background")
def create_job(request: HttpRequest) -> HttpResponse:
    """`{"object", "op", "ids" or "filter", "q", "set", "add", "remove", "action", "input", "expect"}`."""
    ctx = ctx_of(request)
    return answer(jobs.job_json(ctx, jobs.create_job(ctx, read_object(request))), 202)


@router.get("/jobs/{work_id}", operation_id="jobs_get", summary="How far it is")
def get_job(request: HttpRequest, work_id: uuid.UUID) -> HttpResponse:
    """Progress and outcome."""
    ctx = ctx_of(request)
    return answer(jobs.job_json(ctx, jobs.get_job(ctx, work_id)))


@router.post("/jobs/{work_id}/cancel", operation_id="jobs_cancel", summary="Stop it")
def cancel_job(request: HttpRequest, work_id: uuid.UUID) -> HttpResponse:
    """What has been done stays, and can be undone."""
    ctx = ctx_of(request)
    return answer(jobs.job_json(ctx, jobs.cancel_job(ctx, work_id)))


@router.get("/jobs/{work_id}/refused", operation_id="jobs_refused", summary="Records that were refused")
def list_refused(
    request: HttpRequest,
    work_id: uuid.UUID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> HttpResponse:
    """Which records, and why."""
    ctx = ctx_of(request)
    after = parse_id(cursor) if cursor else None
    if cursor and after is None:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    job = jobs.get_job(ctx, work_id)
    rows = jobs.list_refusals(ctx, job, after=after, limit=limit + 1)
    shown = rows[:limit]
    following = str(shown[-1].id) if len(rows) > limit else None
    return answer({"data": jobs.refusals_json(ctx, job, shown), "page": {"next": following, "count": None}})


@router.get(
    "/jobs/{work_id}/refused.csv",
    operation_id="jobs_refused_csv",
    summary="Download the refused records",
    openapi_extra={"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def download_refused(request: HttpRequest, work_id: uuid.UUID) -> PieceByPiece:
    """A table for a spreadsheet; at most 100,000 rows."""
    ctx = ctx_of(request)
    job = jobs.get_job(ctx, work_id)
    pages = list(_pages(request, job))  # read within the request's transaction
    response = PieceByPiece(iter(pages), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{job.id}.csv"'
    return response


def _pages(request: HttpRequest, job: BulkJob) -> Iterator[bytes]:
    ctx = ctx_of(request)
    yield b"\xef\xbb\xbf" + _lines([[text.in_(ctx.locale) for text in HEADERS]])
    after: uuid.UUID | None = None
    for _ in range(MAX_ROWS // PAGE):
        rows = jobs.list_refusals(ctx, job, after=after, limit=PAGE)
        if not rows:
            return
        shown = jobs.refusals_json(ctx, job, rows)
        yield _lines(
            [
                [row["title"], row["record_id"], error["field"], error["message"]]
                for row in shown
                for error in row["errors"]
            ]
        )
        after = rows[-1].id


def _lines(rows: list[list[str]]) -> bytes:
    written = io.StringIO()
    # A cell that a spreadsheet would take for a formula is written as text.
    csv.writer(written).writerows([neutral(cell) for cell in row] for row in rows)
    return written.getvalue().encode()
