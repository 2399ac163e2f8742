"""The list of erasures outside the database, so that a restored backup keeps them: GUANXI_HOME/erasures.

*How it works*: after an erasure has committed, a line is added to the workspace's file: which records went, which
were kept, the certificate, and of what the person was known by a keyed hash. No name or number stands in it:
after a restore the records themselves tell these again, and the hash says which of them to look for. What a
crash left out is added by the hourly chore.

*Rules*: append only. Copy this folder to where backups are kept; a restore on another machine needs it.

*See*: config/backup/after.py, docs/adr/0062-requests-of-persons.md.
"""

import hashlib
import hmac
import json
import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from guanxi.engine.subjects.models import Certificate
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx

FOLDER = "erasures"


def path_of(workspace_id: uuid.UUID) -> Path:
    """The file of a workspace."""
    return Path(settings.GUANXI_HOME) / FOLDER / f"{workspace_id}.jsonl"


def keyed(mark: str) -> str:
    """The keyed hash of a name, number or address."""
    return hmac.new(settings.SECRET_KEY.encode(), b"erased:" + mark.encode(), hashlib.sha256).hexdigest()


def read(workspace_id: uuid.UUID) -> list[dict[str, Any]]:
    """The lines of a workspace; half a line, of a machine that went down, is passed over."""
    path = path_of(workspace_id)
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def write_down(ctx: Ctx) -> None:
    """Add the certificates that the file does not hold yet (also an hourly chore)."""
    known = {line["number"] for line in read(ctx.workspace.id)}
    rows = Certificate.objects.filter(workspace_id=ctx.workspace.id).exclude(number__in=known).order_by("id")
    _append(ctx.workspace.id, [_line(row) for row in rows])


def _line(row: Certificate) -> dict[str, Any]:
    return {
        "number": row.number, "request": str(row.request_id), "made_at": row.made_at.isoformat(),
        "made_by": str(row.made_by) if row.made_by else None, "body": row.body, "hash": row.hash,
        "erased": row.erased, "kept": row.kept, "marks": row.marks,
    }  # fmt: skip


def _append(workspace_id: uuid.UUID, lines: Iterable[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if not text:
        return
    path = path_of(workspace_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        broken = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, ("\n" * broken + text).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


chore_registry.register(Chore("subjects.write_down_erasures", write_down))
