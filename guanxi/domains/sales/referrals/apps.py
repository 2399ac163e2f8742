"""The Django app of `domains.sales.referrals`."""

from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Registers the tables of referrals; declares their object, moves and hooks."""

    name = "guanxi.domains.sales.referrals"
    label = "sales_referrals"

    def ready(self) -> None:
        """Models are loaded: declare what is built on them."""
        for part in ("referral", "hooks", "moves", "rewarding", "coming_in", "erasing"):
            import_module(f"{self.name}.{part}")
