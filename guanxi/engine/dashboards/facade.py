"""The door of `engine.dashboards` for other packages."""

from guanxi.engine.dashboards.actions import create_dashboard, delete_dashboard, update_dashboard
from guanxi.engine.dashboards.figures import fetch_figures, preview_figures
from guanxi.engine.dashboards.queries import DashboardRow, get_dashboard, list_dashboards

__all__ = [
    "DashboardRow",
    "create_dashboard",
    "delete_dashboard",
    "fetch_figures",
    "get_dashboard",
    "list_dashboards",
    "preview_figures",
    "update_dashboard",
]
