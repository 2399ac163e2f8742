"""How many requests a caller may make in a minute, and how many may be in work at once.

*How it works*: each web process counts by itself, in windows of one minute; the limit is divided by
the number of processes. When a window ends its counts are dropped, so memory is bounded by the
callers of one minute. Besides that nobody holds all of a process's database connections: a person (or
token) has at most half of them in work at once, a workspace three quarters, all strangers together a
quarter; who wants more waits for a place of their own, before touching the database.
A token is looked at before the database has said whose it is: only one that was good a while ago waits under
its own name, so that nobody can use up another's places with invented tokens.

*Rules*: the limit protects everybody else from one runaway integration; it is no security measure
(sign-in attempts are counted in the database, see config/sign_in_settings.py).

*See*: docs/adr/0012-rate-limits-in-process.md, docs/adr/0056-hardening.md.
"""

import threading
from collections import OrderedDict
from contextlib import AbstractContextManager

from django.conf import settings

from guanxi.kit.fair_share import FairShare
from guanxi.kit.rate_limit import RateLimiter

limiter = RateLimiter()
shares = FairShare()
PATIENCE_SECONDS = 8.0
MAX_KNOWN = 10_000
STRANGERS = "strangers"


class KnownCallers:
    """Who was let in lately, by the hash of what they came with: caller and workspace."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def note(self, secret: str, caller: str, workspace: str) -> None:
        """Remember who came with `secret`."""
        with self._lock:
            self._known[secret] = (caller, workspace)
            self._known.move_to_end(secret)
            while len(self._known) > MAX_KNOWN:
                self._known.popitem(last=False)

    def find(self, secret: str) -> tuple[str, str] | None:
        """Who came with `secret` lately."""
        with self._lock:
            return self._known.get(secret)

    def forget(self) -> None:
        """Start afresh."""
        with self._lock:
            self._known.clear()


known_callers = KnownCallers()


def count(kind: str, who: str) -> None:
    """Count one request; raises TooMany past this process's part of the limit of its kind."""
    most = max(1, int(settings.GUANXI_RATE_LIMITS[kind]) // int(settings.GUANXI_WEB_PROCESSES))
    limiter.count(f"{kind}:{who}", most)


def place(secret: str) -> AbstractContextManager[None]:
    """A place in work for whoever comes with `secret` (a session's or token's hash); may raise TooMany."""
    pool = int(settings.GUANXI_DATABASE_POOL)
    known = known_callers.find(secret)
    if known is None:
        return shares.hold([(STRANGERS, max(1, pool // 4))], PATIENCE_SECONDS)
    caller, workspace = known
    wanted = [(caller, max(1, pool // 2)), (workspace, max(1, pool * 3 // 4))]
    return shares.hold(wanted, PATIENCE_SECONDS)
