"""The time an answer takes tells nobody whether an address has an account."""

import time
from typing import Any

import pytest
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import RequestFactory

from guanxi.config import sign_in_settings
from guanxi.web.even_answers import EvenAnswersMiddleware
from tests.firms import AUTH


@pytest.mark.parametrize("work", [0.0, 0.05])
def test_quick_and_slow_work_is_answered_after_the_same_time(settings: Any, work: float) -> None:
    settings.GUANXI_ANSWER_SECONDS = {"/even": 0.1}

    def view(_: Any) -> HttpResponse:
        time.sleep(work)
        return HttpResponse()

    began = time.monotonic()
    EvenAnswersMiddleware(view)(RequestFactory().post("/even"))
    assert time.monotonic() - began >= 0.1


def test_everything_else_is_answered_at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GUANXI_ANSWER_SECONDS = {"/even": 100.0}
    monkeypatch.setattr(time, "sleep", pytest.fail)
    for request in (RequestFactory().get("/even"), RequestFactory().post("/other")):
        EvenAnswersMiddleware(lambda _: HttpResponse())(request)


def test_a_reset_is_among_them() -> None:
    assert sign_in_settings.GUANXI_ANSWER_SECONDS[f"{AUTH}/password/request"] >= 0.5
    assert "guanxi.web.even_answers.EvenAnswersMiddleware" in configured.MIDDLEWARE
