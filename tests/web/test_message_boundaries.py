"""Where one request ends and the next begins: what the server that we start believes (RFC 9112 6.3)."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

# As config/serving.py starts it, with an application that says what it was sent.
SERVER = """
import sys
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
Server("tests.web.telling_app:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGINL,
       workers=1, http1_settings=HTTP1Settings(header_read_timeout=10000), log_level=LogLevels.error).serve()
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(number)])
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", number)) == 0:
                    break
            time.sleep(0.05)
        yield number
    finally:
        process.terminate()
        process.wait(10)


def _say(port: int, message: bytes) -> bytes:
    """Everything that comes back on one connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as link:
        link.sendall(message)
        found = b""
        try:
            while piece := link.recv(65536):
                found += piece
                if found.endswith(b"END"):
                    link.settimeout(0.3)
        except (TimeoutError, ConnectionResetError):
            pass
        return found


HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.asvs("4.2.1")
def test_an_ordinary_request_is_answered(port: int) -> None:
    assert b"POST / hello END" in _say(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % (5 + len(HIDDEN)),
        b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n" % (5 + len(HIDDEN)),
        b"Content-Length: 5\r\nContent-Length: %d\r\n" % (5 + len(HIDDEN)),
        b"Content-Length: 5, %d\r\n" % (5 + len(HIDDEN)),
        b"Content-Length: +5\r\n",
        b"Content-Length: 5 \x0b\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b" Transfer-Encoding: chunked\r\n",
    ],
)
def test_what_two_servers_could_read_differently_is_refused_or_read_as_the_rules_say(
    port: int, headers: bytes
) -> None:
    """With both headers `Transfer-Encoding` counts; everything else that is not plain ends the connection."""
    found = _say(port, b"POST / HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n0\r\n\r\n" + HIDDEN)
    if b"Transfer-Encoding: chunked\r\n" in headers and b"identity" not in headers and b" T" not in headers:
        assert b" 400 " in found or b"POST /  END" in found
    else:
        assert found == b"" or b" 400 " in found, found
