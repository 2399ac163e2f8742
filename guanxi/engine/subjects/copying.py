"""The copy of a person's data: a zip with JSON, the same to read as page and as PDF, and the files; fetched once.

*How it works*: a job gathers and packs. The clerk then makes a link of 160 random bits, of which the hash is
kept, and gives it to the person. Fetching it once, or its running out, removes the file.

*See*: gathering.py for what is in it.
"""

import tempfile
import uuid
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from procrastinate.contrib.django import app

from guanxi.engine.identity.rules import make_secret, parse_secret
from guanxi.engine.records.file_store import file_store
from guanxi.engine.records.files import adopt_file
from guanxi.engine.subjects import desk
from guanxi.engine.subjects.erasing import note
from guanxi.engine.subjects.finding import chosen
from guanxi.engine.subjects.gathering import gather
from guanxi.engine.subjects.models import DataCopy, SubjectRequest
from guanxi.engine.subjects.places import COPY, drop_files
from guanxi.engine.subjects.printing import TITLE, printed
from guanxi.engine.subjects.working import QUEUE, worker_ctx
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

MAKE = "subjects.copy"
KIND = "copy"
LASTS = timedelta(hours=72)
NOT_READY = Text("副本还没有准备好。", "The copy is not ready yet.")


def start(ctx: Ctx, request_id: uuid.UUID, version: int) -> SubjectRequest:
    """Have a worker make a copy; raises Conflict before the identity was checked."""
    row = desk.claimed(ctx, request_id, version)
    desk.require_disclosable(row)
    if not row.records:
        raise invalid("records", "required", desk.NOTHING)
    drop_files(ctx, [row.id])
    made = DataCopy.objects.create(
        workspace_id=ctx.workspace.id,
        request_id=row.id,
        locale=ctx.locale,
        created_by=ctx.actor.user_id,
        created_at=ctx.now,
    )
    app.configure_task(MAKE, queue=QUEUE, lock=f"{MAKE}:{row.id}").defer(
        workspace_id=str(ctx.workspace.id), copy_id=str(made.id)
    )
    note(ctx, row, "copying")
    return desk.saved(row)


def make(workspace_id: uuid.UUID, copy_id: uuid.UUID) -> None:
    """Gather and pack; made already means nothing to do."""
    with session(workspace_id):
        copy = DataCopy.objects.select_for_update().filter(id=copy_id, status="queued").first()
        if copy is None:
            return
        request = SubjectRequest.objects.get(id=copy.request_id)
        ctx = worker_ctx(workspace_id, copy.created_by)
        data, files = gather(ctx, chosen(request.records))
        folder = Path(settings.MEDIA_ROOT).parent / "tmp"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder) as place:
            path = Path(place) / "copy.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("data.json", dumps(data))
                archive.writestr("index.html", _page(ctx, data))
                pdf = printed(ctx, data)
                if pdf is not None:
                    archive.writestr("data.pdf", pdf)
                for number, row in enumerate(files, 1):
                    try:
                        with file_store.open(workspace_id, row.id) as stream:
                            archive.writestr(f"files/{number:03d}-{Path(row.name).name}", stream.read())
                    except FileNotFoundError:
                        continue
            kept = adopt_file(ctx, path, name="copy.zip", type_="application/zip", object_key=COPY)
        copy.status, copy.file_id, copy.size = "ready", kept.id, kept.size
        copy.counts = {
            "records": len(data["records"]),
            "files": len(files),
            "consents": len(data["consents"]),
        }
        copy.save()
        note(ctx, request, "copied", **copy.counts)
        record(ctx, "subject.copied", request=request.number, count=len(data["records"]))


def link(ctx: Ctx, request_id: uuid.UUID, version: int) -> dict[str, Any]:
    """A new link to the latest copy: `{url, expires_at}`, told this once; earlier links are dead."""
    row = desk.claimed(ctx, request_id, version)
    copy = (
        DataCopy.objects.select_for_update().filter(request_id=row.id, status="ready").order_by("-id").first()
    )
    if copy is None:
        raise Conflict(NOT_READY, code="not_ready")
    secret = make_secret(KIND, ctx.workspace.id)
    parsed = parse_secret(KIND, secret)
    assert parsed is not None
    copy.token_hash, copy.expires_at = parsed.hash, ctx.now + LASTS
    copy.save(update_fields=["token_hash", "expires_at"])
    note(ctx, row, "linked")
    return {
        "url": f"{settings.GUANXI_PUBLIC_URL}/api/v1/public/copies/{secret}",
        "expires_at": copy.expires_at,
    }


def fetch(token: str) -> IO[bytes]:
    """The file, once; opens its own session. Raises NotFound."""
    parsed = parse_secret(KIND, token)
    if parsed is None or parsed.workspace_id is None:
        raise NotFound
    with session(parsed.workspace_id):
        copy = DataCopy.objects.select_for_update().filter(token_hash=parsed.hash, status="ready").first()
        ctx = load_system_ctx(parsed.workspace_id) if copy is not None else None
        if (
            copy is None
            or ctx is None
            or copy.file_id is None
            or copy.expires_at is None
            or copy.expires_at < ctx.now
        ):
            raise NotFound
        stream = file_store.open(parsed.workspace_id, copy.file_id)
        drop_files(ctx, [copy.request_id])
        DataCopy.objects.filter(id=copy.id).update(status="fetched", fetched_at=ctx.now)
        request = SubjectRequest.objects.get(id=copy.request_id)
        note(ctx, request, "fetched")
        record(ctx, "subject.fetched", request=request.number)
        return stream


def expire(ctx: Ctx) -> None:
    """Remove the files of copies whose time is over (an hourly chore)."""
    old = DataCopy.objects.filter(
        workspace_id=ctx.workspace.id, status="ready", created_at__lt=ctx.now - 2 * LASTS
    )
    drop_files(ctx, list(old.values_list("request_id", flat=True)))


def _page(ctx: Ctx, data: Mapping[str, Any]) -> str:
    parts = []
    for each in data["records"]:
        rows = "".join(
            f"<tr><th>{escape(f['label'])}</th><td>{escape(str(f['text'] or f['value'] or ''))}</td></tr>"
            for f in each["fields"]
        )
        parts.append(f"<h2>{escape(each['label'])}</h2><table>{rows}</table>")
    listed = "".join(f"<li>{escape(f['name'])}</li>" for f in data["files"])
    return (
        f'<!doctype html><html lang="{escape(ctx.locale)}"><head><meta charset="utf-8"><title>{escape(TITLE.in_(ctx.locale))}</title>'
        "<style>body{font:14px/1.7 system-ui,sans-serif;max-width:760px;margin:40px auto;padding:0 24px}table{width:100%;"
        "border-collapse:collapse}th,td{border-bottom:1px solid #ddd;text-align:left;padding:6px 8px;vertical-align:top}"
        "th{width:180px;font-weight:500;color:#666}h2{font-size:16px}</style></head><body>"
        f"<h1>{escape(TITLE.in_(ctx.locale))}</h1><p>{escape(data['controller'])} · {escape(data['made_at'][:10])}</p>"
        f"{''.join(parts)}<ul>{listed}</ul></body></html>"
    )


chore_registry.register(Chore("subjects.expire_copies", expire))
