"""Reading one's own notices: newest first, page by page, in the reader's language."""

import base64
import binascii
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanxi.engine.notifications.models import Notification
from guanxi.engine.notifications.sight import Told, told
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit import jsons
from guanxi.kit.errors import invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

COUNT_CAP = 10_000
UNREAD_CAP = 100
"""Counting the unread stops here; screens show "99+"."""
KEPT = timedelta(days=90)

_BAD_CURSOR = Text(
    "翻页标记不对，请从第一页重新开始。", "The page cursor is not valid. Start from the first page."
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as its reader sees it."""

    id: uuid.UUID
    at: datetime
    kind: str
    title: str
    body: str | None
    url: str | None
    read: bool
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeRows:
    """One page; `count` is None on later pages."""

    rows: list[NoticeRow]
    next: str | None
    count: int | None
    unread_count: int


def list_notices(ctx: Ctx, *, unread: bool, limit: int, cursor: str | None) -> NoticeRows:
    """One's own notices (only unread ones if asked); raises Invalid for a bad cursor."""
    rows = own_notices(ctx)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    count = None if cursor else rows[: COUNT_CAP + 1].count()
    found = list(_after(rows, cursor).order_by("-created_at", "-id")[: limit + 1])
    page = found[:limit]
    following = _cursor(page[-1]) if len(found) > limit else None
    shown = [_shown(row, seen, ctx.locale) for row, seen in zip(page, told(ctx, page), strict=True)]
    return NoticeRows(shown, following, count, count_unread(ctx))


def own_notices(ctx: Ctx) -> QuerySet[Notification]:
    """What the actor has been told and is kept."""
    if ctx.actor.user_id is None:
        return Notification.objects.none()
    since = timezone.now() - KEPT
    return Notification.objects.filter(
        workspace_id=ctx.workspace.id, user_id=ctx.actor.user_id, created_at__gt=since
    )


def count_unread(ctx: Ctx) -> int:
    """How many the actor has not read, up to UNREAD_CAP."""
    return own_notices(ctx).filter(read_at__isnull=True)[:UNREAD_CAP].count()


def _after(rows: QuerySet[Notification], cursor: str | None) -> QuerySet[Notification]:
    if not cursor:
        return rows
    try:
        stamp, last = jsons.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError, binascii.Error) as error:
        raise invalid("cursor", "bad_cursor", _BAD_CURSOR) from error
    last_id, at = parse_id(last), moment(stamp)
    if last_id is None or at is None:
        raise invalid("cursor", "bad_cursor", _BAD_CURSOR)
    return rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last_id))


def _cursor(last: Notification) -> str:
    return base64.urlsafe_b64encode(jsons.dumps([last.created_at.isoformat(), str(last.id)])).decode()


def _shown(row: Notification, seen: Told, locale: str) -> NoticeRow:
    values = {key: _in_locale(value, locale) for key, value in seen.values.items()}
    return NoticeRow(
        id=row.id,
        at=row.created_at,
        kind=row.kind,
        title=Text.of(row.title).in_(locale, **values),
        body=Text.of(row.body).in_(locale, **values) or None,
        url=seen.url or None,
        read=row.read_at is not None,
        data=seen.data,
    )


def _in_locale(value: Any, locale: str) -> Any:
    if isinstance(value, dict) and value.keys() == {"zh-CN", "en"}:
        return Text.of(value).in_(locale)
    return value
