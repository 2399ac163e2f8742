"""`/files`: uploading files and fetching them."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import IO

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from guanxi.engine.records import files
from guanxi.engine.records.file_kinds import SHOWN
from guanxi.engine.tenancy.recording import record
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import NotFound
from guanxi.kit.ids import parse_id

router = Router(tags=["Files"])

AT_ONCE = 1024 * 1024
"""Files up to this size are answered whole, larger ones in pieces."""
_PIECE = 256 * 1024
# Whatever a browser makes of the bytes, it has no origin, no scripts and no network.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_ANSWERS = {
    "responses": {
        200: {
            "description": "The bytes",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "Not changed since `If-None-Match`"},
    }
}


class StoredFile(Schema):
    """An uploaded file. A record takes it when a file field is given its id."""

    id: uuid.UUID
    name: str
    size: int
    type: str
    url: str


@router.post("/files", response={201: StoredFile}, operation_id="files_upload", summary="Upload a file")
def post_file(request: ApiRequest, file: File[UploadedFile]) -> Status[StoredFile]:
    """Upload a file. Its type is read from its content; within a day a record must take it."""
    row = files.take_in(request.ctx, file, file.name)
    return Status(201, StoredFile(**files.describe(row)))


@router.get("/files/{file_id}", operation_id="files_get", summary="Fetch a file", openapi_extra=_ANSWERS)
def get_file(request: ApiRequest, file_id: str) -> HttpResponseBase:
    """The bytes of a file: images may be shown, everything else is to be saved."""
    found = parse_id(file_id)
    if found is None:
        raise NotFound
    content = files.open_file(request.ctx, found)
    row = content.row
    tag = f'"{row.sha256}"'
    if _has(request, tag):
        content.stream.close()
        return _headed(HttpResponseNotModified(), tag)
    record(request.ctx, "file.downloaded", object_key=row.object_key, record_id=row.record_id, file=row.id,
           name=row.name, size=row.size)  # fmt: skip
    is_shown = row.type in SHOWN
    response: HttpResponseBase
    if row.size <= AT_ONCE:
        with content.stream:
            response = HttpResponse(content.stream.read(), content_type=row.type)
    else:
        response = StreamingHttpResponse(_pieces(content.stream), content_type=row.type)
    response.headers["Content-Length"] = str(row.size)
    response.headers["Content-Disposition"] = (
        content_disposition_header(not is_shown, row.name) or "attachment"
    )
    return _headed(response, tag)


def _headed(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    # Whoever loses the right to see it must not find it in the cache: asked for anew each time.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _has(request: HttpRequest, tag: str) -> bool:
    given = request.headers.get("If-None-Match", "")
    return tag in [part.strip().removeprefix("W/") for part in given.split(",")]


async def _pieces(stream: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while piece := await asyncio.to_thread(stream.read, _PIECE):
            yield piece
    finally:
        stream.close()
