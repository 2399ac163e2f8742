"""Views of what waits for a contact: whose next contact has passed, and whom nobody was in touch with."""

from typing import Any

from guanxi.engine.views.builtin import ObjectView, object_views
from guanxi.kit.text import Text

FORGOTTEN_DAYS = 30
_MINE = {"field": "owner", "op": "is", "value": "me"}
_OPEN: dict[str, dict[str, Any]] = {
    "lead": {"field": "status", "op": "not_in", "value": ["converted", "disqualified"]},
    "opportunity": {"field": "status", "op": "is", "value": "open"},
}
_COLUMNS = {
    "customer": ("name", "next_contact_at", "last_contact_at", "tier", "lifecycle", "owner"),
    "lead": ("name", "company", "next_contact_at", "last_contact_at", "status", "owner"),
    "opportunity": ("name", "customer", "stage", "next_contact_at", "last_contact_at", "owner"),
}
OVERDUE = Text("过期未跟进", "Overdue contacts")
FORGOTTEN = Text(f"{FORGOTTEN_DAYS} 天没联系", f"Silent for {FORGOTTEN_DAYS} days")


def overdue(object_key: str) -> dict[str, Any]:
    """Those whose next contact should have been before today."""
    passed = {"field": "next_contact_at", "op": "before", "value": {"relative": "today"}}
    return {"and": [passed, *([_OPEN[object_key]] if object_key in _OPEN else [])]}


def silent(object_key: str, days: int = FORGOTTEN_DAYS) -> dict[str, Any]:
    """Those nobody was in touch with for `days` days, nor made meanwhile."""
    since = {"relative": f"-{days}d"}
    never = [
        {"field": "last_contact_at", "op": "is_empty"},
        {"field": "created_at", "op": "before", "value": since},
    ]
    quiet = {"or": [{"field": "last_contact_at", "op": "before", "value": since}, {"and": never}]}
    return {"and": [quiet, *([_OPEN[object_key]] if object_key in _OPEN else [])]}


for _key, _columns in _COLUMNS.items():
    object_views.register(
        ObjectView(_key, "overdue_contact", OVERDUE, overdue(_key), "next_contact_at", _columns)
    )
    object_views.register(ObjectView(_key, "silent", FORGOTTEN, silent(_key), "last_contact_at", _columns))
