"""The addresses of the web: the API, and the web app for everything else.

*How it works*: Django tries one address after the other. Those of the API that begin with a word of ours stand
together behind that word, so that the most frequent ones, which begin with an object, are not compared with
hundreds of others first.
"""

import re
from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path, re_path

from guanxi.web import sso
from guanxi.web.api import api
from guanxi.web.forms import form_page
from guanxi.web.pages import missing_file, page, unknown_api
from guanxi.web.stream import stream


def behind_their_words(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The addresses that begin with a word, tried only when it is that of the request; then all the others."""
    words = {pattern: str(pattern.pattern).partition("/")[0] for pattern in patterns}
    fixed = [pattern for pattern, word in words.items() if word and not word.startswith("<")]
    known = "|".join(sorted({re.escape(words[pattern]) for pattern in fixed}))
    others = [pattern for pattern in patterns if pattern not in fixed]
    return [re_path(rf"^(?=(?:{known})(?:/|$))", include(fixed)), *others]


_patterns, _app, _namespace = api.urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/stream", stream),
    path("api/v1/", (behind_their_words(_patterns), _app, _namespace)),
    path("sso/back/<uuid:connection_id>", sso.come_back),
    path("sso/<slug:address>/<uuid:connection_id>", sso.go),
    path("form/<str:token>", form_page),
    re_path(r"^sso(?:/|$)", missing_file),
    re_path(r"^api(?:/|$)", unknown_api),
    re_path(r"^(?:static|_allauth)(?:/|$)", missing_file),
    re_path(r"^", page),
]
