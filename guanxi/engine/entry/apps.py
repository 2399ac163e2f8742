"""The app of sign-in rules."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """Who may come in, how, from where and for how long."""

    name = "guanxi.engine.entry"
    label = "entry"
    verbose_name = "Entry"
