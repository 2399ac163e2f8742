"""The breach helper (泄露事件, PIPL art. 57; GDPR art. 33-34): what happened, who is affected, whom to tell, by when.

*How it works*: a breach holds what both laws ask to be told. Who is affected is a filter over an object: its list comes
with every way to reach the people, in one click. The clock runs from the discovery: PIPL says at once, GDPR within
72 hours. Texts to the authority and to people are filled in from what was written down. What was done is added to a
timeline that nobody rewrites. Closing needs both notices, or the reason why not (art. 57 para. 2: measures
that avoid harm; GDPR 33(1): no likely risk).

*Rules*: placeholders are plain names in braces, replaced from a fixed list: no template language, no expressions. The list
of people is read under the rights of whoever asks, to export what they may export, and is in the audit.
"""

import io
import re
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import xlsxwriter

from guanxi.engine.access import rights
from guanxi.engine.privacy import rows
from guanxi.engine.privacy.breach_texts import TEXTS
from guanxi.engine.privacy.exporting import made_by
from guanxi.engine.privacy.models import Breach, BreachEvent
from guanxi.engine.records.query.read import count_matching, stream
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit.errors import Conflict, FieldError, Invalid, TooLarge
from guanxi.kit.text import Text

GDPR_HOURS = 72
MAX_LISTED = 100_000
CLOSED = Text("事件已结束，不能再改。", "The breach is closed and no longer changes.")
NO_LIST = Text("请先选择受影响的对象和条件。", "Say first which records are affected.")
TELL_OR_SAY = Text("请填写通知时间，或说明不通知的理由。", "Say when they were told, or why not.")
REQUIRED = Text("请写明处理结果。", "Say what came of it.")
UNKNOWN = Text("未知", "not known")
_PLACE = re.compile(r"\{([a-z]{1,20})\}")
TEXT_KEYS = ("authority", "persons")


def list_breaches(ctx: Ctx) -> list[dict[str, Any]]:
    """Every breach, newest first."""
    rows.require_look(ctx)
    return [shown(ctx, row) for row in Breach.objects.filter(workspace_id=ctx.workspace.id).order_by("-id")]


def read(ctx: Ctx, breach_id: uuid.UUID) -> dict[str, Any]:
    """A breach with its timeline and filled-in texts; raises Forbidden, NotFound."""
    rows.require_look(ctx)
    row = rows.find(ctx, Breach, breach_id)
    events = BreachEvent.objects.filter(workspace_id=ctx.workspace.id, breach=row).order_by("at", "id")
    return shown(ctx, row) | {
        "events": [{"at": e.at, "text": e.text, "by": e.by_name, "recorded_at": e.recorded_at} for e in events],
        "rendered": {key: {lang: render(ctx, row, text, lang) for lang, text in _texts(row)[key].items()} for key in TEXT_KEYS},
    }  # fmt: skip


def shown(ctx: Ctx, row: Breach) -> dict[str, Any]:
    """A breach in the API; `deadline` is GDPR's, PIPL's is at once."""
    return {
        "id": row.id, **{name: getattr(row, name) for name in _READERS if name != "texts"}, "texts": _texts(row),
        "affected": row.affected, "listed_at": row.listed_at, "closing": row.closing, "closed_at": row.closed_at,
        "deadline": row.discovered_at + timedelta(hours=GDPR_HOURS), "version": row.version,
        "updated_at": row.updated_at,
    }  # fmt: skip


def save(
    ctx: Ctx, given: Mapping[str, Any], breach_id: uuid.UUID | None = None, version: int = 0
) -> dict[str, Any]:
    """Write down a breach, or change it; raises Forbidden, NotFound, Conflict, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    if breach_id is None:
        row, before = Breach(workspace_id=ctx.workspace.id, created_at=ctx.now, discovered_at=ctx.now), {}
    else:
        row = _open(ctx, breach_id)
        before = rows.values_of(row, _READERS)
        rows.at_version(row, version)
    rows.fill(row, given, _READERS, needed=("title", "discovered_at"))
    if row.object_key:
        count_matching(
            ctx, RecordQuery(row.object_key, row.filter)
        )  # complains of what it does not understand
    row.updated_at = ctx.now
    row.save()
    if breach_id is None:
        _tell(ctx, row, Text("登记事件", "Written down").in_(ctx.workspace.locale))
    _audit(ctx, row, before, rows.values_of(row, _READERS))
    return read(ctx, row.id)


def add_event(ctx: Ctx, breach_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Add a line to the timeline; raises Forbidden, NotFound, Conflict, Invalid."""
    rows.require_desk(ctx)
    row = _open(ctx, breach_id)
    event = BreachEvent(at=ctx.now, text="")
    rows.fill(event, given, {"at": rows.moment, "text": rows.text(4000)}, needed=("text",))
    _tell(ctx, row, event.text, at=event.at)
    return read(ctx, row.id)


