"""Notices (告知书, PIPL art. 17; GDPR art. 13-14): written as a draft, published in versions that never change.

*How it works*: a notice has one draft and any number of published versions, each with its texts in both
languages, the purposes it covers and the day it takes effect. In force is the last one whose day has come. A version
that `renews` makes consent given before its day count no more (PIPL art. 14: what changed takes a new consent).

*Rules*: publishing only ever adds; who publishes holds the notice, so that two versions never share a number. The
public page is reached by an address nobody can guess and shows what is in force, its history, and nothing else.
"""

import difflib
import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from guanxi.engine.identity.rules import make_secret, parse_secret
from guanxi.engine.privacy import rows
from guanxi.engine.privacy.models import Notice, NoticeVersion, Purpose
from guanxi.engine.privacy.rules import BASES
from guanxi.engine.schema.changes import bumped
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, FieldError, Invalid, NotFound, invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

KIND = "notice"
MAX_NOTICES = 100
MAX_BODY = 60_000
PUBLISHED = Text(
    "已发布过的告知书不能删除，可以停用。",
    "A notice that was published cannot be deleted; retire it instead.",
)
BAD_START = Text("生效时间不能早于现在。", "It cannot take effect in the past.")
NOTHING_TO_PUBLISH = Text("请先写好标题、正文，并选择它涉及的处理目的。", "Write a title and a text, and choose the purposes, first.")  # fmt: skip
UNKNOWN_VERSION = Text("没有这个版本。", "There is no such version.")


def list_notices(ctx: Ctx) -> list[dict[str, Any]]:
    """Every notice with the version in force."""
    found = list(Notice.objects.filter(workspace_id=ctx.workspace.id).order_by("retired", "id"))
    versions = _versions(ctx, [row.id for row in found])
    return [shown(ctx, row, versions.get(row.id, [])) for row in found]


def read(ctx: Ctx, notice_id: uuid.UUID) -> dict[str, Any]:
    """A notice with its draft and every version; raises NotFound."""
    row = rows.find(ctx, Notice, notice_id)
    versions = _versions(ctx, [row.id]).get(row.id, [])
    return shown(ctx, row, versions) | {
        "draft": _draft(row),
        "versions": [version_json(version) for version in versions],
    }


def shown(ctx: Ctx, row: Notice, versions: list[NoticeVersion]) -> dict[str, Any]:
    """A notice in the API."""
    current = in_force(ctx, versions)
    return {
        "id": row.id, "name": row.name, "retired": row.retired, "published": row.published, "version": row.version,
        "url": url_of(row), "current": current.number if current else None, "updated_at": row.updated_at,
        "purposes": _draft(row)["purposes"],
    }  # fmt: skip


def version_json(row: NoticeVersion) -> dict[str, Any]:
    """A published version in the API."""
    return {
        "id": row.id, "number": row.number, "title": row.title, "body": row.body, "purposes": row.purposes,
        "change_note": row.change_note, "renews": row.renews, "effective_from": row.effective_from,
        "published_at": row.published_at, "published_by": row.published_by_name, "sha256": row.sha256,
    }  # fmt: skip


def url_of(row: Notice) -> str:
    """The public page of a notice."""
    return f"{settings.GUANXI_PUBLIC_URL}/notice/{row.public_key}"


def in_force(ctx: Ctx, versions: list[NoticeVersion]) -> NoticeVersion | None:
    """The last of `versions` (newest first) whose day has come."""
    return next((version for version in versions if version.effective_from <= ctx.now), None)


def create(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new notice with its draft; raises Forbidden, Invalid."""
    rows.require_desk(ctx)
    if Notice.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_NOTICES:
        raise invalid("name", "too_many", rows.TOO_MANY, max=MAX_NOTICES)
    row = Notice(workspace_id=ctx.workspace.id, created_at=ctx.now, updated_at=ctx.now)
    rows.fill(row, given, _readers(ctx), needed=("name",))
    row.public_key = make_secret(KIND, ctx.workspace.id)
    row.save(force_insert=True)
    rows.told(ctx, "notice", row, {}, {"name": row.name})
    return read(ctx, row.id)


def update(ctx: Ctx, notice_id: uuid.UUID, given: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Change name and draft; raises Forbidden, NotFound, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Notice, notice_id, lock=True)
    before = {"name": row.name, "retired": row.retired}
    rows.at_version(row, version)
    rows.fill(row, given, _readers(ctx), needed=("name",))
    row.updated_at = ctx.now
    row.save()
    rows.told(ctx, "notice", row, before, {"name": row.name, "retired": row.retired})
    return read(ctx, row.id)


def delete(ctx: Ctx, notice_id: uuid.UUID) -> None:
    """Delete a notice that was never published; raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Notice, notice_id, lock=True)
    if row.published:
        raise Conflict(PUBLISHED, code="published")
    row.delete()
    row.id = notice_id
    rows.told(ctx, "notice", row, {"name": row.name}, {})


