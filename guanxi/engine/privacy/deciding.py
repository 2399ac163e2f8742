"""May this person be reached for this purpose on this channel? One answer for every channel and campaign.

*How it works*: the last words of the records (and of those merged into them) are read in one statement; `rules.judge`
says what they mean under the purpose's legal basis. Records that are gone, and those that a registered
`ContactCheck` restricts (a request for erasure, say), may not be contacted whatever they said.

*Rules*: a constant number of statements for one record or five thousand. Asks nobody's rights: whoever
contacts somebody has asked for the record already.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guanxi.engine.privacy.ledger import family_of
from guanxi.engine.privacy.models import Purpose
from guanxi.engine.privacy.rules import ALLOWED, BASES, REASONS, SEPARATE, Demand, Said, judge
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.aliases import survivors_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

_LAST = (
    "SELECT DISTINCT ON (record_id, channel, scope) record_id, channel, scope, state, at, expires_at, id"
    " FROM consent_entry WHERE workspace_id = %s AND record_id = ANY(%s::uuid[]) AND purpose_id = %s"
    " ORDER BY record_id, channel, scope, at DESC, id DESC"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as the program knows them: a record of any object."""

    object_key: str
    record_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether somebody may be contacted, and why: `code` is stable (rules.REASONS), `text` is for people."""

    allowed: bool
    code: str
    text: Text
    values: Mapping[str, Any] = field(default_factory=dict)
    since: datetime | None = None

    def as_json(self, locale: str) -> dict[str, Any]:
        """The decision in the API."""
        return {
            "allowed": self.allowed,
            "code": self.code,
            "reason": self.text.in_(locale, **self.values),
            "since": self.since,
        }


@dataclass(frozen=True, slots=True)
class ContactCheck:
    """Who may restrict contact besides the ledger.

    `restricted` gives those of the ids, with the reason; `condition` says the same in SQL, of a workspace's record
    whose id is an expression.
    """

    key: str
    restricted: Callable[[Ctx, ObjectDef, Collection[uuid.UUID]], Mapping[uuid.UUID, Text]]
    condition: Callable[[uuid.UUID, Sql], Sql]


contact_checks: Registry[ContactCheck] = Registry("contact check", lambda check: check.key)


def may_contact(ctx: Ctx, subject: Subject, purpose: str, channel: str) -> Decision:
    """Whether a person may be contacted for `purpose` (its key or id) on `channel`; raises NotFound for the object."""
    found = may_contact_many(ctx, subject.object_key, [subject.record_id], purpose, channel)
    return found[subject.record_id]


def may_contact_many(
    ctx: Ctx, object_key: str, ids: Collection[uuid.UUID], purpose: str, channel: str
) -> dict[uuid.UUID, Decision]:
    """The same for many records of one object."""
    obj = get_object(ctx, object_key)
    row = _purpose(ctx, purpose)
    if row is None:
        return {record_id: _decision("purpose_unknown") for record_id in ids}
    merged = survivors_of(ctx, obj, list(ids))
    now_at = {record_id: merged.get(record_id, record_id) for record_id in ids}
    wanted = set(now_at.values())
    live = _live(ctx, obj, wanted)
    restricted = _restricted(ctx, obj, live)
    said = _last_words(ctx, obj.key, live, row.id)
    demand = Demand(row.basis, row.channels, row.separate, row.renewed_at, row.retired)
    found = {}
    for record_id, now_id in now_at.items():
        if now_id not in live:
            found[record_id] = _decision("gone")
        elif now_id in restricted:
            found[record_id] = Decision(False, "blocked", restricted[now_id])
        else:
            code, word, scope = judge(demand, channel, said.get(now_id, {}), ctx.now)
            found[record_id] = as_decision(ctx, code, word, scope, row.basis)
    return found


def _purpose(ctx: Ctx, named: str) -> Purpose | None:
    rows = Purpose.objects.filter(workspace_id=ctx.workspace.id)
    try:
        return rows.filter(id=uuid.UUID(named)).first()
    except ValueError:
        return rows.filter(key=named).first()


def as_decision(ctx: Ctx, code: str, word: Said | None, scope: str, basis: str) -> Decision:
    """What `rules.judge` found, in words."""
    values: dict[str, Any] = {"scope": SEPARATE.get(scope, Text("", ""))}
    if basis in BASES:
        values["basis"] = BASES[basis].label
    if word is not None:
        moment = word.expires_at if code == "expired" and word.expires_at else word.at
        values["at"] = moment.astimezone(ctx.workspace.zone).date().isoformat()
    return Decision(code in ALLOWED, code, REASONS[code], values, word.at if word else None)


def _decision(code: str) -> Decision:
    return Decision(code in ALLOWED, code, REASONS[code])


def _live(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    where = all_of(
        [rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(ids),)), Sql("r.deleted_at IS NULL")]
    )
    return {row[0] for row in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)}


def _restricted(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Text]:
    found: dict[uuid.UUID, Text] = {}
    for check in contact_checks:
        found |= check.restricted(ctx, obj, ids)
    return found


def _last_words(
    ctx: Ctx, object_key: str, ids: Collection[uuid.UUID], purpose_id: uuid.UUID
) -> dict[uuid.UUID, dict[tuple[str, str], Said]]:
    """By record, the last word on each channel and of each scope, former records counted in."""
    family = family_of(ctx, object_key, ids)
    rows = select_rows(Sql(_LAST, (ctx.workspace.id, list(family), purpose_id)))
    found: dict[uuid.UUID, dict[tuple[str, str], Said]] = {}
    newest: dict[tuple[uuid.UUID, str, str], tuple[datetime, uuid.UUID]] = {}
    for record_id, channel, scope, state, at, expires_at, entry_id in rows:
        root = family[record_id]
        place = (root, channel, scope)
        if place not in newest or newest[place] < (at, entry_id):
            newest[place] = (at, entry_id)
            found.setdefault(root, {})[channel, scope] = Said(state, at, expires_at)
    return found
