"""The consent ledger: what each person said to each purpose, on which channel, when, and how we know.

*How it works*: entries are only added; the last one (by `at`, then by id) to a purpose, channel and scope counts.
An entry stays under the record it was made for. Reading asks for a record's *family*: itself and every record
merged into it (record_alias), so that a merge carries consents to the survivor, and taking the merge back gives
them back, without a row being touched.

*Rules*: seeing a record shows its ledger; who may change the record may add to it.

*See*: deciding.py, docs/adr/0061-consent-ledger.md.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from guanxi.engine.access import rights
from guanxi.engine.privacy.models import ConsentEntry, NoticeVersion, Purpose
from guanxi.engine.privacy.rules import DENIED, GENERAL, GIVEN, SCOPES, SEPARATE, SOURCES, STATES, WITHDRAWN
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record as audit
from guanxi.kit.errors import FieldError, Forbidden, Invalid, NotFound
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

MAX_ENTRIES = 1000
MAX_DECISIONS = 100
MAX_TEXT = 10_000
CLOCK_SKEW = timedelta(minutes=5)

UNKNOWN_PURPOSE = Text("没有这个处理目的。", "There is no such purpose.")
RETIRED_PURPOSE = Text("这个处理目的已停用。", "This purpose is no longer in use.")
BAD_CHANNEL = Text("该处理目的不包括这个渠道。", "The purpose does not cover this channel.")
BAD_SCOPE = Text("该处理目的不需要这种单独同意。", "The purpose asks for no such separate consent.")
BAD_STATE = Text(
    "只能是 given（同意）、withdrawn（撤回）或 denied（拒绝）。", "One of given, withdrawn, denied."
)
BAD_SOURCE = Text("请选择同意的来源。", "Say where the consent comes from.")
IN_FUTURE = Text("时间不能在将来。", "This moment lies in the future.")
BAD_EXPIRY = Text("到期时间应晚于同意时间。", "It runs out before it was given.")
PROOF = Text(
    "请附上证明：告知书版本、所示文字、文件或说明至少一项。",
    "Add proof: the notice, the text shown, a file or a note, at least one.",
)
UNKNOWN_NOTICE = Text("没有这个告知书版本，或它不包括这个处理目的。", "There is no such notice version, or it does not cover the purpose.")  # fmt: skip
TOO_MANY = Text("一次最多 {max} 条。", "At most {max} at a time.")
NOTHING = Text("请至少选择一项。", "Choose at least one.")

_FAMILY = """
WITH RECURSIVE family AS (
  SELECT a.old_id, a.record_id AS root, 1 AS step FROM record_alias a
   WHERE a.workspace_id = %s AND a.object_key = %s AND a.record_id = ANY(%s::uuid[])
  UNION ALL
  SELECT a.old_id, f.root, f.step + 1 FROM family f JOIN record_alias a
   ON a.workspace_id = %s AND a.object_key = %s AND a.record_id = f.old_id WHERE f.step < 50
)
SELECT old_id, root FROM family
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """How we know: the notice that was shown, the text, a file, an address, a note."""

    notice_version: uuid.UUID | None = None
    text_shown: str = ""
    file_id: uuid.UUID | None = None
    note: str = ""
    ip: str = ""
    agent: str = ""
    link_id: uuid.UUID | None = None

    @property
    def is_enough(self) -> bool:
        """True when consent can be shown by it (PIPL art. 69; GDPR 7(1))."""
        return bool(self.notice_version or self.text_shown.strip() or self.file_id or self.note.strip())


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a person said: `purpose` is a purpose's id or key."""

    purpose: str
    state: str
    channel: str = GENERAL
    scope: str = GENERAL


@dataclass(frozen=True, slots=True)
class Consent:
    """An entry of the ledger, as other packages see it; `current` marks the last word."""

    id: uuid.UUID
    record_id: uuid.UUID
    purpose_id: uuid.UUID
    purpose_key: str
    purpose_name: Text
    channel: str
    scope: str
    state: str
    at: datetime
    expires_at: datetime | None
    source: str
    notice_version: uuid.UUID | None
    text_shown: str
    file_id: uuid.UUID | None
    ip: str
    agent: str
    note: str
    by: uuid.UUID | None
    by_name: str
    recorded_at: datetime
    current: bool


