"""Workspaces and the walls between them."""

from guanxi.engine.tenancy.owner import owner_connection

__all__ = ["owner_connection"]
