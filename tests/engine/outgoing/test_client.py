"""Redirects, names that change their mind, and answers without end, against a server on loopback."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from guanxi.engine.outgoing.client import OutgoingProblem, fetch


class Server(BaseHTTPRequestHandler):
    """Answers by path and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012 - emptied before each test
    elsewhere = ""

    def do_GET(self) -> None:
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        kind = self.path.split("?")[0].strip("/").split("/")[0]
        if kind == "to":
            target = {"inside": "http://169.254.169.254/latest", "file": "file:///etc/passwd", "loop": "/to/loop",
                      "other": self.elsewhere, "here": "/ok"}[self.path.rsplit("/", 1)[1]]  # fmt: skip
            self._answer(302, b"", Location=target)
        elif kind == "endless":
            self._endless(0)
        elif kind == "dribble":
            self._endless(0.1)
        elif kind == "packed":
            self._answer(200, b"\x1f\x8b" + b"\0" * 100, **{"Content-Encoding": "gzip"})
        else:
            self._answer(200, b"fine")

    do_POST = do_GET  # noqa: N815

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _endless(self, pause: float) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(100_000):
                self.wfile.write(b"x" * (1 if pause else 65536))
                time.sleep(pause)
        except OSError:
            pass

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def port(settings: Any) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Server.seen = []
        settings.GUANXI_OUTGOING_ALLOW = (f"crm.test:{server.server_port}",)
        yield server.server_port
        server.shutdown()


def here(host: str, port: int) -> list[str]:
    """Every name is this machine."""
    return ["127.0.0.1"]


def test_an_allowed_place_answers_under_its_own_name(port: int) -> None:
    answer = fetch(
        "GET", f"http://crm.test:{port}/ok", params={"q": "中"}, headers={"X-One": "1"}, resolver=here
    )
    assert (answer.status, answer.content) == (200, b"fine")
    [(path, headers)] = Server.seen
    assert path == "/ok?q=%E4%B8%AD"
    assert (headers["host"], headers["x-one"]) == (f"crm.test:{port}", "1")


@pytest.mark.asvs("13.2.4", "13.2.5")
def test_what_is_not_allowed_is_not_even_connected_to(port: int) -> None:
    for url in (f"http://127.0.0.1:{port}/ok", f"http://localhost:{port}/ok", f"http://other.test:{port}/ok"):
        with pytest.raises(OutgoingProblem) as refused:
            fetch("GET", url, resolver=here)
        assert refused.value.code == "address_not_allowed"
        assert "127" not in refused.value.message("en")
    assert Server.seen == []


@pytest.mark.parametrize("where", ["inside", "file"])
@pytest.mark.asvs("15.3.2")
def test_a_redirect_inside_is_refused(port: int, where: str) -> None:
    with pytest.raises(OutgoingProblem) as refused:
        fetch("GET", f"http://crm.test:{port}/to/{where}", resolver=here)
    assert refused.value.status == 422
    assert len(Server.seen) == 1


def test_redirects_end(port: int) -> None:
    with pytest.raises(OutgoingProblem) as refused:
        fetch("GET", f"http://crm.test:{port}/to/loop", resolver=here)
    assert refused.value.code == "too_many_redirects"
    assert len(Server.seen) == 4
    assert fetch("GET", f"http://crm.test:{port}/to/here", resolver=here).content == b"fine"
    assert fetch("POST", f"http://crm.test:{port}/to/here", resolver=here).status == 302
    assert fetch("GET", f"http://crm.test:{port}/to/here", redirects=0, resolver=here).status == 302


@pytest.mark.asvs("15.3.2")
def test_secrets_stay_with_whom_they_were_meant_for(port: int, settings: Any) -> None:
    settings.GUANXI_OUTGOING_ALLOW = (f"crm.test:{port}", f"other.test:{port}")
    Server.elsewhere = f"http://other.test:{port}/ok"
    fetch(
        "GET",
        f"http://crm.test:{port}/to/other",
        headers={"Authorization": "s", "Cookie": "c"},
        resolver=here,
    )
    (_, first), (_, second) = Server.seen
    assert "authorization" in first
    assert not {"authorization", "cookie"} & set(second)


def test_a_name_that_changes_its_mind_reaches_what_was_judged(port: int, settings: Any) -> None:
    """DNS rebinding: the name is public when it is looked up, and internal when it is connected to."""
    settings.GUANXI_OUTGOING_ALLOW = ()
    asked: list[str] = []

    def fickle(host: str, number: int) -> list[str]:
        asked.append(host)
        return ["192.0.2.1" if len(asked) == 1 else "127.0.0.1"]

    with pytest.raises(OutgoingProblem):
        fetch("GET", f"http://rebind.test:{port}/ok", resolver=fickle)
    asked.clear()

    def public_once(host: str, number: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["240e:ffff:ffff:ffff::1"]

    with pytest.raises(OutgoingProblem):
        fetch("GET", f"http://rebind.test:{port}/ok", resolver=public_once, timeout=1)
    assert asked == ["rebind.test"]
    assert Server.seen == []


def test_the_connection_is_made_to_the_judged_address_alone(
    port: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the system's resolver says afterwards, nobody asks it again."""
    real = socket.getaddrinfo
    names: list[Any] = []

    def noting(host: Any, *rest: Any, **more: Any) -> Any:
        names.append(host)
        return real("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noting)
    fetch("GET", f"http://crm.test:{port}/ok")
    assert names.count("crm.test") == 1
    assert set(names) <= {"crm.test", "127.0.0.1"}


@pytest.mark.parametrize("path, code", [("endless", "answer_too_large"), ("dribble", "answer_too_large"), ("packed", "outgoing_failed")])  # fmt: skip
@pytest.mark.asvs("16.5.2")
def test_answers_are_bounded(port: int, path: str, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(OutgoingProblem) as refused:
        fetch("GET", f"http://crm.test:{port}/{path}", resolver=here, max_bytes=1_000_000, timeout=1)
    assert refused.value.code == code
    assert time.monotonic() - began < 4
