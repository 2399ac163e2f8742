"""The two addresses of single sign-on that a browser is sent to: off to the provider, and back.

*How it works*: both answer with a redirect. They lie outside the API because a provider sends people here with their
cookies and nothing else, and because the time a provider takes must not hold a connection to the database.
"""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from guanxi.engine.identity.addresses import client_address
from guanxi.engine.sso import flow
from guanxi.kit.errors import Problem
from guanxi.web.problems import problem_response
from guanxi.web.rate_limit import count

LONGEST_PARAMETER = 4000


@require_GET
@never_cache
def go(request: HttpRequest, address: str, connection_id: uuid.UUID) -> HttpResponse:
    """Send the browser to the provider."""
    try:
        count("stranger", client_address(request))
    except Problem as problem:
        return problem_response(request, problem)
    return HttpResponseRedirect(flow.start(request, address, connection_id, request.GET.get("next", "/")))


@require_GET
@never_cache
def come_back(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """Take in whoever the provider sends back."""
    try:
        count("stranger", client_address(request))
    except Problem as problem:
        return problem_response(request, problem)
    params = {key: value[:LONGEST_PARAMETER] for key, value in request.GET.items() if isinstance(value, str)}
    response = HttpResponseRedirect(flow.finish(request, connection_id, params))
    # The code stands in this page's address: it goes to nobody.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
