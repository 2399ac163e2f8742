"""Where imports and exports hold data of people: rows, what was seen of files, and the files themselves.

*How it works*: a file of an import or an export is removed when the person stands in it, whatever its encoding;
workbooks are looked into part by part. Rows that were refused are blacked out. What is left of an import
whose file is gone can no longer be run or repaired; it can still be undone.
"""

import uuid
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from guanxi.engine.records.file_store import file_store
from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, declare_place, eraser_registry
from guanxi.engine.transfer.models import ExportJob
from guanxi.kit.mentions import mentions
from guanxi.kit.text import Text

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
PART = 4 * 1024 * 1024
OVERLAP = 512
_MOST = 1 << 30


def erase_files(ctx: Ctx, erasure: Erasure) -> int:
    """Remove the files of imports and exports that mention the person; gives their number."""
    if not erasure.pattern:
        return 0
    kept = StoredFile.objects.filter(
        workspace_id=ctx.workspace.id, object_key__in=("import", "export"), record_id=None
    )
    gone = [row.id for row in kept.order_by("id").iterator() if _holds(ctx, row.id, erasure.pattern)]
    spooled = list(_spooled(gone))
    StoredFile.objects.filter(id__in=gone).delete()
    ExportJob.objects.filter(workspace_id=ctx.workspace.id, file_id__in=gone).update(
        file_id=None, status="failed", error=ERASED.as_dict()
    )
    transaction.on_commit(lambda: _unlink(ctx.workspace.id, gone, spooled))
    return len(gone)


def file_mentions(stream: IO[bytes], pattern: str) -> bool:
    """True when a file (also one inside a workbook) holds a mention, in any of the usual encodings."""
    if zipfile.is_zipfile(stream):
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            return any(
                _mentions(archive.open(part), pattern)
                for part in archive.infolist()
                if part.file_size < _MOST
            )
    stream.seek(0)
    return _mentions(stream, pattern)


def _mentions(stream: IO[bytes], pattern: str) -> bool:
    # CSV doubles quotation marks, workbooks write & as &amp;.
    quoted = '"' in pattern or "&" in pattern or "'" in pattern
    for piece in _pieces(stream):
        for encoding in ENCODINGS:
            text = piece.decode(encoding, errors="replace")
            if mentions(text, pattern) or (quoted and mentions(unescape(text.replace('""', '"')), pattern)):
                return True
    return False


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while block := stream.read(PART):
        yield before + block
        before = block[-OVERLAP:]


def _holds(ctx: Ctx, file_id: uuid.UUID, pattern: str) -> bool:
    try:
        with file_store.open(ctx.workspace.id, file_id) as stream:
            return file_mentions(stream, pattern)
    except (FileNotFoundError, zipfile.BadZipFile):
        return True  # what cannot be looked into is not kept


def _spooled(ids: list[uuid.UUID]) -> Iterator[Path]:
    folder = Path(settings.MEDIA_ROOT).parent / "tmp" / "imports"
    for file_id in ids:
        if folder.is_dir():
            yield from folder.glob(f"{file_id.hex}-*")


def _unlink(workspace_id: uuid.UUID, ids: list[uuid.UUID], spooled: list[Path]) -> None:
    for file_id in ids:
        file_store.delete(workspace_id, file_id)
    for path in spooled:
        path.unlink(missing_ok=True)


ERASED = Text(
    "文件里有已删除的个人信息，文件已一并删除。",
    "The file held personal data that was erased; it was removed.",
)
eraser_registry.register(
    Eraser("transfer_files", Text("导入和导出的文件", "Files of imports and exports"), (), erase_files)
)
declare_place("import_job", "导入任务", "Imports",
              texts=("filename", "columns", "mapping", "options", "prepared", "preview", "counts", "error"))  # fmt: skip
declare_place(
    "import_row", "导入中被拒绝的行", "Rows refused by imports", texts=("cells", "clipped", "errors")
)
declare_place("export_job", "导出任务", "Exports", texts=("query", "filename", "error"))
