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
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        # A web form is shown as visitors will see it: its page alone may be framed by us.
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
# Scanning a business card wants the camera, a map the place, a passkey the authenticator; nothing wants the rest.
OWN_FEATURES = (
    "camera", "geolocation", "clipboard-write", "publickey-credentials-create", "publickey-credentials-get",
)  # fmt: skip
NO_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "display-capture", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": ", ".join(
        [*(f"{name}=(self)" for name in OWN_FEATURES), *(f"{name}=()" for name in NO_FEATURES)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# What people and programs get of the firm's data lies in no cache; files and built pages say their own.
_DATA = ("/api/", "/_allauth/")


class SecurityHeadersMiddleware(MiddlewareMixin):
    """Adds the headers that Django's own middleware does not."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add what the view has not set itself."""
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path_info.startswith(_DATA):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
