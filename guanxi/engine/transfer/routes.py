"""`/imports` and `/exports`: the doors of transfer. Handlers read the request and shape the answer."""

import tempfile
import uuid
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from guanxi.engine.records.files import get_file, open_own
from guanxi.engine.records.routes.bodies import answer, read_object
from guanxi.engine.records.sent_files import SentFile
from guanxi.engine.tenancy.recording import record
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.engine.transfer import facade, schemas
from guanxi.engine.transfer.reading.limits import MAX_FILE_BYTES, file_too_large
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.text import Text

router = Router(tags=["Import and export"])

MAX_LIMIT = 200
BAD_LIMIT = Text("limit 应在 1 到 {max} 之间。", "limit must be between 1 and {max}.")
BAD_STATUS = Text("status 只能是 refused 或 fixed。", "status must be refused or fixed.")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post(
    "/imports", response={201: schemas.Import}, operation_id="imports_create", summary="Upload a file"
)
def create_import(
    request: ApiRequest,
    file: Annotated[UploadedFile, File()],
    object: Annotated[str, Form(max_length=60)],  # noqa: A002
) -> HttpResponse:
    """Understand a spreadsheet and guess what its columns mean; nothing is imported yet."""
    _require_import(request)
    if file.size is not None and file.size > MAX_FILE_BYTES:
        raise file_too_large()
    job = facade.create_import(
        request.ctx, object, filename=file.name or "", type_=file.content_type or "", chunks=file.chunks(),
        owner="me",
    )  # fmt: skip
    return answer(_import(request, job), 201)


@router.get("/imports", response=schemas.ImportPage, operation_id="imports_list", summary="List imports")
def list_imports(request: ApiRequest, limit: int = 50, cursor: str | None = None) -> HttpResponse:
    """One's own imports (administrators: everybody's), newest first."""
    jobs, following = facade.list_imports(request.ctx, limit=_limit(limit), cursor=cursor)
    return answer(
        {"data": [_import(request, job) for job in jobs], "page": {"next": following, "count": None}}
    )


