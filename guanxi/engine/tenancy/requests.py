"""A request that has been let in: what handlers of the API find on it."""

from typing import Any

from django.http import HttpRequest

from guanxi.engine.tenancy.context import Ctx


class ApiRequest(HttpRequest):
    """`ctx` says who asks, where; `api_token` is the key they came with, None for a session.

    `viewing` says as whom a session looks, None for itself.
    """

    ctx: Ctx
    api_token: Any
    viewing: dict[str, Any] | None
