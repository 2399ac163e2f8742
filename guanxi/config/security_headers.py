"""The headers that tell a browser what this application never does.

*How it works*: every answer carries a content security policy for a single-page app built by Vite:
scripts only from our own files, no inline script, no plug-ins, no framing. Ant Design writes its
styles into the page at run time, hence inline styles.

*Rules*: a part that must relax the policy (a public form in a frame) sets the header itself; an
existing header is left alone.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob: https:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware(MiddlewareMixin):
    """Adds the headers that Django's own middleware does not."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add what the view has not set itself."""
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
