"""The two streams that are sealed, and the digest of a row of each.

*How it works*: a row's digest is `sha256` over PostgreSQL's binary form of its fixed columns (which tells NULL
from nothing and where each value ends) and the digest of its changing part: `changes` of the journal,
`detail` of the audit. Where that part was erased, `erased` holds its former digest, so the row's own digest
stays what it was. The id is no part of the digest: it stands beside it in a block's leaves.

*Rules*: never change an expression here: sealed blocks hold its results. A new column is not covered; a new
stream can be.

*See*: sealing.py, verifying.py, docs/adr/0054-audit-and-seal.md.
"""

from dataclasses import dataclass

LEAF = 48
"""Bytes of a leaf: 16 of the row's id, 32 of its digest."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A table whose rows are sealed; `digest` is over the alias `t`, `part` the column that may be erased."""

    key: str
    table: str
    digest: str
    part: str


JOURNAL = Stream(
    "journal",
    "journal_entry",
    "sha256(record_send(ROW(t.workspace_id, t.tx, t.at, t.version, t.record_id, t.actor_id, t.batch_id,"
    " t.object_key::text, t.action::text, t.via::text, coalesce(t.erased, sha256(jsonb_send(t.changes))))))",
    "changes",
)
AUDIT = Stream(
    "audit",
    "audit_entry",
    "sha256(record_send(ROW(t.workspace_id, t.tx, t.at, t.kind::text, t.actor_id, t.token_id, t.ip::text,"
    " t.agent::text, t.via::text, t.operation::text, t.object_key::text, t.record_id, t.count,"
    " coalesce(t.erased, sha256(jsonb_send(t.detail))))))",
    "detail",
)
STREAMS = (AUDIT, JOURNAL)
