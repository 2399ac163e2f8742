"""The addresses of the web: the API, and the web app for everything else."""

from django.urls import URLPattern, URLResolver, re_path

from guanxi.web.pages import missing_file, page, unknown_api

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^api(?:/|$)", unknown_api),
    re_path(r"^(static|_allauth)(?:/|$)", missing_file),
    re_path(r"^", page),
]
