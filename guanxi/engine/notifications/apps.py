"""The Django app of `engine.notifications`."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Registers the models of `engine.notifications`."""

    name = "guanxi.engine.notifications"
    label = "notifications"
