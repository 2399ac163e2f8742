"""`GET /api/v1/stream`: server-sent events for open screens.

*How it works*: the middleware has let the request in like any other and ended its transaction. The view
gives the request's database connection back, joins the hub of this process (event_hub.py), says `ready`
(from here on nothing is missed, which is later than the headers) and passes on what comes: `notification`
(one's own), `import` and `export` (progress of one's own), `records` (`{object}`: something changed there)
and `schema` (`{version}`). A comment every 20 seconds keeps proxies from closing the line. `reset` says that
events may have been missed: fetch anew.

*Rules*: an event names what to ask for again and says nothing of it, so that rights are asked where they
always are. A sign-out, a revoked token, a disabled member, another role: whoever does that says so
(tenancy/telling.py), and the stream ends at once; within a minute it would find out by itself. It runs
outside ninja, since it outlives its transaction.

*See*: docs/adr/0034-event-stream.md.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Problem, TooMany
from guanxi.web.authentication import admitted
from guanxi.web.event_hub import EventHub, get_hub
from guanxi.web.problems import problem_response

HEARTBEAT_SECONDS = 20.0
# The check comes with the first heartbeat after this.
CHECK_AFTER_SECONDS = 35.0
# Told of a sign-out, we may be faster than its end.
LOOK_AGAIN_SECONDS = 2.0
PING = b": still here\n\n"

# Their number bounds the connections that checks take from the others.
checkers = ThreadPoolExecutor(2, thread_name_prefix="stream-check")


@csrf_exempt  # the middleware has checked it, where it matters
async def stream(request: HttpRequest) -> HttpResponseBase:
    """The events of the caller's workspace, for as long as they listen."""
    if request.method != "GET":
        refusal = problem_response(request, Problem(status=405, code="method_not_allowed"))
        refusal.headers["Allow"] = "GET"
        return refusal
    hub = get_hub()
    ctx: Ctx = request.ctx  # type: ignore[attr-defined]
    try:
        hub.require_room(ctx)
    except Problem as problem:
        return problem_response(request, problem)
    response = StreamingHttpResponse(_events(request, hub, ctx), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events(request: HttpRequest, hub: EventHub, ctx: Ctx) -> AsyncIterator[bytes]:
    # An open stream must not keep a connection of the pool from everybody else.
    await sync_to_async(connections.close_all)()
    subscriber = await hub.join(ctx)
    # What was taken away between being let in and listening has been told to nobody here.
    subscriber.checks_due = 1
    loop = asyncio.get_running_loop()
    checked_at = loop.time()
    try:
        # Not everybody comes back at the same moment after a restart.
        yield f"retry: {2000 + secrets.randbelow(3000)}\nevent: ready\ndata: {{}}\n\n".encode()
        while True:
            text = await subscriber.next(LOOK_AGAIN_SECONDS if subscriber.checks_due else HEARTBEAT_SECONDS)
            is_last = subscriber.is_over
            yield text or PING
            if is_last:
                return
            if subscriber.checks_due or loop.time() - checked_at > CHECK_AFTER_SECONDS:
                subscriber.checks_due = max(0, subscriber.checks_due - 1)
                if not await loop.run_in_executor(checkers, is_still_admitted, request, ctx):
                    return
                checked_at = loop.time()
    finally:
        hub.leave(subscriber)


def is_still_admitted(request: HttpRequest, before: Ctx) -> bool:
    """Whether the request would be let in now, into the same workspace and as the same person."""
    again = HttpRequest()
    again.method, again.path_info = "GET", request.path_info
    again.META, again.COOKIES = request.META, request.COOKIES
    try:
        store = import_module(settings.SESSION_ENGINE).SessionStore
        again.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        again.user = get_user(again)
        with admitted(again) as ctx:
            now, then = (
                (each.workspace.id, each.actor.user_id, each.origin.viewer, each.origin.viewing)
                for each in (ctx, before)
            )
            return now == then
    except (TooMany, DatabaseError):
        return True  # it says nothing about the person; the next check will
    except Problem:
        return False
    finally:
        connections.close_all()
