"""What a record's page shows of consent: what may be done now and why, what was said, what may be asked for.

*Rules*: whoever sees the record sees this; whoever may change it may write down what the person said.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.engine.privacy import rows
from guanxi.engine.privacy.deciding import Subject, as_decision, may_contact
from guanxi.engine.privacy.ledger import Consent, Proof, Word, add_words, entries_of, require_record
from guanxi.engine.privacy.models import Purpose
from guanxi.engine.privacy.notices import current_for
from guanxi.engine.privacy.purposes import list_purposes
from guanxi.engine.privacy.rules import BASES, GENERAL, SOURCES, Demand, Said, judge
from guanxi.engine.records.file_rights import usable_files
from guanxi.engine.records.files import StoredContent, get_file, open_kept
from guanxi.engine.records.models import StoredFile
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, NotFound
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

FILE_OWNER = "consent"
BAD_DECISIONS = Text("这里需要一组表示：处理目的、渠道、状态。", "A list of purpose, channel and state is needed here.")  # fmt: skip
UNKNOWN_FILE = Text("没有这个文件，请重新上传。", "There is no such file. Upload it again.")


def panel(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> dict[str, Any]:
    """`{"purposes", "notices", "entries"}`; raises NotFound."""
    obj = require_record(ctx, object_key, record_id)
    entries = entries_of(ctx, obj.key, record_id)
    live = list_purposes(ctx)
    said = {row.id for row in live if any(entry.purpose_id == row.id for entry in entries)}
    shown = [row for row in live if not row.retired or row.id in said]
    return {
        "purposes": [_purpose(ctx, row, entries) for row in shown],
        "notices": current_for(ctx, {str(row.id) for row in shown}),
        "entries": [entry_json(entry) for entry in entries],
    }


def write(ctx: Ctx, object_key: str, record_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Write down what the person said; raises NotFound, Forbidden, Invalid. Gives the panel anew."""
    require_record(ctx, object_key, record_id, edit=True)
    asked = _Given()
    rows.fill(asked, given, _READERS)
    words = [
        Word(word["purpose"], word["state"], word["channel"] or GENERAL, word["scope"] or GENERAL)
        for word in asked.decisions
    ]
    file_id = _take_file(ctx, asked.file_id)
    proof = Proof(
        asked.notice_version, asked.text_shown, file_id, asked.note, ctx.origin.ip, ctx.origin.agent
    )
    add_words(ctx, object_key, record_id, words, source=asked.source, proof=proof, at=asked.at,
              expires_at=asked.expires_at)  # fmt: skip
    return panel(ctx, object_key, record_id)


def open_proof(ctx: Ctx, object_key: str, record_id: uuid.UUID, entry_id: uuid.UUID) -> StoredContent:
    """The file that proves an entry of a record one sees; raises NotFound."""
    require_record(ctx, object_key, record_id)
    found = [entry for entry in entries_of(ctx, object_key, record_id) if entry.id == entry_id]
    if not found or found[0].file_id is None:
        raise NotFound
    return open_kept(ctx, get_file(ctx, found[0].file_id))


def decide(ctx: Ctx, object_key: str, record_id: uuid.UUID, purpose: str, channel: str) -> dict[str, Any]:
    """Whether a person one sees may be contacted; raises NotFound."""
    require_record(ctx, object_key, record_id)
    return may_contact(ctx, Subject(object_key, record_id), purpose, channel).as_json(ctx.locale)


class _Given:
    def __init__(self) -> None:
        self.decisions: list[dict[str, Any]] = []
        self.source = ""
        self.at: Any = None
        self.expires_at: Any = None
        self.notice_version: uuid.UUID | None = None
        self.text_shown = ""
        self.file_id: uuid.UUID | None = None
        self.note = ""


_WORD = rows.shape(purpose=rows.text(40), state=rows.text(20), channel=rows.text(20), scope=rows.text(20))
_READERS: dict[str, rows.Reader] = {
    "decisions": rows.items(_WORD, 100), "source": rows.choice(SOURCES), "at": rows.moment, "expires_at": rows.moment,
    "notice_version": rows.id_of(lambda _: True), "text_shown": rows.text(10_000),
    "file_id": rows.id_of(lambda _: True), "note": rows.text(2000),
}  # fmt: skip


def _take_file(ctx: Ctx, file_id: uuid.UUID | None) -> uuid.UUID | None:
    """Keep an uploaded file as proof from now on."""
    if file_id is None:
        return None
    fresh = StoredFile.objects.filter(
        workspace_id=ctx.workspace.id, id=file_id, record_id__isnull=True, object_key=""
    )
    if not usable_files(ctx, [file_id]) or not fresh.update(object_key=FILE_OWNER):
        raise Invalid(errors=[FieldError("file_id", "not_found", UNKNOWN_FILE)])
    return file_id


def _purpose(ctx: Ctx, row: Purpose, entries: list[Consent]) -> dict[str, Any]:
    mine = [entry for entry in entries if entry.current and entry.purpose_id == row.id]
    said = {(e.channel, e.scope): Said(e.state, e.at, e.expires_at) for e in mine}
    demand = Demand(row.basis, row.channels, row.separate, row.renewed_at, row.retired)
    channels = row.channels or [GENERAL]
    judged = {channel: judge(demand, channel, said, ctx.now) for channel in channels}
    return {
        "id": row.id, "key": row.key, "name": row.name, "description": row.description, "basis": row.basis,
        "basis_label": BASES[row.basis].label.as_dict(), "channels": row.channels, "separate": row.separate,
        "consent_text": row.consent_text, "retired": row.retired,
        "decisions": [
            {"channel": channel, **as_decision(ctx, code, word, scope, row.basis).as_json(ctx.locale)}
            for channel, (code, word, scope) in judged.items()
        ],
    }  # fmt: skip


def entry_json(entry: Consent) -> dict[str, Any]:
    """An entry in the API."""
    return {
        "id": entry.id, "purpose": entry.purpose_id, "purpose_name": entry.purpose_name.as_dict(),
        "channel": entry.channel, "scope": entry.scope, "state": entry.state, "at": entry.at,
        "expires_at": entry.expires_at, "source": entry.source, "notice_version": entry.notice_version,
        "text_shown": entry.text_shown, "has_file": entry.file_id is not None, "note": entry.note, "ip": entry.ip,
        "agent": entry.agent, "by": entry.by, "by_name": entry.by_name, "recorded_at": entry.recorded_at,
        "current": entry.current,
    }  # fmt: skip


def counts(ctx: Ctx) -> list[dict[str, Any]]:
    """By purpose, how many people last said what on some channel; for who looks after privacy."""
    rows.require_look(ctx)
    statement = (
        "SELECT purpose_id, channel, scope, state, count(*) FROM (SELECT DISTINCT ON (record_id, purpose_id, channel, scope)"
        " purpose_id, channel, scope, state FROM consent_entry WHERE workspace_id = %s"
        " ORDER BY record_id, purpose_id, channel, scope, at DESC, id DESC) last"
        " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )
    return [
        {"purpose": purpose, "channel": channel, "scope": scope, "state": state, "count": count}
        for purpose, channel, scope, state, count in select_rows(Sql(statement, (ctx.workspace.id,)))
    ]
