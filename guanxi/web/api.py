"""The API: every package's router under `/api/v1`, problems for everything that goes wrong.

*How it works*: fixed routes first, then the generic ones that begin with an object's key. Validation by
ninja's schemas becomes the same 422 shape as the engine's own; database timeouts become "too heavy".
The OpenAPI document is ninja's for the fixed routes plus the workspace's objects (`openapi.py`).

*Rules*: routers stay thin; no handler catches a Problem.
"""

import errno
import logging

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from procrastinate.exceptions import ConnectorException

from guanxi import __version__
from guanxi.domains.customers.routes import router as customers_router
from guanxi.domains.insight.customers.routes import router as insight_router
from guanxi.domains.insight.forecasts.routes import router as forecast_router
from guanxi.domains.sales.assignment.routes import router as assignment_router
from guanxi.domains.sales.follow_up.calendar.routes import router as calendar_router
from guanxi.domains.sales.follow_up.invitations.routes import router as invitations_router
from guanxi.domains.sales.follow_up.routes import router as follow_up_router
from guanxi.domains.sales.orders.public_routes import router as public_orders_router
from guanxi.domains.sales.orders.routes import router as orders_router
from guanxi.domains.sales.papers.public_routes import router as offers_router
from guanxi.domains.sales.papers.routes import router as papers_router
from guanxi.domains.sales.pipeline.routes import router as deals_router
from guanxi.domains.sales.pool.routes import router as pool_router
from guanxi.domains.sales.receivables.routes import router as receivables_router
from guanxi.domains.sales.referrals.routes import router as referrals_router
from guanxi.domains.sales.targets.pay_routes import router as pay_router
from guanxi.domains.sales.targets.routes import router as targets_router
from guanxi.domains.sales.web_forms.routes import router as web_forms_router
from guanxi.engine.access.routes import router as access_router
from guanxi.engine.audit.routes import router as audit_router
from guanxi.engine.changes.routes import router as changes_router
from guanxi.engine.configuration.routes import router as configuration_router
from guanxi.engine.dashboards.routes import router as dashboards_router
from guanxi.engine.designer.routes import router as designer_router
from guanxi.engine.designer.routes_values import router as designer_values_router
from guanxi.engine.duplicates.routes import router as duplicates_router
from guanxi.engine.entry.routes import router as entry_router
from guanxi.engine.finder.routes import router as finder_router
from guanxi.engine.handover.routes import router as handover_router
from guanxi.engine.identity.routes import router as identity_router
from guanxi.engine.notifications.routes import router as notifications_router
from guanxi.engine.privacy.routes import record_router as consents_router
from guanxi.engine.privacy.routes import router as privacy_router
from guanxi.engine.quality.routes import router as quality_router
from guanxi.engine.records.routes import fixed, generic
from guanxi.engine.reports.routes import router as reports_router
from guanxi.engine.sso.routes import router as sso_router
from guanxi.engine.subjects.routes import router as subjects_router
from guanxi.engine.transfer.routes import router as transfer_router
from guanxi.engine.views.routes import router as views_router
from guanxi.kit.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    TooHeavy,
    TooLarge,
)
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text
from guanxi.web.api_docs import router as docs_router
from guanxi.web.database_away import problem_of, storage_full
from guanxi.web.idempotency import BAD_FORM
from guanxi.web.json_bodies import BoundedParser
from guanxi.web.openapi import document_for
from guanxi.web.parser_complaints import complaints
from guanxi.web.problems import method_not_allowed, problem_response

log = logging.getLogger("guanxi.web")

api = NinjaAPI(
    title="Guanxi",
    version=__version__,
    description="The API of the Guanxi customer relationship platform.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=BoundedParser(),
)
for part in (
    identity_router,
    handover_router,
    fixed,
    entry_router,
    sso_router,
    access_router,
    designer_router,
    designer_values_router,
    views_router,
    reports_router,
    dashboards_router,
    transfer_router,
    notifications_router,
    customers_router,
    pool_router,
    assignment_router,
    follow_up_router,
    invitations_router,
    calendar_router,
    papers_router,
    deals_router,
    receivables_router,
    referrals_router,
    offers_router,
    targets_router,
    pay_router,
    web_forms_router,
    orders_router,
    public_orders_router,
    insight_router,
    forecast_router,
    configuration_router,
    duplicates_router,
    finder_router,
    changes_router,
    quality_router,
    audit_router,
    privacy_router,
    subjects_router,
):
    api.add_router("", part)