def publish(ctx: Ctx, notice_id: uuid.UUID, given: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Publish the draft as the next version; raises Forbidden, NotFound, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    notice = rows.find(ctx, Notice, notice_id, lock=True)
    rows.at_version(notice, version)
    made = NoticeVersion(workspace_id=ctx.workspace.id, notice=notice, number=notice.published + 1)
    made.effective_from = ctx.now
    readers = {"effective_from": rows.moment, "renews": rows.flag, "change_note": rows.text(2000)}
    rows.fill(made, given, readers)
    start: datetime | None = made.effective_from
    made.effective_from = start if start is not None else ctx.now
    draft = _draft(notice)
    if made.effective_from < ctx.now and (ctx.now - made.effective_from).total_seconds() > 300:
        raise invalid("effective_from", "in_past", BAD_START)
    if not draft["title"] or not draft["body"] or not draft["purposes"]:
        raise Invalid(errors=[FieldError("draft", "required", NOTHING_TO_PUBLISH)])
    made.title, made.body, made.purposes = draft["title"], draft["body"], draft["purposes"]
    made.sha256 = hashlib.sha256(dumps([made.title, made.body, made.purposes])).hexdigest()
    made.published_at, made.published_by = ctx.now, ctx.actor.user_id
    made.published_by_name = ctx.actor.name[:120]
    made.save(force_insert=True)
    notice.published, notice.updated_at = made.number, ctx.now
    notice.save()
    if made.renews:
        Purpose.objects.filter(workspace_id=ctx.workspace.id, id__in=made.purposes).update(
            renewed_at=made.effective_from
        )
        bumped(ctx)
    record(ctx, "notice.published", record_id=notice.id, name=notice.name, number=made.number, sha256=made.sha256,
           renews=made.renews, effective_from=made.effective_from)  # fmt: skip
    return read(ctx, notice.id)


def difference(ctx: Ctx, notice_id: uuid.UUID, old: int, new: int | None) -> dict[str, Any]:
    """What changed from version `old` (0: nothing yet) to `new` (None: the draft), by language, line by line."""
    row = rows.find(ctx, Notice, notice_id)
    by_number = {version.number: version for version in _versions(ctx, [row.id]).get(row.id, [])}
    texts = []
    for number in (old, new):
        if number is None:
            texts.append(_draft(row))
        elif number == 0:
            texts.append({"title": {}, "body": {}, "purposes": []})
        elif number in by_number:
            texts.append({name: getattr(by_number[number], name) for name in ("title", "body", "purposes")})
        else:
            raise NotFound(UNKNOWN_VERSION)
    before, after = texts
    lines = {language: _lines(before, after, language) for language in rows.LANGUAGES}
    gone, come = (
        set(before["purposes"]) - set(after["purposes"]),
        set(after["purposes"]) - set(before["purposes"]),
    )
    return {"lines": lines, "purposes": {"removed": sorted(gone), "added": sorted(come)}}


def read_public(key: str) -> dict[str, Any]:
    """What strangers see of a notice; opens its own session. Raises NotFound alike for all there is not."""
    parsed = parse_secret(KIND, key)
    if parsed is None or parsed.workspace_id is None:
        raise NotFound
    with session(parsed.workspace_id):
        notice = Notice.objects.filter(
            workspace_id=parsed.workspace_id, public_key=key, retired=False
        ).first()
        if notice is None:
            raise NotFound
        ctx = load_system_ctx(parsed.workspace_id)
        versions = _versions(ctx, [notice.id]).get(notice.id, [])
        current = in_force(ctx, versions)
        if current is None:
            raise NotFound
        purposes = Purpose.objects.filter(workspace_id=ctx.workspace.id, id__in=current.purposes)
        return {
            "company": ctx.workspace.name, "title": current.title, "body": current.body, "number": current.number,
            "effective_from": current.effective_from,
            "purposes": [
                {"name": row.name, "description": row.description, "basis": BASES[row.basis].label.as_dict()}
                for row in purposes.order_by("position", "id")
            ],
            "versions": [
                {"number": version.number, "title": version.title, "body": version.body,
                 "effective_from": version.effective_from, "change_note": version.change_note}
                for version in versions[:50]
            ],
        }  # fmt: skip


def current_for(ctx: Ctx, purposes: set[str]) -> list[dict[str, Any]]:
    """The versions in force that cover any of these purposes: what consent is given under."""
    found = {row.id: row for row in Notice.objects.filter(workspace_id=ctx.workspace.id, retired=False)}
    versions = _versions(ctx, list(found))
    current = [in_force(ctx, versions.get(notice_id, [])) for notice_id in found]
    return [
        {"id": row.id, "name": found[row.notice_id].name, "number": row.number, "title": row.title,
         "purposes": row.purposes, "url": url_of(found[row.notice_id])}
        for row in current
        if row is not None and purposes & set(row.purposes)
    ]  # fmt: skip


def _versions(ctx: Ctx, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[NoticeVersion]]:
    """By notice, its published versions, newest first."""
    found: dict[uuid.UUID, list[NoticeVersion]] = {}
    for row in NoticeVersion.objects.filter(workspace_id=ctx.workspace.id, notice_id__in=ids).order_by(
        "-number"
    ):
        found.setdefault(row.notice_id, []).append(row)
    return found


def _draft(row: Notice) -> dict[str, Any]:
    draft: dict[str, Any] = row.draft
    return {"title": {}, "body": {}, "purposes": []} | draft


def _readers(ctx: Ctx) -> dict[str, rows.Reader]:
    known = Purpose.objects.filter(workspace_id=ctx.workspace.id)
    purpose = rows.id_of(lambda found: known.filter(id=found).exists())
    draft = rows.shape(
        title=rows.pair(200), body=rows.pair(MAX_BODY),
        purposes=lambda value: [str(one) for one in rows.items(purpose, 100)(value) if one],
    )  # fmt: skip
    return {"name": rows.text(120), "draft": draft, "retired": rows.flag}


def _lines(before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    old, new = (
        [part["title"].get(language, ""), *part["body"].get(language, "").splitlines()]
        for part in (before, after)
    )
    kinds = {"  ": "same", "- ": "removed", "+ ": "added"}
    return [
        {"kind": kinds[line[:2]], "text": line[2:]} for line in difflib.ndiff(old, new) if line[:2] in kinds
    ]
