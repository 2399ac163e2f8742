"""Files that visitors hang on an answer: a few, small, of kinds that a firm expects, and gone where nothing comes of them.

*How it works*: the page uploads a file first, with a proof of work of its own; it is looked at as every upload is
(records/files.py: by its bytes, never by what the sender says) and kept for the program. The page gets a `receipt` that only
we can have made, good for one form and one field; the answer hands in receipts. What no answer takes within a day is
removed by the chore of all files.

*Rules*: nobody can fetch a file by its receipt, and nobody's file can be named without one.
"""

import hashlib
import hmac
import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum

from guanxi.domains.sales.web_forms.models import WebForm
from guanxi.engine.records import files
from guanxi.engine.records.file_kinds import SHOWN, clean_name, sniff
from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import TooLarge, TooMany, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
WAITING_BYTES = 1024**3
"""So much of strangers' files may wait for an answer in a workspace, and no more."""
FRESH = timedelta(hours=24)
_OFFICE = "application/vnd.openxmlformats-officedocument"
TAKEN = SHOWN | {
    "image/heic", "image/tiff", "application/pdf", "text/plain", "text/csv", "application/msword",
    "application/vnd.ms-excel", "application/vnd.ms-powerpoint", f"{_OFFICE}.wordprocessingml.document",
    f"{_OFFICE}.spreadsheetml.sheet", f"{_OFFICE}.presentationml.presentation",
}  # fmt: skip
NO_FILE = Text("请选择文件。", "Choose a file.")
TOO_LARGE = Text("文件最大 {max} MB。", "A file may have at most {max} MB.")
WRONG_KIND = Text(
    "只收图片、PDF、Word、Excel、PowerPoint 和文本文件。",
    "Images, PDF, Word, Excel, PowerPoint and text files only.",
)


def take_file(
    ctx: Ctx, form: WebForm, field: str, upload: "UploadedFile[bytes] | None", secret: bytes
) -> dict[str, Any]:
    """Keep a file for an answer to come: `{"receipt", "name", "size"}`. Raises Invalid, TooLarge, TooMany."""
    if upload is None or upload.file is None:
        raise invalid("file", "required", NO_FILE)
    if (upload.size or 0) > MAX_BYTES:
        raise TooLarge(TOO_LARGE, code="file_too_large", max=MAX_BYTES // 1024**2)
    if sniff(upload.file, clean_name(upload.name)) not in TAKEN and upload.size:
        raise invalid("file", "wrong_kind", WRONG_KIND)
    waiting = StoredFile.objects.filter(
        workspace_id=ctx.workspace.id, created_by__isnull=True, record_id__isnull=True, object_key="",
        created_at__gt=ctx.now - FRESH,
    )  # fmt: skip
    if (waiting.aggregate(size=Sum("size"))["size"] or 0) > WAITING_BYTES:
        raise TooMany(extra={"retry_after": 3600})
    row = files.take_in(ctx, upload, upload.name)
    return {"receipt": _receipt(form, field, row.id, secret), "name": row.name, "size": row.size}


def file_of(form: WebForm, field: str, receipt: Any, secret: bytes) -> uuid.UUID | None:
    """The file of a receipt; None for what is none of this form and field."""
    if not isinstance(receipt, str) or not receipt.isascii():
        return None
    found = parse_id(receipt.partition(".")[0])
    if found is None or not hmac.compare_digest(_receipt(form, field, found, secret), receipt):
        return None
    return found


def _receipt(form: WebForm, field: str, file_id: uuid.UUID, secret: bytes) -> str:
    said = f"file.{form.id.hex}.{field}.{file_id.hex}".encode()
    return f"{file_id}.{hmac.new(secret, said, hashlib.sha256).hexdigest()}"
