"""The Django app of `domains.sales.follow_up`."""

from importlib import import_module

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Registers the tables of following up, its hooks on tasks, its actions, chores and jobs."""

    name = "guanxi.domains.sales.follow_up"
    label = "sales_follow_up"

    def ready(self) -> None:
        """Models are loaded: register what is built on them."""
        for part in (
            "objects",
            "task_hooks",
            "reporting",
            "delegating",
            "asked",
            "invitations.hooks",
            "invitations.replies",
            "plans.known",
            "plans.hooks",
            "plans.usages",
            "tasks",
            "views",
            "erasing",
        ):
            import_module(f"{self.name}.{part}")
