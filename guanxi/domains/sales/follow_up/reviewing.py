"""What a team did in a day or a week: everybody's follow-ups, counted and read one after the other.

*How it works*: notes, calls and events are asked of the read door, so the caller sees of them what they see anywhere; a
page is the newest of all three, the next one begins before its last moment. People of the caller's team who did
nothing stand in the list with nothing.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from guanxi.domains.sales.follow_up.remarks import remarks_of
from guanxi.domains.sales.objects.about import PARENTS
from guanxi.engine.access import rights
from guanxi.engine.identity.facade import people
from guanxi.engine.records.query import Grouping, Measure, RecordQuery, Sort, fetch_groups, fetch_page
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

ACTIVITIES = ("call", "event", "note")
MAX_DAYS = 62
PAGE = 30
BAD_PERIOD = Text("起止日期不对，最多 {max} 天。", "The period is not valid; at most {max} days.")
COUNTED = {"call": "calls", "event": "visits", "note": "notes"}


def period_filter(ctx: Ctx, field: str, first: date, last: date) -> dict[str, Any]:
    """Moments of the days from `first` to `last` on the firm's clock."""
    zone = ctx.workspace.zone
    start = datetime(first.year, first.month, first.day, tzinfo=zone)
    end = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    return {
        "and": [
            {"field": field, "op": "on_or_after", "value": start.isoformat()},
            {"field": field, "op": "before", "value": end.isoformat()},
        ]
    }


def review(
    ctx: Ctx, first: date, last: date, *, person: uuid.UUID | None = None, before: datetime | None = None
) -> dict[str, Any]:
    """`{"people", "data", "next"}` of a period; raises Invalid at `to`."""
    if not first <= last or (last - first).days >= MAX_DAYS:
        raise invalid("to", "bad_period", BAD_PERIOD, max=MAX_DAYS)
    known = [key for key in ACTIVITIES if _is_there(ctx, key)]
    within: list[Any] = [period_filter(ctx, "created_at", first, last)]
    whose = [{"field": "owner", "op": "is", "value": str(person)}] if person else []
    rows = [] if before else _counted(ctx, known, first, last)
    if before is not None:
        within.append({"field": "created_at", "op": "before", "value": before.isoformat()})
    entries: list[dict[str, Any]] = []
    for key in known:
        query = RecordQuery(
            key, {"and": [*within, *whose]}, sort=(Sort("created_at", True),), limit=PAGE + 1, count=False
        )
        entries += fetch_page(ctx, query).data
    entries.sort(key=lambda row: (row["created_at"], row["id"]), reverse=True)
    page = entries[:PAGE]
    said = remarks_of(ctx, [uuid.UUID(row["id"]) for row in page]) if page else {}
    return {
        "people": rows,
        "data": [_entry(row, said.get(uuid.UUID(row["id"]), [])) for row in page],
        "next": page[-1]["created_at"] if len(entries) > PAGE else None,
    }


def count_by_owner(ctx: Ctx, key: str, tree: Any) -> dict[str, int]:
    """How many records match, by owner's id."""
    query = RecordQuery(key, tree, group=(Grouping("owner"),), measures=(Measure("count"),), limit=200)
    found = fetch_groups(ctx, query)["data"]
    return {str(_id(row["keys"]["owner"])): row["values"]["count"] for row in found if row["keys"]["owner"]}


def _counted(ctx: Ctx, known: Sequence[str], first: date, last: date) -> list[dict[str, Any]]:
    counts: dict[str, dict[str, int]] = {}
    asked = [(COUNTED[key], key, period_filter(ctx, "created_at", first, last)) for key in known]
    if _is_there(ctx, "task"):
        asked.append(("tasks_done", "task", period_filter(ctx, "done_at", first, last)))
    for name, key, tree in asked:
        for owner, count in count_by_owner(ctx, key, tree).items():
            counts.setdefault(owner, {})[name] = count
    own = {str(each) for each in ctx.actor.subtree_user_ids | {ctx.actor.user_id} if each}
    named = people(ctx, [uuid.UUID(i) for i in {*counts, *own}])
    rows = [
        {
            "person": {"id": who, "name": name},
            **dict.fromkeys((*COUNTED.values(), "tasks_done"), 0),
            **counts.get(str(who), {}),
        }
        for who, name in named.items()
    ]
    return sorted(
        rows, key=lambda row: (-(row["calls"] + row["visits"] + row["notes"]), row["person"]["name"])
    )


def _is_there(ctx: Ctx, key: str) -> bool:
    obj = get_schema(ctx).find(key)
    return obj is not None and rights.can(ctx, obj, "read")


def _entry(row: dict[str, Any], said: list[dict[str, Any]]) -> dict[str, Any]:
    about = next((row[key] for key in ("opportunity", *PARENTS) if row.get(key)), None)
    return {
        "object": row["object"],
        "id": row["id"],
        "title": row["title"],
        "body": row.get("body"),
        "at": row["created_at"],
        "owner": row["owner"] or row["created_by"],
        "method": row.get("method") or row.get("kind"),
        "outcome": row.get("outcome"),
        "about": {key: about[key] for key in ("object", "id", "title")} if about else None,
        "customer": row["customer"]["title"] if row.get("customer") else None,
        "photos": [photo["url"] for photo in row.get("photos") or ()],
        "distance": row.get("distance"),
        "remarks": said,
    }


def _id(key: Any) -> Any:
    return key["id"] if isinstance(key, dict) else key
