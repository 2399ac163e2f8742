"""Contracts that come to an end: who looks after one is told in time, and finds a deal to renew it.

*How it works*: an hourly chore finds contracts in force that end within their days of notice. Each gets a deal for its
customer (open, closing on the day the contract ends, worth what the contract is), which the contract names as its renewal,
and its owner a notice. The deal is made once; another end for the contract asks anew.

*Rules*: a contract without an end, or with 0 days of notice, is left alone, and so is one that changes another. At most
MOST an hour, those that end first go first.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from guanxi.domains.sales.papers.models import Contract
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

NOTICE_DAYS = 30
MAX_NOTICE_DAYS = 365
MOST = 500
_READ = ("id", "name", "number", "ends_on", "customer_id", "contact_id", "currency", "total", "owner_id")
NAME = Text("续签：{name}", "Renewal: {name}")
ENDING = Text(
    "合同「{record}」到 {day} 为止，已建好续签商机",
    "The contract “{record}” ends on {day}; a deal to renew it is there",
)


def renew_due(ctx: Ctx) -> int:
    """Make the deals that are due and tell the owners; gives their number."""
    today = ctx.today.date()
    notice = Coalesce(F("notice_days"), Decimal(NOTICE_DAYS))
    due = (
        Contract.objects.filter(
            workspace_id=ctx.workspace.id, deleted_at=None, status="active", renewal=None, ends_on__gte=today,
            ends_on__lte=today + timedelta(days=MAX_NOTICE_DAYS),
        )
        .exclude(Q(kind="change") & Q(kind__isnull=False))
        .annotate(notice=notice)
        .filter(notice__gt=0)
        .order_by("ends_on", "id")
    )  # fmt: skip
    rows = [
        row
        for row in due.values(*_READ, "notice")
        if row["ends_on"] <= today + timedelta(days=int(row["notice"]))
    ]
    if rows:
        _renew(ctx, rows[:MOST])
    return len(rows[:MOST])


def _renew(ctx: Ctx, rows: Sequence[Mapping[str, Any]]) -> None:
    deals = dict(zip((row["id"] for row in rows), new_ids(len(rows)), strict=True))
    made = [Change("create", deals[row["id"]], _deal(ctx, row), index=n) for n, row in enumerate(rows)]
    refused = bulk_write(ctx, "opportunity", made, partial=True, trusted=True).refused
    done = [row for n, row in enumerate(rows) if n not in refused]
    linked = [
        Change("update", row["id"], {"renewal": deals[row["id"]]}, index=n) for n, row in enumerate(done)
    ]
    if linked:
        bulk_write(ctx, "contract", linked, partial=True, trusted=True)
    notify_each(ctx, "contract.ending", [_notice(row, deals[row["id"]]) for row in done if row["owner_id"]])


def _deal(ctx: Ctx, row: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        "name": NAME.in_(ctx.workspace.locale, name=row["name"]), "customer": row["customer_id"], "contact": row["contact_id"],
        "amount": row["total"], "currency": row["currency"], "expected_close_date": row["ends_on"], "owner": row["owner_id"],
    }  # fmt: skip
    return {key: value for key, value in values.items() if value is not None}


def _notice(row: Mapping[str, Any], deal: uuid.UUID) -> Notice:
    data = {
        "record": row["name"],
        "day": row["ends_on"].isoformat(),
        "object_key": "contract",
        "record_id": str(row["id"]),
    }
    return Notice(row["owner_id"], ENDING, url=f"/o/opportunity/{deal}", data=data)


def _run(ctx: Ctx) -> None:
    renew_due(ctx)


chore_registry.register(Chore("papers.renew_contracts", _run))