@router.get(
    "/imports/{job_id}", response=schemas.Import, operation_id="imports_get", summary="Look at an import"
)
def get_import(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """How far it is, and what it did."""
    return answer(_import(request, facade.get_job(request.ctx, job_id)))


@router.patch("/imports/{job_id}", response=schemas.Import, operation_id="imports_update", summary="Change a draft",
              openapi_extra={"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}})  # fmt: skip
def change_import(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """Mapping, options, sheet, encoding, separator."""
    _require_import(request)
    return answer(_import(request, facade.change_import(request.ctx, job_id, read_object(request))))


@router.post(
    "/imports/{job_id}/preview", response=schemas.Import, operation_id="imports_preview", summary="Dry run"
)
def preview_import(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """Try everything and write nothing."""
    _require_import(request)
    return answer(_import(request, facade.preview_import(request.ctx, job_id)))


@router.post(
    "/imports/{job_id}/run", response={202: schemas.Import}, operation_id="imports_run", summary="Import"
)
def run_import(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """Hand the import to the background."""
    _require_import(request)
    return answer(_import(request, facade.queue_import(request.ctx, job_id)), 202)


@router.get("/imports/{job_id}/rows", response=schemas.ImportRowPage, operation_id="imports_rows",
            summary="List refused rows")  # fmt: skip
def list_rows(
    request: ApiRequest,
    job_id: uuid.UUID,
    status: str = "refused",
    reason: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> HttpResponse:
    """Rows that were refused, corrected ones included (`status=fixed`: these alone); `reason` is `field.code`."""
    if status not in ("refused", "fixed"):
        raise invalid("status", "wrong_type", BAD_STATUS)
    found = facade.list_rows(
        request.ctx, job_id, status=status, reason=reason[:200], cursor=cursor, limit=_limit(limit)
    )
    count = (
        None if found.count is None else {"value": min(found.count, 10_000), "exact": found.count <= 10_000}
    )
    rows = [facade.row_json(row, request.ctx.locale) for row in found.rows]
    return answer({"data": rows, "page": {"next": found.next, "count": count}})


@router.patch("/imports/{job_id}/rows", response=schemas.ImportRows, operation_id="imports_repair",
              summary="Correct refused rows")  # fmt: skip
def repair_rows(request: ApiRequest, job_id: uuid.UUID, body: schemas.RowRepairs) -> HttpResponse:
    """Correct cells; each row comes back as fixed or with what is still wrong."""
    _require_import(request)
    rows = facade.repair_rows(request.ctx, job_id, [row.dict() for row in body.rows])
    return answer({"data": [facade.row_json(row, request.ctx.locale) for row in rows]})


@router.post("/imports/{job_id}/retry", response=schemas.Import, operation_id="imports_retry",
             summary="Import the corrected rows")  # fmt: skip
def retry_import(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """Import what has been corrected."""
    _require_import(request)
    return answer(_import(request, facade.retry_import(request.ctx, job_id)))


@router.post(
    "/imports/{job_id}/undo", response=schemas.Import, operation_id="imports_undo", summary="Undo an import"
)
def undo_import(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """Take back what it wrote; records that were changed since are left alone."""
    _require_import(request)
    return answer(_import(request, facade.undo_import(request.ctx, job_id)))


@router.get("/imports/{job_id}/errors.xlsx", operation_id="imports_errors", summary="Download the refused rows",
            openapi_extra={"responses": {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}})  # fmt: skip
def download_errors(request: ApiRequest, job_id: uuid.UUID) -> SentFile:
    """The refused rows with their reasons, ready to be corrected and imported again."""
    folder = Path(settings.MEDIA_ROOT).parent / "tmp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".xlsx") as scratch:
        job = facade.write_error_workbook(request.ctx, job_id, Path(scratch.name))
        # Opened before the name goes away: the bytes stay until the answer has been sent.
        opened = Path(scratch.name).open("rb")  # noqa: SIM115
    stem = job.filename.rsplit(".", 1)[0]
    suffix = Text("未导入的行", "not imported").in_(request.ctx.locale)
    return _download(opened, f"{stem} {suffix}.xlsx", XLSX)


@router.post(
    "/exports", response={202: schemas.Export}, operation_id="exports_create", summary="Export a query"
)
def create_export(request: ApiRequest, body: schemas.ExportCreate) -> HttpResponse:
    """Write what a query finds to a file, in the background."""
    job = facade.create_export(request.ctx, body.dict(exclude_unset=True))
    return answer(facade.export_json(request.ctx, job), 202)


@router.get(
    "/exports/{job_id}", response=schemas.Export, operation_id="exports_get", summary="Look at an export"
)
def get_export(request: ApiRequest, job_id: uuid.UUID) -> HttpResponse:
    """How far it is; `url` once the file is there."""
    return answer(facade.export_json(request.ctx, facade.get_export(request.ctx, job_id)))


@router.get("/exports/{job_id}/download", operation_id="exports_download", summary="Download an export",
            openapi_extra={"responses": {200: {"content": {"application/octet-stream": {}}}}})  # fmt: skip
def download_export(request: ApiRequest, job_id: uuid.UUID) -> SentFile:
    """The file."""
    job = facade.get_export(request.ctx, job_id)
    if job.file_id is None:
        raise NotFound
    kept = get_file(request.ctx, job.file_id)
    stream = open_own(request.ctx, kept.id)
    record(request.ctx, "export.downloaded", object_key=job.object_key, count=job.done_rows, export=job.id,
           file=job.filename)  # fmt: skip
    response = _download(stream, job.filename, kept.type)
    response.headers["Content-Length"] = str(kept.size)
    return response


def _download(stream: Any, filename: str, type_: str) -> SentFile:
    response = SentFile(stream, content_type=type_)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _require_import(request: ApiRequest) -> None:
    actor = request.ctx.actor
    if "import" not in (actor.verbs or ()) or not actor.can_write:
        raise Forbidden


def _import(request: ApiRequest, job: Any) -> dict[str, Any]:
    reasons = (
        facade.list_reasons(request.ctx, job) if job.counts.get("refused") or job.counts.get("fixed") else []
    )
    return facade.job_json(request.ctx, job) | {"reasons": reasons}


def _limit(limit: int) -> int:
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid("limit", "out_of_range", BAD_LIMIT, max=MAX_LIMIT)
    return limit
