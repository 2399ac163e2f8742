"""The documentation of the API, for people who are signed in: Swagger UI over the workspace's document.

*How it works*: Swagger UI's files come with django-ninja and are served from its package; the start
script is ours, because the content security policy allows no script inside a page. "Try it out" works
with the session: the script adds the CSRF token.

*See*: openapi.py for the document; config/security_headers.py for the policy.
"""

from importlib import resources

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.kit.errors import NotFound

router = Router()

FILES = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
}
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Guanxi API</title>
<link rel="icon" href="/static/app/seal.svg">
<link rel="stylesheet" href="/api/v1/docs/swagger-ui.css">
</head>
<body>
<main id="api"></main>
<script src="/api/v1/docs/swagger-ui-bundle.js"></script>
<script src="/api/v1/docs/start.js"></script>
</body>
</html>
"""
START = """const token = () => (document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/) || [])[1] || "";
SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  requestInterceptor: (request) => {
    request.headers["X-CSRFToken"] = token();
    return request;
  },
});
"""


@router.get("/docs", include_in_schema=False)
def docs_page(request: HttpRequest) -> HttpResponse:
    """The page."""
    return HttpResponse(PAGE, content_type="text/html; charset=utf-8")


@router.get("/docs/{name}", include_in_schema=False)
def docs_file(request: HttpRequest, name: str) -> HttpResponse:
    """One of its files; raises NotFound."""
    if name == "start.js":
        return HttpResponse(START, content_type="text/javascript; charset=utf-8")
    kind = FILES.get(name)
    if kind is None:
        raise NotFound(code="unknown_address")
    content = resources.files("ninja").joinpath("static/ninja", name).read_bytes()
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": "private, max-age=86400"})
