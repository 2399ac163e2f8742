"""The objects of following up: importing the package declares them."""

from guanxi.domains.sales.follow_up.objects import work_report

__all__ = ["work_report"]
