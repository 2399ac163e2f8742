"""Problems as answers: RFC 9457 problem details in the caller's language."""

from django.http import HttpRequest, HttpResponse

from guanxi.kit import jsons
from guanxi.kit.errors import Problem
from guanxi.kit.text import DEFAULT_LOCALE, match_locale


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer that says what went wrong; 429 and 503 say when to come again."""
    body = jsons.dumps(problem.as_json(locale_of(request)))
    response = HttpResponse(body, status=problem.status, content_type="application/problem+json")
    if "retry_after" in problem.extra:
        response.headers["Retry-After"] = str(problem.extra["retry_after"])
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="guanxi"'
    return response


def locale_of(request: HttpRequest) -> str:
    """The language to answer in: what was asked for, else the context's (person, workspace)."""
    ctx = getattr(request, "ctx", None)
    asked = match_locale(request.headers.get("Accept-Language"))
    return asked or (ctx.locale if ctx is not None else DEFAULT_LOCALE)
