"""Which other web sites' pages may call the API: those in GUANXI_CORS_ORIGINS, and by default none.

*How it works*: a browser asks first (OPTIONS with `Access-Control-Request-Method`); an origin on the list
gets its permission, every other one an answer without it, and then the browser keeps the page out. Allowed
pages bring an API token of their own.

*Rules*: never with credentials: a cookie of somebody signed in is worth nothing to another site, whatever is
on the list. Only below `/api/v1/`; sign-in is nobody else's business.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

API = "/api/v1/"
KEPT_SECONDS = 600
METHODS = "GET, POST, PUT, PATCH, DELETE"
REQUEST_HEADERS = "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match"
ANSWER_HEADERS = "ETag, Retry-After, Idempotent-Replay, Content-Disposition"


class CorsMiddleware:
    """Adds what allowed origins need, and nothing for the others."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.GUANXI_CORS_ORIGINS or not request.path_info.startswith(API):
            return self.get_response(request)
        origin = request.headers.get("Origin", "")
        is_allowed = origin in settings.GUANXI_CORS_ORIGINS
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if asks and is_allowed else self.get_response(request)
        patch_vary_headers(response, ["Origin"])
        if is_allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = ANSWER_HEADERS
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if asks:
                response.headers["Access-Control-Allow-Methods"] = METHODS
                response.headers["Access-Control-Allow-Headers"] = REQUEST_HEADERS
                response.headers["Access-Control-Max-Age"] = str(KEPT_SECONDS)
        return response
