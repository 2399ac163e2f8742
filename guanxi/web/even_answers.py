"""Answers that take equally long whether an address has an account or not.

*How it works*: the few addresses in GUANXI_ANSWER_SECONDS are answered after that many seconds, or as
soon as the work is done where that takes longer; the figures lie above what the work takes.

*Rules*: only for POSTs that are rate-limited by allauth: each holds a thread while it waits.

*See*: docs/adr/0010-sign-in.md.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class EvenAnswersMiddleware:
    """Keeps some answers back until their time has come."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.GUANXI_ANSWER_SECONDS.get(request.path_info) if request.method == "POST" else None
        if seconds is None:
            return self.get_response(request)
        due = time.monotonic() + seconds
        response = self.get_response(request)
        time.sleep(max(0.0, due - time.monotonic()))
        return response
