"""Looking into the audit: filters, keyset pages, and what one entry holds.

*How it works*: entries come newest first by (at, id), along an index of the workspace and the filter that is
given. A record's entries are those that name it and the requests that changed it: these share the number of
their transaction with its journal. An entry's own page lists the changes of its transaction the same way.

*Rules*: a journal value is shown as the history shows it only in history.py; here stand names of fields.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from guanxi.engine.audit.kinds import GROUPS, Kind, kinds
from guanxi.engine.identity.facade import people
from guanxi.engine.identity.models import ApiToken
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of, sql
from guanxi.kit.text import Text

MOST_CHANGES = 100
MOST_TRANSACTIONS = 1000
UNKNOWN_KIND = Text("没有这种审计条目。", "There is no such kind of entry.")
UNKNOWN_GROUP = Text("没有这个分类。", "There is no such group.")
BAD_TIME = Text(
    "时间的格式不对，例如 2026-11-22T08:00:00+08:00。", "This is no time, such as 2026-11-22T08:00:00Z."
)
BAD_ID = Text("编号的格式不对。", "This is no id.")
BAD_CURSOR = Text("这个翻页标记不对。", "This cursor is not valid.")
_COLUMNS = (
    "e.id, e.at, e.kind, e.actor_id, e.token_id, e.ip, e.agent, e.via, e.operation, e.object_key, e.record_id,"
    " e.count, e.detail, e.tx"
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; everything that is given must hold."""

    group: str = ""
    kind: str = ""
    actor: uuid.UUID | None = None
    token: uuid.UUID | None = None
    object_key: str = ""
    record: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is stored."""

    id: uuid.UUID
    at: datetime
    kind: str
    actor_id: uuid.UUID | None
    token_id: uuid.UUID | None
    ip: str
    agent: str
    via: str
    operation: str
    object_key: str
    record_id: uuid.UUID | None
    count: int
    detail: Mapping[str, Any] = field(default_factory=dict)
    tx: int = 0


def read_search(given: Mapping[str, str]) -> Search:
    """The search that parameters describe; raises Invalid naming what does not fit."""
    errors: list[FieldError] = []

    def an_id(name: str) -> uuid.UUID | None:
        found = parse_id(given.get(name) or None)
        if given.get(name) and found is None:
            errors.append(FieldError(name, "bad_id", BAD_ID))
        return found

    def a_time(name: str, called: str) -> datetime | None:
        if not given.get(name):
            return None
        try:
            found = datetime.fromisoformat(given[name])
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            errors.append(FieldError(called, "bad_time", BAD_TIME))
            return None
        return found

    group, kind = given.get("group", ""), given.get("kind", "")
    if group and group not in GROUPS:
        errors.append(FieldError("group", "unknown_group", UNKNOWN_GROUP))
    if kind and kind not in kinds:
        errors.append(FieldError("kind", "unknown_kind", UNKNOWN_KIND))
    search = Search(group, kind, an_id("actor"), an_id("token"), given.get("object", "").replace("\0", "")[:40], an_id("record"),
                    a_time("since", "from"), a_time("until", "to"), given.get("ip", "").strip().replace("\0", "")[:45])  # fmt: skip
    if errors:
        raise Invalid(errors=errors)
    return search


def find(
    ctx: Ctx, search: Search, *, limit: int, cursor: str | None = None
) -> tuple[list[Entry], str | None]:
    """A page of entries, newest first, and the cursor of the next; raises Invalid."""
    conditions = [sql("e.workspace_id = {}", ctx.workspace.id), *_conditions(ctx, search)]
    if cursor:
        conditions.append(Sql("(e.at, e.id) < (%s, %s)", _place(cursor)))
    statement = (
        Sql(f"SELECT {_COLUMNS} FROM audit_entry e WHERE ")
        + all_of(conditions)
        + sql(" ORDER BY e.at DESC, e.id DESC LIMIT {}", limit + 1)
    )
    rows = _rows(statement)
    page = rows[:limit]
    following = f"{page[-1].at.isoformat()}|{page[-1].id}" if len(rows) > limit else None
    return page, following


def get(ctx: Ctx, entry_id: uuid.UUID) -> Entry:
    """One entry; raises NotFound."""
    rows = _rows(
        Sql(
            f"SELECT {_COLUMNS} FROM audit_entry e WHERE e.workspace_id = %s AND e.id = %s",
            (ctx.workspace.id, entry_id),
        )
    )
    if not rows:
        raise NotFound
    return rows[0]


def changes_of(ctx: Ctx, entry: Entry) -> list[dict[str, Any]]:
    """What was changed in the entry's transaction: records and the names of their fields."""
    if entry.kind != "request.write":
        return []
    schema = get_schema(ctx)
    with connection.cursor() as db:
        db.execute(
            "SELECT j.object_key, j.record_id, j.action,"
            " ARRAY(SELECT jsonb_object_keys(j.changes) WHERE jsonb_typeof(j.changes) = 'object')"
            " FROM journal_entry j WHERE j.workspace_id = %s AND j.tx = %s ORDER BY j.id LIMIT %s",
            [ctx.workspace.id, entry.tx, MOST_CHANGES],
        )
        rows = db.fetchall()
    told = []
    for object_key, record_id, action, names in rows:
        obj = schema.find(object_key)
        fields = obj.fields if obj else {}
        told.append({
            "object": object_key,
            "object_label": obj.label.as_dict() if obj else None,
            "record": str(record_id),
            "action": action,
            "fields": [fields[name].label.as_dict() for name in names if name in fields],
        })  # fmt: skip
    return told


