"""The door of `engine.views` for other packages."""

from guanxi.engine.views.actions import create_view, delete_view, update_view
from guanxi.engine.views.queries import ViewRow, get_view, list_reports, list_views

__all__ = ["ViewRow", "create_view", "delete_view", "get_view", "list_reports", "list_views", "update_view"]
