"""`deciding.may_contact_many` as SQL: whom a purpose may reach on a channel, for filters and columns.

*How it works*: `reachable` is a condition over the id of a record, made of sets that are computed once a query:
the last words to the purpose, each counting for its record and for all that it was merged into. `allowed_options`
is the list of what one record allows, computed from its own words alone. Both say what `rules.judge` says.

*Rules*: nobody's rights are asked: whoever filters by it sees the record. The workspace stands in every condition.

*See*: fields.py, docs/adr/0061-consent-ledger.md.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.engine.privacy.deciding import contact_checks
from guanxi.engine.privacy.rules import BASES, CONSENT, GENERAL, GIVEN, SEPARATE
from guanxi.kit.sql import FALSE, TRUE, Sql, all_of, any_of, join, sql

_WORDS = """
WITH RECURSIVE counted AS (
  SELECT DISTINCT e.record_id AS said, e.record_id AS root, 0 AS step FROM consent_entry e
   WHERE e.workspace_id = {} AND e.purpose_id = {}
  UNION ALL
  SELECT c.said, a.record_id, c.step + 1 FROM counted c JOIN record_alias a
   ON a.workspace_id = {} AND a.old_id = c.root WHERE c.step < 50
)
SELECT DISTINCT ON (c.root, e.channel, e.scope) c.root, e.channel, e.scope, e.state, e.at, e.expires_at
  FROM counted c JOIN consent_entry e ON e.workspace_id = {} AND e.purpose_id = {} AND e.record_id = c.said
 WHERE {} ORDER BY c.root, e.channel, e.scope, e.at DESC, e.id DESC
"""
_OWN_WORDS = """
WITH RECURSIVE family AS (
  SELECT {} AS id, 0 AS step
  UNION ALL
  SELECT a.old_id, f.step + 1 FROM family f JOIN record_alias a
   ON a.workspace_id = {} AND a.record_id = f.id WHERE f.step < 50
)
SELECT DISTINCT ON (e.channel, e.scope) e.channel, e.scope, e.state, e.at, e.expires_at
  FROM consent_entry e
 WHERE e.workspace_id = {} AND e.purpose_id = {} AND e.record_id IN (SELECT id FROM family)
 ORDER BY e.channel, e.scope, e.at DESC, e.id DESC
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A purpose as conditions need it."""

    workspace_id: uuid.UUID
    id: uuid.UUID
    basis: str
    channels: tuple[str, ...]
    separate: tuple[str, ...]
    renewed_at: datetime | None
    retired: bool

    @property
    def covered(self) -> tuple[str, ...]:
        """The channels one can ask for."""
        return self.channels or (GENERAL,)

    @property
    def _asks_consent(self) -> bool:
        return self.basis == CONSENT

    @property
    def _yields(self) -> bool:
        basis = BASES.get(self.basis)
        return basis is None or basis.yields

    def needed(self, channel: str) -> list[tuple[str, str]]:
        """The (channel, scope) pairs that must have been given."""
        apart = [(GENERAL, scope) for scope in SEPARATE if scope in self.separate]
        return [(channel, GENERAL), *apart] if self._asks_consent else apart

    def minded(self, channel: str) -> tuple[str, str] | None:
        """The pair to which a no is to be heeded where no yes is needed."""
        return (channel, GENERAL) if self._yields and not self._asks_consent else None


def restricted(workspace_id: uuid.UUID, record_id: Sql) -> Sql:
    """Whether contact with a record is restricted, whatever was said."""
    return (
        any_of(check.condition(workspace_id, record_id) for check in contact_checks)
        if contact_checks
        else FALSE
    )


def reachable(
    wanted: Iterable[tuple[Asked, str]], record_id: Sql, now: datetime, *, every: bool = False
) -> Sql:
    """Whether a record may be contacted for one (with `every`, each) of the purposes on its channel."""
    pairs = list(wanted)
    said = [_reached(asked, channel, record_id, now) for asked, channel in pairs]
    if not pairs:
        return TRUE if every else FALSE
    free = sql("NOT ({})", restricted(pairs[0][0].workspace_id, record_id))
    return all_of([all_of(said) if every else any_of(said), free])


def allowed_options(options: Mapping[str, tuple[Asked, str]], record_id: Sql, now: datetime) -> Sql:
    """The keys of `options` that a record allows, as a JSON array; NULL where there is none."""
    by_purpose: dict[Asked, list[tuple[str, str]]] = {}
    for key, (asked, channel) in options.items():
        by_purpose.setdefault(asked, []).append((key, channel))
    if not by_purpose:
        return Sql("NULL::jsonb")
    workspace_id = next(iter(by_purpose)).workspace_id
    parts = join((_own(asked, keys, record_id, now) for asked, keys in by_purpose.items()), " || ")
    return sql(
        "CASE WHEN NOT ({}) THEN NULLIF({}, '[]'::jsonb) END", restricted(workspace_id, record_id), parts
    )


def _reached(asked: Asked, channel: str, record_id: Sql, now: datetime) -> Sql:
    if asked.retired or channel not in asked.covered:
        return FALSE
    conditions = []
    needed, minded = asked.needed(channel), asked.minded(channel)
    if needed:
        having = join((_given(asked, pair, now) for pair in needed), " AND ")
        conditions.append(sql("{} IN ({})", record_id, _roots(asked, needed, having)))
    if minded:
        conditions.append(sql("{} NOT IN ({})", record_id, _roots(asked, [minded], _refused(minded))))
    return all_of(conditions)


def _roots(asked: Asked, pairs: Sequence[tuple[str, str]], having: Sql) -> Sql:
    own, purpose = asked.workspace_id, asked.id
    only = any_of(sql("e.channel = {} AND e.scope = {}", *pair) for pair in pairs)
    words = sql(_WORDS, own, purpose, own, own, purpose, only)
    return sql("SELECT l.root FROM ({}) l GROUP BY l.root HAVING {}", words, having)


def _own(asked: Asked, keys: Sequence[tuple[str, str]], record_id: Sql, now: datetime) -> Sql:
    if asked.retired:
        return Sql("'[]'::jsonb")
    words = sql(_OWN_WORDS, record_id, asked.workspace_id, asked.workspace_id, asked.id)
    each = join(
        sql("CASE WHEN {} THEN {}::text END", _holds(asked, channel, now), key) for key, channel in keys
    )
    return sql("(SELECT to_jsonb(array_remove(ARRAY[{}], NULL)) FROM ({}) l HAVING TRUE)", each, words)


def _holds(asked: Asked, channel: str, now: datetime) -> Sql:
    """What `rules.judge` makes of the last words `l` of one record."""
    minded = asked.minded(channel)
    conditions = [_given(asked, pair, now) for pair in asked.needed(channel)]
    return all_of([*conditions, sql("NOT {}", _refused(minded))] if minded else conditions)


def _given(asked: Asked, pair: tuple[str, str], now: datetime) -> Sql:
    renewed = asked.renewed_at if asked.renewed_at is not None and asked.renewed_at <= now else None
    still = sql("l.at >= {}", renewed) if renewed is not None else TRUE
    word = all_of(
        [
            sql("l.channel = {} AND l.scope = {} AND l.state = {}", *pair, GIVEN),
            sql("l.expires_at IS NULL OR l.expires_at > {}", now),
            still,
        ]
    )
    return sql("coalesce(bool_or({}), FALSE)", word)


def _refused(pair: tuple[str, str]) -> Sql:
    return sql("coalesce(bool_or(l.channel = {} AND l.scope = {} AND l.state <> {}), FALSE)", *pair, GIVEN)
