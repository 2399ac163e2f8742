"""The door of `engine.notifications`: telling people that something happened.

*How it works*: `notify` says the same to several people, `notify_each` something to each. One statement
writes all notices, one tells the open screens (web/stream.py); both belong to the caller's transaction.
A notice with a `group` joins the one its reader already has of that group: their `data["count"]` is
added up, the words become `grouped` ones, and it is unread again.

*Rules*: only people who may sign in are told. A title is a `Text`; its `{names}` come from `data`, whose
values are texts, numbers or pairs in both languages. `url` is a path of the web app. A record's title stands
under `record`, with `object_key` and `record_id` unless `url` leads to it: sight.py asks who still sees it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from guanxi.engine.identity.models import Membership
from guanxi.engine.records.store.telling import CHANNEL
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_ids
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

_INSERT = """
WITH written AS (
  INSERT INTO notification AS n
    (id, workspace_id, user_id, kind, title, body, url, data, group_key, created_at)
  SELECT x.id, %(workspace)s, x.user_id, x.kind, x.title, x.body, x.url, x.data, x.group_key, %(now)s
  FROM json_to_recordset(%(rows)s::json) AS x(id uuid, user_id uuid, kind text, title jsonb, body jsonb, url text,
    data jsonb, group_key text, grouped_title jsonb, grouped_url text)
  WHERE x.group_key IS {not_null} NULL
  {conflict}
  RETURNING n.id, n.user_id, n.kind
)
SELECT count(pg_notify(%(channel)s, json_build_object('workspace', %(workspace)s::uuid, 'user', w.user_id,
  'event', 'notification', 'data', json_build_object('id', w.id, 'kind', w.kind))::text)) FROM written w
"""
_JOIN_GROUP = """
  ON CONFLICT (workspace_id, user_id, group_key) WHERE group_key IS NOT NULL DO UPDATE SET
    title = (SELECT g.grouped_title FROM json_to_recordset(%(rows)s::json) AS g(id uuid, grouped_title jsonb)
             WHERE g.id = EXCLUDED.id),
    url = (SELECT g.grouped_url FROM json_to_recordset(%(rows)s::json) AS g(id uuid, grouped_url text)
           WHERE g.id = EXCLUDED.id),
    data = n.data || EXCLUDED.data || jsonb_build_object('count',
      coalesce((n.data ->> 'count')::bigint, 1) + coalesce((EXCLUDED.data ->> 'count')::bigint, 1)),
    created_at = EXCLUDED.created_at, read_at = NULL
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told; `grouped_title` and `grouped_url` serve once it stands for several things."""

    user_id: uuid.UUID
    title: Text
    body: Text | str = ""
    url: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    group: str | None = None
    grouped_title: Text | None = None
    grouped_url: str = ""


def notify(
    ctx: Ctx,
    user_ids: Iterable[uuid.UUID],
    kind: str,
    title: Text,
    body: Text | str = "",
    url: str = "",
    data: Mapping[str, Any] | None = None,
) -> int:
    """Tell these people the same thing; gives the number of people told."""
    notices = [Notice(user_id, title, body, url, data or {}) for user_id in dict.fromkeys(user_ids)]
    return notify_each(ctx, kind, notices)


def notify_each(ctx: Ctx, kind: str, notices: Sequence[Notice]) -> int:
    """Tell each of these people their own thing; gives the number of people told."""
    reachable = set(
        Membership.objects.filter(
            workspace_id=ctx.workspace.id, user_id__in={notice.user_id for notice in notices}
        )
        .exclude(status="disabled")
        .values_list("user_id", flat=True)
    )
    told = [notice for notice in notices if notice.user_id in reachable]
    rows = [_row(kind, notice, notice_id) for notice, notice_id in zip(told, new_ids(len(told)), strict=True)]
    if not rows:
        return 0
    given: dict[str, Any] = {
        "workspace": ctx.workspace.id,
        "now": ctx.now,
        "rows": dumps(rows).decode(),
        "channel": CHANNEL,
    }
    with connection.cursor() as db:
        if any(row["group_key"] is None for row in rows):
            db.execute(_INSERT.format(not_null="", conflict=""), given)
        if any(row["group_key"] is not None for row in rows):
            db.execute(_INSERT.format(not_null="NOT", conflict=_JOIN_GROUP), given)
    return len(rows)


def _row(kind: str, notice: Notice, notice_id: uuid.UUID) -> dict[str, Any]:
    return {
        "id": notice_id,
        "user_id": notice.user_id,
        "kind": kind,
        "title": notice.title.as_dict(),
        "body": Text.of(notice.body).as_dict() if notice.body else {},
        "url": notice.url,
        "data": dict(notice.data),
        "group_key": notice.group,
        "grouped_title": (notice.grouped_title or notice.title).as_dict(),
        "grouped_url": notice.grouped_url or notice.url,
    }
