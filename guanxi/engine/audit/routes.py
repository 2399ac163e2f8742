"""`/audit`: searching, exporting and verifying what happened; for auditors."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from guanxi.engine.audit import exporting, searching, watching
from guanxi.engine.audit.gate import require_auditor
from guanxi.engine.audit.kinds import GROUPS, kinds
from guanxi.engine.audit.state import last_verified, stream_states
from guanxi.engine.audit.tasks import verify_workspace
from guanxi.engine.audit.words import HOW
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

router = Router(tags=["Audit"])
VERIFICATIONS_A_MINUTE = 3
EXPORTS_A_MINUTE = 6
BAD_FORMAT = Text("格式只能是 csv 或 xlsx。", "The format must be csv or xlsx.")
_FILE = {
    "responses": {
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


class AuditSearch(Schema):
    """What is looked for: everything that is given must hold."""

    group: str = Field("", max_length=40)
    kind: str = Field("", max_length=40)
    actor: str = Field("", max_length=40)
    token: str = Field("", max_length=40)
    object: str = Field("", max_length=40)
    record: str = Field("", max_length=40)
    since: str = Field("", alias="from", max_length=40)
    until: str = Field("", alias="to", max_length=40)
    ip: str = Field("", max_length=45)


@router.get("/audit", operation_id="audit_list", summary="Search the audit")
def list_entries(
    request: HttpRequest,
    wanted: Query[AuditSearch],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> HttpResponse:
    """Entries, newest first. `record` finds also the requests that changed the record."""
    ctx = ctx_of(request)
    require_auditor(ctx)
    search = searching.read_search(wanted.dict())
    entries, following = searching.find(ctx, search, limit=limit, cursor=cursor)
    return answer({"data": searching.present(ctx, entries), "page": {"next": following, "count": None}})


@router.get("/audit/about", operation_id="audit_about", summary="Kinds of entries, and how the seal stands")
def about(request: HttpRequest) -> HttpResponse:
    """What can be searched for, the state of the seal, and what is watched."""
    ctx = ctx_of(request)
    require_auditor(ctx)
    listed = [{"key": kind.key, "group": kind.group, "label": kind.label.as_dict()} for kind in kinds]
    groups = [{"key": key, "label": label.as_dict()} for key, label in GROUPS.items()]
    return answer({"kinds": listed, "groups": groups, "seal": _seal(ctx), "settings": watching.as_json(ctx)})


@router.patch("/audit/settings", operation_id="audit_settings", summary="What is watched and marked")
def save_settings(request: HttpRequest) -> HttpResponse:
    """Alerts of unusual reading, and the visible line in exports. Needs the version; administrators only."""
    ctx = ctx_of(request)
    require_auditor(ctx, change=True)
    body = dict(read_object(request))
    version = version_of(request, body)
    return answer(watching.save(ctx, body, version))


@router.post(
    "/audit/verify", response={202: None}, operation_id="audit_verify", summary="Verify the seal now"
)
def verify(request: HttpRequest) -> HttpResponse:
    """Seals and verifies in the background; `GET /audit/about` tells what came out."""
    ctx = ctx_of(request)
    require_auditor(ctx)
    checks.count(f"audit:{ctx.workspace.id}", VERIFICATIONS_A_MINUTE)
    verify_workspace.defer(workspace_id=str(ctx.workspace.id))
    return answer({"seal": _seal(ctx)}, 202)


@router.get("/audit/export", operation_id="audit_export", summary="Export the audit", openapi_extra=_FILE)
def export(
    request: HttpRequest,
    wanted: Query[AuditSearch],
    file_type: Annotated[str, Query(alias="format", max_length=8)] = "xlsx",
) -> HttpResponse:
    """What the search finds as a file, at most 100,000 entries. The export is itself an entry."""
    ctx = ctx_of(request)
    require_auditor(ctx)
    if file_type not in exporting.TYPES:
        raise invalid("format", "wrong_type", BAD_FORMAT)
    checks.count(f"audit-export:{ctx.workspace.id}", EXPORTS_A_MINUTE)
    content = exporting.export(ctx, searching.read_search(wanted.dict()), file_type)
    response = HttpResponse(content, content_type=exporting.TYPES[file_type])
    response["Content-Disposition"] = f'attachment; filename="audit-{ctx.today:%Y-%m-%d}.{file_type}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@router.get("/audit/{entry_id}", operation_id="audit_get", summary="One entry")
def get_entry(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """The entry, with what its request changed."""
    ctx = ctx_of(request)
    require_auditor(ctx)
    entry = searching.get(ctx, entry_id)
    (shown,) = searching.present(ctx, [entry])
    return answer(shown | {"changes": searching.changes_of(ctx, entry)})


def _seal(ctx: Ctx) -> dict[str, Any]:
    verified = last_verified(ctx.workspace.id)
    broken = [
        each | {"text": HOW[each["how"]].in_(ctx.locale, row=each.get("row_id") or "", block=each["seq"])}
        for each in (verified or {}).get("broken", [])
    ]
    return {
        "streams": [
            {"stream": each.stream, "blocks": each.seq, "sealed_at": each.sealed_at,
             "waiting_since": each.waiting_since, "is_known_outside": each.is_known_outside}
            for each in stream_states(ctx.workspace.id)
        ],
        "verified": {"at": verified["at"], "entries": verified["entries"]} if verified else None,
        "broken": broken,
    }  # fmt: skip
