"""When somebody was last contacted, and when they are to be contacted next.

*How it works*: whatever counts as a contact (a note, a call, a meeting) reports it here as a set; the
two dates of customers, contacts, leads and deals are kept up with two statements an object.

*Rules*: these dates are kept by the program: no version, no journal entry (store.touch).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from guanxi.domains.customers.rules import latest, next_contact
from guanxi.engine.records import store
from guanxi.engine.records.query.read import get_records
from guanxi.engine.tenancy.context import SYSTEM, Ctx


@dataclass(slots=True)
class Contacted:
    """`at`: when they were contacted (None: they were not); `next_at`: when to be in touch again."""

    at: datetime | None = None
    next_at: datetime | None = None

    def add(self, at: datetime | None, next_at: datetime | None) -> None:
        """Take in one more contact: the latest counts."""
        self.at = latest(self.at, at)
        self.next_at = next_at or self.next_at


def mark_contacted(ctx: Ctx, object_key: str, contacted: Mapping[uuid.UUID, Contacted]) -> None:
    """Keep `last_contact_at` and `next_contact_at` of these records of an object up to date."""
    if not contacted:
        return
    system = replace(ctx, actor=SYSTEM)
    values: dict[uuid.UUID, dict[str, Any]] = {}
    for record in get_records(
        system, object_key, list(contacted), fields=["last_contact_at", "next_contact_at"]
    ):
        found = contacted[uuid.UUID(record["id"])]
        last, planned = _moment(record["last_contact_at"]), _moment(record["next_contact_at"])
        before = {"last_contact_at": last, "next_contact_at": planned}
        after = {
            "last_contact_at": latest(last, found.at),
            "next_contact_at": next_contact(planned, found.at, found.next_at, ctx.workspace.zone),
        }
        if after != before:
            values[uuid.UUID(record["id"])] = after
    store.touch(system, object_key, values)


def _moment(shown: str | None) -> datetime | None:
    return datetime.fromisoformat(shown) if shown else None