def family_of(ctx: Ctx, object_key: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Every record id whose entries count for one of `ids`, itself included, to the one it counts for."""
    given = (ctx.workspace.id, object_key)
    rows = select_rows(Sql(_FAMILY, (*given, list(ids), *given)))
    return {**dict(rows), **{record_id: record_id for record_id in ids}}


def entries_of(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> list[Consent]:
    """The ledger of a record and of those merged into it, newest first; asks nobody's rights."""
    ids = family_of(ctx, object_key, [record_id])
    rows = (
        ConsentEntry.objects.filter(
            workspace_id=ctx.workspace.id, object_key=object_key, record_id__in=list(ids)
        )
        .select_related("purpose")
        .order_by("-at", "-id")[:MAX_ENTRIES]
    )
    seen: set[tuple[uuid.UUID, str, str]] = set()
    found = []
    for row in rows:
        place = (row.purpose_id, row.channel, row.scope)
        found.append(_shown(row, current=place not in seen))
        seen.add(place)
    return found


def require_record(ctx: Ctx, object_key: str, record_id: uuid.UUID, *, edit: bool = False) -> ObjectDef:
    """The object of a live record that the actor sees (may change); raises NotFound, Forbidden."""
    obj = rights.get_object(ctx, object_key)
    compiler = Compiler(ctx, obj)
    may = rights.editable(ctx, compiler.schema, obj, "r")
    statement = Sql("SELECT (") + may + ") IS TRUE "
    rows = select_rows(statement + compiler.base(where=Sql("r.id = %s", (record_id,))))
    if not rows:
        raise NotFound
    if edit and not (rows[0][0] and ctx.actor.can_write):
        raise Forbidden
    return obj


def add_words(
    ctx: Ctx,
    object_key: str,
    record_id: uuid.UUID,
    words: Sequence[Word],
    *,
    source: str,
    proof: Proof,
    at: datetime | None = None,
    expires_at: datetime | None = None,
) -> list[uuid.UUID]:
    """Write down what a person said; raises Invalid with paths `decisions.N.…`. Asks nobody's rights.

    Consent given needs proof. Separate consent (PIPL art. 29 …) is a word of its own scope: none comes along
    with the general one.
    """
    moment = at or ctx.now
    errors = _check(words, source=source, proof=proof, at=moment, expires_at=expires_at, now=ctx.now)
    purposes = named_purposes(ctx, words)
    errors += check_words(words, purposes)
    errors += _check_notice(ctx, words, purposes, proof)
    if errors:
        raise Invalid(errors=errors)
    rows = [
        ConsentEntry(
            workspace_id=ctx.workspace.id, object_key=object_key, record_id=record_id,
            purpose_id=purposes[word.purpose].id, channel=word.channel, scope=word.scope, state=word.state, at=moment,
            expires_at=expires_at if word.state == GIVEN else None, source=source,
            notice_version_id=proof.notice_version, text_shown=proof.text_shown, file_id=proof.file_id,
            note=proof.note, ip=proof.ip[:45], agent=proof.agent[:300], link_id=proof.link_id,
            by=ctx.actor.user_id, by_name=ctx.actor.name[:120], recorded_at=ctx.now,
        )
        for word in words
    ]  # fmt: skip
    ConsentEntry.objects.bulk_create(rows)
    said = [
        {"purpose": purposes[w.purpose].key, "channel": w.channel, "scope": w.scope, "state": w.state}
        for w in words
    ]
    audit(ctx, "consent.recorded", object_key=object_key, record_id=record_id, count=len(rows), said=said,
          source=source)  # fmt: skip
    return [row.id for row in rows]


def take_back(
    ctx: Ctx,
    object_key: str,
    record_id: uuid.UUID,
    *,
    source: str,
    proof: Proof,
    only: Callable[[Consent], bool] = lambda _: True,
) -> int:
    """Withdraw every consent that stands (of those that `only` chooses); gives how many. Asks nobody's rights."""
    words = [
        Word(str(entry.purpose_id), WITHDRAWN, entry.channel, entry.scope)
        for entry in entries_of(ctx, object_key, record_id)
        if entry.current and entry.state == GIVEN and only(entry)
    ]
    for start in range(0, len(words), MAX_DECISIONS):
        part = words[start : start + MAX_DECISIONS]
        add_words(ctx, object_key, record_id, part, source=source, proof=proof)
    return len(words)


def _check(
    words: Sequence[Word],
    *,
    source: str,
    proof: Proof,
    at: datetime,
    expires_at: datetime | None,
    now: datetime,
) -> list[FieldError]:
    errors = []
    if not words:
        errors.append(FieldError("decisions", "required", NOTHING))
    if len(words) > MAX_DECISIONS:
        errors.append(FieldError("decisions", "too_many", TOO_MANY, {"max": MAX_DECISIONS}))
    if source not in SOURCES:
        errors.append(FieldError("source", "not_an_option", BAD_SOURCE))
    if at > now + CLOCK_SKEW:
        errors.append(FieldError("at", "in_future", IN_FUTURE))
    if expires_at is not None and expires_at <= at:
        errors.append(FieldError("expires_at", "out_of_range", BAD_EXPIRY))
    if any(word.state == GIVEN for word in words) and not proof.is_enough:
        errors.append(FieldError("proof", "proof_required", PROOF))
    return errors


def named_purposes(ctx: Ctx, words: Iterable[Word]) -> dict[str, Purpose]:
    """By what the words call them, the purposes."""
    rows = list(Purpose.objects.filter(workspace_id=ctx.workspace.id))
    named = {str(row.id): row for row in rows} | {row.key: row for row in rows}
    return {word.purpose: named[word.purpose] for word in words if word.purpose in named}


def check_words(words: Sequence[Word], purposes: dict[str, Purpose]) -> list[FieldError]:
    """What is wrong with the words, under the register; paths `decisions.N.…`."""
    errors = []
    for i, word in enumerate(words):
        at = f"decisions.{i}"
        purpose = purposes.get(word.purpose)
        if word.state not in STATES:
            errors.append(FieldError(f"{at}.state", "not_an_option", BAD_STATE))
        if purpose is None:
            errors.append(FieldError(f"{at}.purpose", "unknown_purpose", UNKNOWN_PURPOSE))
            continue
        if word.state == GIVEN and purpose.retired:
            errors.append(FieldError(f"{at}.purpose", "purpose_retired", RETIRED_PURPOSE))
        if word.scope not in SCOPES or (
            word.scope in SEPARATE and word.state == GIVEN and word.scope not in purpose.separate
        ):
            errors.append(FieldError(f"{at}.scope", "not_an_option", BAD_SCOPE))
        covered = (purpose.channels or [GENERAL]) if word.scope == GENERAL else [GENERAL]
        if word.state in (GIVEN, DENIED) and word.channel not in covered:
            errors.append(FieldError(f"{at}.channel", "not_an_option", BAD_CHANNEL))
    return errors


def _check_notice(
    ctx: Ctx, words: Sequence[Word], purposes: dict[str, Purpose], proof: Proof
) -> list[FieldError]:
    """The notice that was shown must cover every purpose that was agreed to."""
    if proof.notice_version is None:
        return []
    row = NoticeVersion.objects.filter(workspace_id=ctx.workspace.id, id=proof.notice_version).first()
    given = {str(purposes[w.purpose].id) for w in words if w.state == GIVEN and w.purpose in purposes}
    if row is None or not given <= set(row.purposes):
        return [FieldError("notice_version", "unknown_notice", UNKNOWN_NOTICE)]
    return []


def _shown(row: ConsentEntry, *, current: bool) -> Consent:
    return Consent(
        id=row.id, record_id=row.record_id, purpose_id=row.purpose_id, purpose_key=row.purpose.key,
        purpose_name=Text.of(row.purpose.name), channel=row.channel, scope=row.scope, state=row.state, at=row.at,
        expires_at=row.expires_at, source=row.source, notice_version=row.notice_version_id, text_shown=row.text_shown,
        file_id=row.file_id, ip=row.ip, agent=row.agent, note=row.note, by=row.by, by_name=row.by_name,
        recorded_at=row.recorded_at, current=current,
    )  # fmt: skip
