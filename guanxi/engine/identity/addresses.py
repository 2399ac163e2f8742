"""Where a request comes from: the caller's network address.

*How it works*: behind GUANXI_TRUSTED_PROXIES proxies the address that the outermost of them noted in
X-Forwarded-For counts; what a caller writes into that header without a proxy counts for nothing.
"""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's IP address; over a Unix socket there is none, and all callers count as one."""
    return str(get_adapter(request).get_client_ip(request))
