"""Answers that a provider has the browser post to us, kept until the browser asks for them itself.

*How it works*: a form posted from another site comes without our cookies (SameSite), and so without the session that
began. The answer is put aside under a random handle and the browser sent on to the same address with GET, which
brings the cookies. It is taken out once, and believed only in the session whose round it answers (flow.py).

*Rules*: what is put aside is not looked at; it is bounded in size, and the door is bounded in number (web/sso.py).
"""

import secrets

from django.core.cache import cache

MAX_BYTES = 300_000
SECONDS = 120
_KEY = "sso.posted."


def keep(answer: str) -> str:
    """Put an answer aside; the handle to take it out with."""
    handle = secrets.token_urlsafe(24)
    cache.set(_KEY + handle, answer, timeout=SECONDS)
    return handle


def take(handle: str) -> str:
    """Take an answer out; empty for none. Of two who ask at once one may be given nothing."""
    if not 20 < len(handle) < 60 or not handle.isascii():
        return ""
    found = cache.get(_KEY + handle)
    cache.delete(_KEY + handle)
    return str(found or "")
