"""The door of `engine.views` for other packages."""

from guanxi.engine.views.actions import create_view, delete_view, update_view
from guanxi.engine.views.queries import (
    ViewRow,
    find_reports,
    get_view,
    list_reports,
    list_views,
    may_change,
    seen_by,
)

__all__ = [
    "ViewRow",
    "create_view",
    "delete_view",
    "find_reports",
    "get_view",
    "list_reports",
    "list_views",
    "may_change",
    "seen_by",
    "update_view",
]
