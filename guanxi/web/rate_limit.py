"""How many requests a caller may make in a minute.

*How it works*: each web process counts by itself, in windows of one minute; the limit is divided by
the number of processes. When a window ends its counts are dropped, so memory is bounded by the
callers of one minute.

*Rules*: the limit protects everybody else from one runaway integration; it is no security measure
(sign-in attempts are counted in the database, see config/sign_in_settings.py).

*See*: docs/adr/0012-rate-limits-in-process.md.
"""

from guanxi.kit.rate_limit import RateLimiter

limiter = RateLimiter()
