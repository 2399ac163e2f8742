"""Exports: any query as a file, written in the background under the rights of whoever asked.

*How it works*: the query is checked when it is asked for; the worker streams it page by page through the
read door into a file, tells how far it is every few pages, and puts the file into the store.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from guanxi.engine.access import rights
from guanxi.engine.records.files import adopt_file
from guanxi.engine.records.query import count_matching, fetch_page, parse_query, stream
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.recording import record
from guanxi.engine.transfer.exporting.columns import export_columns
from guanxi.engine.transfer.exporting.watermark import mark_of
from guanxi.engine.transfer.exporting.writers import MAX_XLSX_ROWS, WRITERS
from guanxi.engine.transfer.jobs import may_see, worker_ctx
from guanxi.engine.transfer.models import ExportJob
from guanxi.engine.transfer.starting import start_export
from guanxi.kit.errors import NotFound, Problem, TooLarge, invalid
from guanxi.kit.text import Text

PAGE = 1_000
_COUNT_CAP = 2_000_000

BAD_FORMAT = Text("格式只能是 csv、xlsx 或 parquet。", "The format must be csv, xlsx or parquet.")
UNKNOWN = Text("没有这个参数。", "There is no such parameter.")
NEEDS_OBJECT = Text("请指明导出哪个对象。", "Say which object to export.")
TOO_MANY_ROWS = Text("Excel 最多容纳 {max} 行，请改用 CSV。", "A workbook holds at most {max} rows. Use CSV.")
FAILED = Text("导出没有完成，请重试。", "The export did not finish. Try again.")


def create_export(ctx: Ctx, given: Mapping[str, Any]) -> ExportJob:
    """Check the query and hand it to a worker; raises Invalid, NotFound, Forbidden."""
    job = new_export(ctx, given)
    start_export(ctx, job.id)
    return job


def new_export(ctx: Ctx, given: Mapping[str, Any]) -> ExportJob:
    """The export as a job that nobody has been asked to do yet."""
    for name in given:
        if name not in ("object", "format", "filter", "sort", "fields", "q", "deleted"):
            raise invalid(name[:60], "unknown_parameter", UNKNOWN)
    object_key = given.get("object")
    if not isinstance(object_key, str):
        raise invalid("object", "required", NEEDS_OBJECT)
    obj = rights.get_object(ctx, object_key)
    rights.require(ctx, obj, "export")
    format_ = given.get("format", "xlsx")
    if format_ not in WRITERS:
        raise invalid("format", "wrong_type", BAD_FORMAT)
    asked = {
        name: given[name]
        for name in ("filter", "sort", "fields", "q", "deleted")
        if given.get(name) is not None
    }
    query = replace(parse_query(object_key, asked), verb="export")
    export_columns(ctx, Compiler(ctx, obj), query.fields)
    fetch_page(ctx, _page(query, 1))  # whatever is wrong with the filter is said now
    total, _ = count_matching(ctx, query, cap=_COUNT_CAP)
    if format_ == "xlsx" and total > MAX_XLSX_ROWS:
        raise TooLarge(TOO_MANY_ROWS, code="too_many_rows", max=f"{MAX_XLSX_ROWS:,}")
    day = ctx.today.strftime("%Y-%m-%d")
    job = ExportJob.objects.create(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        format=format_,
        query=asked,
        created_by=ctx.actor.user_id,
        locale=ctx.locale,
        filename=f"{obj.label_plural.in_(ctx.locale)}_{day}.{format_}",
        total_rows=total,
    )
    record(
        ctx, "export.created", object_key=object_key, count=total, export=job.id, format=format_, query=asked
    )
    return job


def _page(query: RecordQuery, limit: int) -> RecordQuery:
    return RecordQuery(
        **{**{f: getattr(query, f) for f in RecordQuery.__dataclass_fields__}, "limit": limit, "count": False}
    )


def get_export(ctx: Ctx, job_id: uuid.UUID) -> ExportJob:
    """The export, when it is the actor's own or they see all that can be in it; raises NotFound."""
    found = ExportJob.objects.filter(workspace_id=ctx.workspace.id, id=job_id).first()
    if found is None or not may_see(ctx, found.created_by, found.object_key):
        raise NotFound
    return found


def work(workspace_id: uuid.UUID, job_id: uuid.UUID) -> None:
    """Write the file; done already means nothing to do."""
    with session(workspace_id):
        job = ExportJob.objects.select_for_update().filter(id=job_id).first()
        if job is None or job.status == "done":
            return
        job.status = "running"
        job.save(update_fields=["status"])
        try:
            ctx = worker_ctx(workspace_id, job_id, job.created_by, job.locale)
            write_export(ctx, job)
        except Problem as problem:
            job.status, job.error = "failed", Text(problem.message("zh-CN"), problem.message("en")).as_dict()
            job.save(update_fields=["status", "error"])


def write_export(ctx: Ctx, job: ExportJob) -> None:
    """Stream the query into a file and put it into the store."""
    folder = Path(settings.MEDIA_ROOT).parent / "tmp" / "exports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{job.id.hex}.{job.format}"
    try:
        job.done_rows = write_file(ctx, job.object_key, job.query, job.format, path)
        kept = adopt_file(
            ctx, path, name=job.filename, type_=WRITERS[job.format].media_type, object_key="export"
        )
    finally:
        path.unlink(missing_ok=True)
    job.status, job.file_id, job.finished_at = "done", kept.id, timezone.now()
    job.total_rows = job.done_rows
    job.save(update_fields=["status", "file_id", "finished_at", "done_rows", "total_rows"])


def write_file(ctx: Ctx, object_key: str, asked: Mapping[str, Any], format_: str, path: Path) -> int:
    """Write what a query finds to `path`; gives the number of rows."""
    obj = rights.get_object(ctx, object_key)
    rights.require(ctx, obj, "export")
    compiler = Compiler(ctx, obj)
    query = parse_query(object_key, dict(asked))
    columns = export_columns(ctx, compiler, query.fields)
    narrowed = RecordQuery(
        object=object_key,
        filter=query.filter,
        sort=query.sort,
        q=query.q,
        deleted=query.deleted,
        verb="export",
        fields=tuple(dict.fromkeys(column.path for column in columns)),
    )
    rows = 0
    with WRITERS[format_](path, columns, compiler.env, mark_of(ctx)) as writer:
        for page in stream(ctx, narrowed, size=PAGE):
            writer.write(page)
            rows += len(page)
    return rows


def export_json(ctx: Ctx, job: ExportJob) -> dict[str, Any]:
    """The export as the API shows it."""
    return {
        "id": job.id,
        "object": job.object_key,
        "format": job.format,
        "status": job.status,
        "progress": {"done": job.done_rows, "total": job.total_rows},
        "filename": job.filename,
        "row_count": job.done_rows if job.status == "done" else job.total_rows,
        "url": f"/api/v1/exports/{job.id}/download" if job.status == "done" else None,
        "created_at": job.created_at,
        "error": Text.of(job.error).in_(ctx.locale) if job.error else None,
    }
