"""The addresses of the web: the API, and the web app for everything else."""

from django.urls import URLPattern, URLResolver, path, re_path

from guanxi.web import sso
from guanxi.web.api import api
from guanxi.web.pages import missing_file, page, unknown_api
from guanxi.web.stream import stream

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/stream", stream),
    path("api/v1/", api.urls),
    path("sso/back/<uuid:connection_id>", sso.come_back),
    path("sso/<slug:address>/<uuid:connection_id>", sso.go),
    re_path(r"^sso(?:/|$)", missing_file),
    re_path(r"^api(?:/|$)", unknown_api),
    re_path(r"^(?:static|_allauth)(?:/|$)", missing_file),
    re_path(r"^", page),
]
