"""Lists of papers: what waits for an approval, and the contracts that are about to end."""

from guanxi.engine.views.builtin import ObjectView, object_views
from guanxi.kit.text import Text

PENDING = Text("待审批", "Awaiting approval")
ENDING = Text("60 天内到期", "Ending within 60 days")
_COLUMNS = (
    "name",
    "number",
    "customer",
    "total",
    "submitted_by",
    "submitted_at",
    "approval_reasons",
    "owner",
)

for _key in ("quote", "contract"):
    object_views.register(
        ObjectView(
            _key,
            "pending",
            PENDING,
            {"field": "status", "op": "is", "value": "pending"},
            "submitted_at",
            _COLUMNS,
        )
    )
object_views.register(
    ObjectView(
        "contract",
        "ending",
        ENDING,
        {
            "and": [
                {"field": "status", "op": "is", "value": "active"},
                {"field": "ends_on", "op": "before", "value": {"relative": "+60d"}},
            ]
        },
        "ends_on",
        ("name", "number", "customer", "total", "ends_on", "renewal", "owner"),
    )
)
