"""From the server to the middleware: one thread per request, entered once.

*How it works*: our middleware is synchronous, and so are nearly all views. Django's handler would still go back
to the event loop for what is inside (the choice of the view, each middleware's look at it, the view itself), each
time from one thread to the other. Here the whole way inside is taken on the request's own thread.

*Rules*: views may be asynchronous (stream.py): they run in the event loop, as before.

*See*: authentication.py, which says why the middleware is synchronous.
"""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ThreadHandler(ASGIHandler):
    """Django's handler, its middleware chain synchronous throughout."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain; `is_async` (what Django asks for under ASGI) is not heeded."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, made on the request's own thread."""
        answer = sync_to_async(self.get_response, thread_sensitive=True)
        return await answer(request)