def close(ctx: Ctx, breach_id: uuid.UUID, given: Mapping[str, Any], version: int) -> dict[str, Any]:
    """End a breach: everybody was told, or it is said why not. Raises Forbidden, NotFound, Conflict, Invalid."""
    rows.require_desk(ctx)
    row = _open(ctx, breach_id)
    rows.at_version(row, version)
    rows.fill(row, given, {"closing": rows.text(4000)})
    errors = [] if row.closing else [FieldError("closing", "required", REQUIRED)]
    if row.authority_at is None and not row.authority_reason:
        errors.append(FieldError("authority_reason", "required", TELL_OR_SAY))
    if row.persons_at is None and not row.persons_reason:
        errors.append(FieldError("persons_reason", "required", TELL_OR_SAY))
    if errors:
        raise Invalid(errors=errors)
    row.closed_at = row.updated_at = ctx.now
    row.save()
    _tell(ctx, row, row.closing)
    _audit(ctx, row, {"closed": False}, {"closed": True})
    return read(ctx, row.id)


def affected(ctx: Ctx, breach_id: uuid.UUID) -> bytes:
    """Everybody affected with every way to reach them, as a workbook; raises Forbidden, NotFound, Invalid, TooLarge."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Breach, breach_id, lock=True)
    if not row.object_key:
        raise Invalid(errors=[FieldError("object_key", "required", NO_LIST)])
    obj = rights.get_object(ctx, row.object_key)
    rights.require(ctx, obj, "export")
    query = RecordQuery(obj.key, row.filter, (Sort("created_at"),), fields=_columns(ctx, obj), verb="export")
    count, _ = count_matching(ctx, query, cap=MAX_LISTED + 1)
    if count > MAX_LISTED:
        raise TooLarge
    content, listed = _workbook(ctx, obj, query)
    row.affected, row.listed_at = listed, ctx.now
    row.save(update_fields=["affected", "listed_at"])
    record(ctx, "breach.listed", object_key=obj.key, record_id=row.id, count=listed, title=row.title)
    return content


def render(ctx: Ctx, row: Breach, template: str, language: str) -> str:
    """A text with its placeholders filled in; names it does not know stay as they stand."""
    zone = ctx.workspace.zone
    at = (
        row.occurred_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        if row.occurred_at
        else UNKNOWN.in_(language)
    )
    values = {
        "company": ctx.workspace.name, "title": row.title, "what": row.what, "cause": row.cause, "harm": row.harm,
        "data": row.data, "measures": row.measures, "advice": row.advice, "contact": row.contact, "occurred": at,
        "discovered": row.discovered_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        "count": UNKNOWN.in_(language) if row.affected is None else str(row.affected),
    }  # fmt: skip
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), template)


def _columns(ctx: Ctx, obj: ObjectDef) -> tuple[str, ...]:
    """The title and what reaches somebody, as far as the actor reads them."""
    readable = rights.readable(ctx, obj)
    wanted = [obj.title_field, *(key for key, f in obj.fields.items() if f.type.reaches)]
    return tuple(dict.fromkeys(key for key in wanted if key in readable))


def _workbook(ctx: Ctx, obj: ObjectDef, query: RecordQuery) -> tuple[bytes, int]:
    buffer, listed = io.BytesIO(), 0
    fields = query.fields or ()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"author": ctx.actor.name, "comments": made_by(ctx)})
        sheet = book.add_worksheet()
        for x, key in enumerate(("id", *fields)):
            name = "ID" if key == "id" else obj.fields[key].label.in_(ctx.locale)
            sheet.write_string(0, x, name)
        for page in stream(ctx, query):
            for item in page:
                listed += 1
                for x, key in enumerate(("id", *fields)):
                    value = item.get(key)
                    sheet.write_string(listed, x, "" if value is None else str(value))
    return buffer.getvalue(), listed


def _open(ctx: Ctx, breach_id: uuid.UUID) -> Breach:
    row = rows.find(ctx, Breach, breach_id, lock=True)
    if row.closed_at is not None:
        raise Conflict(CLOSED, code="closed")
    return row


def _tell(ctx: Ctx, row: Breach, text: str, at: Any = None) -> None:
    BreachEvent.objects.create(
        workspace_id=ctx.workspace.id, breach=row, at=at or ctx.now, text=text, by=ctx.actor.user_id,
        by_name=ctx.actor.name[:120], recorded_at=ctx.now,
    )  # fmt: skip


def _audit(ctx: Ctx, row: Breach, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    record_change(ctx, "breach.changed", before, after, record_id=row.id)


def _texts(row: Breach) -> dict[str, dict[str, str]]:
    return {key: {**TEXTS[key], **row.texts.get(key, {})} for key in TEXT_KEYS}


def _own_texts(value: Any) -> dict[str, dict[str, str]]:
    text = rows.text(8000)
    one = rows.shape(**dict.fromkeys(rows.LANGUAGES, text))
    read_all: dict[str, dict[str, str]] = rows.shape(**dict.fromkeys(TEXT_KEYS, one))(value)
    return {key: {lang: words for lang, words in pair.items() if words} for key, pair in read_all.items()}


_READERS: dict[str, rows.Reader] = {
    "title": rows.text(200), "what": rows.text(4000), "cause": rows.text(4000), "harm": rows.text(4000),
    "data": rows.text(4000), "measures": rows.text(4000), "advice": rows.text(4000), "contact": rows.text(1000),
    "occurred_at": rows.moment, "discovered_at": rows.moment, "object_key": rows.text(40),
    "filter": lambda value: value or None, "texts": _own_texts, "authority_at": rows.moment,
    "authority_reason": rows.text(2000), "persons_at": rows.moment, "persons_reason": rows.text(2000),
}  # fmt: skip
