"""The page of the web app: one built index.html for every address that is not the API's.

*How it works*: the browser's router reads the address. The page names its scripts by hashed files
under /static/app, so it must be asked for anew each time, and they never.

*Rules*: nothing of a request is written into the page; unknown addresses below /api and /static are 404.
"""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_safe

from guanxi.kit.errors import NotFound
from guanxi.kit.text import DEFAULT_LOCALE, Text, match_locale

INDEX = Path(__file__).parent / "static" / "app" / "index.html"


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """The web app."""
    try:
        content = INDEX.read_bytes()
    except FileNotFoundError:
        locale = match_locale(request.headers.get("Accept-Language")) or DEFAULT_LOCALE
        return HttpResponse(_NOT_BUILT.in_(locale), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, headers={"Cache-Control": "no-cache"})


@csrf_exempt
def unknown_api(request: HttpRequest) -> HttpResponse:
    """An address below /api that does not exist."""
    locale = match_locale(request.headers.get("Accept-Language")) or DEFAULT_LOCALE
    problem = NotFound(code="unknown_address")
    return JsonResponse(problem.as_json(locale), status=404, content_type="application/problem+json")


def missing_file(request: HttpRequest) -> HttpResponse:
    """What is not there below /static and /_allauth; files that are there never come this far."""
    raise Http404


_NOT_BUILT = Text(
    "网页界面还没有构建。请用 script/run 启动 Guanxi，它会先构建。",
    "The web app is not built. Start Guanxi with script/run, which builds it first.",
)
