"""The hosted page of a web form, by itself or in a frame of the hosts the form names.

*How it works*: one page for all forms; its script reads the form's address from its own and asks the API for the rest.
Nothing of the request or the form is written into it. Its policy allows its own script and style by a nonce, and framing
by those hosts alone.
"""

import secrets
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guanxi.domains.sales.web_forms.facade import frame_policy, hosts_of, page_template
from guanxi.engine.identity.addresses import client_address
from guanxi.kit.errors import Problem
from guanxi.web.problems import problem_response
from guanxi.web.rate_limit import count, place


@cache
def _template() -> str:
    return page_template()


@require_safe
def form_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a form; the same page with 404 where there is none."""
    try:
        count("stranger", client_address(request))
        with place(""):
            hosts = hosts_of(token)
    except Problem as problem:
        return problem_response(request, problem)
    nonce = secrets.token_urlsafe(16)
    response = HttpResponse(_template().replace("{nonce}", nonce), status=200 if hosts is not None else 404)
    response.headers["Content-Security-Policy"] = frame_policy(nonce, hosts)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.xframe_options_exempt = True  # frame-ancestors says it
    return response