def present(ctx: Ctx, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as the API tells them: two statements for the names of people and tokens."""
    names = people(ctx, {entry.actor_id for entry in entries if entry.actor_id})
    wanted = {entry.token_id for entry in entries if entry.token_id}
    tokens = (
        dict(ApiToken.objects.filter(workspace_id=ctx.workspace.id, id__in=wanted).values_list("id", "name"))
        if wanted
        else {}
    )
    schema = get_schema(ctx)
    shown = []
    for entry in entries:
        kind = kinds.find(entry.kind) or Kind(entry.kind, "settings", Text.of(entry.kind))
        obj = schema.find(entry.object_key) if entry.object_key else None
        shown.append({
            "id": str(entry.id),
            "at": entry.at,
            "kind": entry.kind,
            "kind_label": kind.label.as_dict(),
            "group": kind.group,
            "actor": _named(entry.actor_id, names),
            "token": _named(entry.token_id, tokens),
            "ip": entry.ip,
            "agent": entry.agent,
            "via": entry.via,
            "operation": entry.operation,
            "object": entry.object_key or None,
            "object_label": (obj.label_plural if obj else Text.of(entry.object_key)).as_dict()
            if entry.object_key
            else None,
            "record": str(entry.record_id) if entry.record_id else None,
            "count": entry.count,
            "detail": entry.detail,
        })  # fmt: skip
    return shown


def _conditions(ctx: Ctx, search: Search) -> list[Sql]:
    found = []
    if search.kind:
        found.append(sql("e.kind = {}", search.kind))
    elif search.group:
        found.append(Sql("e.kind = ANY(%s)", ([kind.key for kind in kinds if kind.group == search.group],)))
    for column, value in (
        ("actor_id", search.actor), ("token_id", search.token), ("object_key", search.object_key or None),
        ("ip", search.ip or None),
    ):  # fmt: skip
        if value is not None:
            found.append(sql(f"e.{column} = {{}}", value))
    if search.since:
        found.append(sql("e.at >= {}", search.since))
    if search.until:
        found.append(sql("e.at < {}", search.until))
    if search.record:
        journal = (
            "SELECT DISTINCT j.tx FROM journal_entry j WHERE j.workspace_id = %s AND j.record_id = %s"
            " ORDER BY j.tx DESC LIMIT %s"
        )
        found.append(
            Sql(
                f"(e.record_id = %s OR (e.kind = 'request.write' AND e.tx = ANY(ARRAY({journal}))))",
                (search.record, ctx.workspace.id, search.record, MOST_TRANSACTIONS),
            )
        )
    return found


def _rows(statement: Sql) -> list[Entry]:
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows = db.fetchall()
    made = []
    for row in rows:
        values = [*row[:12], row[12] if isinstance(row[12], dict) else loads(row[12]), row[13]]
        made.append(Entry(*values))
    return made


def _place(cursor: str) -> tuple[datetime, uuid.UUID]:
    at, _, last = cursor.partition("|")
    found = parse_id(last)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if found is None or moment is None or moment.tzinfo is None:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return moment, found


def _named(found: uuid.UUID | None, names: Mapping[uuid.UUID, str]) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"id": str(found), "name": names.get(found)}