BROKEN = Text(
    "服务器出错了，已经记录下来。请稍后再试。", "Something went wrong on the server; it has been logged."
)
COLLIDED = Text(
    "别人同时在改同样的数据，这次没有保存，请再试一次。",
    "Others were changing the same data at the same time; nothing was saved. Try again.",
)
# A statement that ran out of its time "while locking tuple …" had waited for somebody else's.
_COLLISIONS = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.QueryCanceled,
)


@api.get("/openapi.json", include_in_schema=False)
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document of the caller's workspace."""
    ctx = request.ctx  # type: ignore[attr-defined]
    return HttpResponse(dumps(document_for(ctx, api.get_openapi_schema())), content_type="application/json")


@api.get("/doctor", operation_id="doctor", summary="Health of this installation", tags=["Workspace"])
def doctor(request: HttpRequest) -> HttpResponse:
    """What `guanxi doctor` finds; for administrators."""
    ctx = request.ctx  # type: ignore[attr-defined]
    if not ctx.actor.may("system"):
        raise Forbidden
    checks = import_string(settings.GUANXI_DOCTOR)()
    found = {"data": [check.as_json(ctx.locale) for check in checks]}
    return HttpResponse(dumps(found), content_type="application/json")


api.add_router("", docs_router)
api.add_router("", consents_router)
api.add_router("", generic)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The engine's own complaints."""
    return _refused(request, problem)


@api.exception_handler(ValidationError)
def on_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Complaints of ninja's parser in the same shape."""
    return _refused(request, Invalid(errors=complaints(error.errors)))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """No such address below the API."""
    return _refused(request, NotFound(code="unknown_address"))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Errors that ninja raises by status; what our parser refused stands behind its 400."""
    if isinstance(error.__cause__, Problem):
        return _refused(request, error.__cause__)
    if error.status_code == 405:
        return _refused(request, method_not_allowed())
    return _refused(request, Problem(code="bad_request", status=error.status_code))


@api.exception_handler(RequestDataTooBig)
@api.exception_handler(TooManyFieldsSent)
@api.exception_handler(TooManyFilesSent)
def on_too_big(request: HttpRequest, error: Exception) -> HttpResponse:
    """More than a request may carry."""
    return _refused(request, TooLarge())


@api.exception_handler(MultiPartParserError)
def on_bad_form(request: HttpRequest, error: MultiPartParserError) -> HttpResponse:
    """A form that cannot be read, or with names too long for one."""
    return _refused(request, Problem(BAD_FORM, code="bad_form"))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def on_database_error(request: HttpRequest, error: OperationalError | InterfaceError) -> HttpResponse:
    """A statement that ran out of its time is the query's fault; the rest is ours, and worth another try."""
    cause = error.__cause__
    if isinstance(cause, psycopg.errors.QueryCanceled) and "tuple" not in (cause.diag.context or ""):
        return _refused(request, TooHeavy())
    log.error("%s %s met a database error", request.method, request.path_info, exc_info=error)
    if isinstance(cause, _COLLISIONS):
        return _refused(request, Conflict(COLLIDED, code="collided", extra={"retry_after": 1}))
    return _refused(request, problem_of(error))


@api.exception_handler(ConnectorException)
def on_queue_error(request: HttpRequest, error: ConnectorException) -> HttpResponse:
    """Work that could not be queued: the queue lies in the same database, and is away when that is."""
    if isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
        log.error("%s %s met a database error", request.method, request.path_info, exc_info=error)
        return _refused(request, problem_of(error))
    return on_unexpected(request, error)


@api.exception_handler(Exception)
def on_unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own mistakes: logged in full, answered without detail; a full disk is none."""
    log.error("%s %s failed", request.method, request.path_info, exc_info=error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _refused(request, storage_full())
    return _refused(request, Problem(BROKEN, code="internal_error", status=500))


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return problem_response(request, problem)
