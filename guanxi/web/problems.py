"""Problems as answers: RFC 9457 problem details in the caller's language."""

from django.http import HttpRequest, HttpResponse

from guanxi.kit import jsons
from guanxi.kit.errors import Problem
from guanxi.kit.text import DEFAULT_LOCALE, Text, match_locale

METHOD = Text("这个地址不支持这种请求。", "This address does not answer that kind of request.")


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer that says what went wrong; 429 and 503 say when to come again."""
    body = jsons.dumps(problem.as_json(locale_of(request)))
    response = HttpResponse(body, status=problem.status, content_type="application/problem+json")
    if "retry_after" in problem.extra:
        response.headers["Retry-After"] = str(problem.extra["retry_after"])
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="guanxi"'
    return response


def method_not_allowed() -> Problem:
    """The 405 of an address that is there, for another kind of request."""
    return Problem(METHOD, code="method_not_allowed", status=405)


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer itself, but for the router's bare 405: that becomes a problem, which allows what it allowed."""
    if response.status_code != 405 or "json" in response.headers.get("Content-Type", ""):
        return response
    told = problem_response(request, method_not_allowed())
    told.headers["Allow"] = response.headers.get("Allow", "")
    return told


def locale_of(request: HttpRequest) -> str:
    """The language to answer in: what was asked for, else the context's (person, workspace)."""
    ctx = getattr(request, "ctx", None)
    asked = match_locale(request.headers.get("Accept-Language"))
    return asked or (ctx.locale if ctx is not None else DEFAULT_LOCALE)
