"""When an address leads nowhere, and how long reports are taken."""

from datetime import timedelta

# A report is taken for mails at most this old: servers give up after five days.
REPORT_DAYS = 14
# What may pass by itself (a full disk, a server that is away) counts when it has lasted.
SOFT_WITHIN = timedelta(days=14)
SOFT_TIMES = 3


def leads_nowhere(is_final: bool, bounces: int) -> bool:
    """Whether the address is marked: by one final report, or by several of any kind within SOFT_WITHIN."""
    return is_final or bounces >= SOFT_TIMES
