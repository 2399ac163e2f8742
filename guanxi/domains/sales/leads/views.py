"""The inbox of leads: those nobody has answered yet, the most pressing first."""

from guanxi.engine.views.builtin import ObjectView, object_views
from guanxi.kit.text import Text

INBOX = object_views.register(
    ObjectView(
        "lead",
        "inbox",
        Text("待响应", "Inbox"),
        {
            "and": [
                {"field": "status", "op": "is", "value": "new"},
                {"field": "first_response_at", "op": "is_empty"},
            ]
        },
        "first_response_due_at,-created_at",
        ("name", "company", "source", "first_response_due_at", "owner", "created_at"),
    )
)
