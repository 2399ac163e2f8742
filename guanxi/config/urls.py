"""Where requests go: allauth's headless API, and everything else to `guanxi.web`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("guanxi.web.urls")),
]
