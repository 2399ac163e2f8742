"""The sample firm's public pool: customers who stopped buying, and whom nobody has called for a long time.

*Rules*: its recycle rule is switched off, so that the sample firm stays what it is from night to night.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from guanxi.domains.demo.plan import Plan, Ref
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NAME = Text("公海", "Public pool")
MOST = 40
QUIET_DAYS = 90
NOTE = Text("{days} 天没有跟进，最近一次 {date}", "No follow-up for {days} days, the last one on {date}")


def pool_as_given() -> dict[str, Any]:
    """The pool, as the API takes it: open to everyone, five a day, telephone numbers masked until claimed."""
    rule = {"kind": "no_follow_up", "days": QUIET_DAYS, "warn_days": 7, "enabled": False}
    return {
        "name": NAME.as_dict(), "members": [{"kind": "everyone"}], "hidden_fields": ["phone"], "rules": [rule],
        "limits": {"daily": 5, "held": None, "cooldown_days": 7, "protection_days": 15},
    }  # fmt: skip


def fallen(ctx: Ctx, plan: Plan, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """The customers in it, those longest without a contact first: when they fell in and why."""
    deals = plan.rows["opportunity"]
    busy = {row.values.get("customer") for row in deals if row.values.get("stage") not in ("won", "lost")}
    found: list[tuple[datetime, int]] = []
    for index, row in enumerate(plan.rows["customer"]):
        last = row.kept.get("last_contact_at")
        gone = row.values.get("lifecycle") in ("dormant", "lost") and Ref("customer", index) not in busy
        if (
            gone
            and row.owner is not None
            and last is not None
            and ctx.now - last > timedelta(days=QUIET_DAYS)
        ):
            found.append((last, index))
    chosen = sorted(found)[:MOST]
    night = ctx.midnight.replace(hour=2) - timedelta(days=1)
    return {
        ids[index]: {
            "pooled_at": night - timedelta(days=place % 20),
            "pool_note": NOTE.in_(ctx.workspace.locale, days=QUIET_DAYS, date=last.date().isoformat()),
        }
        for place, (last, index) in enumerate(chosen)
    }
