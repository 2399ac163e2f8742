"""The two addresses of single sign-on that a browser is sent to: off to the provider, and back.

*How it works*: both answer with a redirect. They lie outside the API because a provider sends people here with their
cookies and nothing else, and because the time a provider takes must not hold a connection to the database. A provider
that posts its answer (SAML) has the browser come a second time, with its cookies (engine/sso/posted.py).
"""

import uuid
from urllib.parse import urlencode

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from guanxi.engine.identity.addresses import client_address
from guanxi.engine.sso import flow, posted
from guanxi.kit.errors import Problem, TooLarge
from guanxi.web.problems import problem_response
from guanxi.web.rate_limit import count

LONGEST_PARAMETER = 4000
FORM = "application/x-www-form-urlencoded"


@require_GET
@never_cache
def go(request: HttpRequest, address: str, connection_id: uuid.UUID) -> HttpResponse:
    """Send the browser to the provider."""
    try:
        count("stranger", client_address(request))
    except Problem as problem:
        return problem_response(request, problem)
    after = request.GET.get("next", "/")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        # Another site must not sign somebody in here, into a firm of its choice: its people press the button.
        return HttpResponseRedirect(flow.ask_first(address, after))
    return HttpResponseRedirect(flow.start(request, address, connection_id, after))


@csrf_exempt  # what is posted is only put aside; it counts in the session that holds its state
@require_http_methods(["GET", "POST"])
@never_cache
def come_back(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """Take in whoever the provider sends back."""
    try:
        count("stranger", client_address(request))
        if request.method == "POST":
            return _put_aside(request)
    except Problem as problem:
        return problem_response(request, problem)
    params = {key: value[:LONGEST_PARAMETER] for key, value in request.GET.items() if isinstance(value, str)}
    params.pop("SAMLResponse", None)
    if "posted" in params:
        params["SAMLResponse"] = posted.take(params["posted"])
    response = HttpResponseRedirect(flow.finish(request, connection_id, params))
    # The code stands in this page's address: it goes to nobody.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _put_aside(request: HttpRequest) -> HttpResponse:
    """Send the browser on to the same address, with a handle instead of the answer; raises TooLarge."""
    length = request.headers.get("Content-Length", "")
    if request.content_type != FORM or not length.isdigit() or int(length) > posted.MAX_BYTES:
        raise TooLarge
    try:
        form = request.POST
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
        raise TooLarge from None
    query = {
        "state": form.get("RelayState", "")[:200],
        "posted": posted.keep(form.get("SAMLResponse", "")),
    }
    response = HttpResponse(status=303)
    response.headers["Location"] = f"{request.path}?{urlencode(query)}"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
