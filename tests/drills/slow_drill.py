"""Slow and oversized requests: everybody else is served meanwhile.

Hundreds of connections send their headers a byte at a time, others their body, others declare bodies of a
gigabyte or send one without end. A program keeps asking on connections of its own. Afterwards none of the
slow ones may still be held.
"""

import contextlib
import socket
import statistics
import threading
import time
from typing import Any

import httpx

from tests.drills.ledger import Report
from tests.drills.site import Program, Site, Unknown

DEFAULT_ROUNDS = 600
FEW_ROUNDS = 400
HELD_SECONDS = 45.0
SERVED_SECONDS = 2.0


class Slow:
    """A connection that dribbles."""

    def __init__(self, site: Site, first: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", site.product.port), timeout=5)
        self.socket.sendall(first)
        self.ended_at: float | None = None

    def dribble(self, piece: bytes) -> None:
        """Send a little more; notes when the product has hung up."""
        if self.ended_at is not None:
            return
        try:
            self.socket.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                if self.socket.recv(4096) == b"":
                    raise ConnectionResetError
            self.socket.send(piece)
        except BlockingIOError:
            pass
        except OSError:
            self.ended_at = time.monotonic()
            self.socket.close()


def run(site: Site, rounds: int) -> Report:
    """So many slow connections at once."""
    report = Report("slow", rounds)
    program = site.program()
    quiet = [_ask(program, report) for _ in range(20)]
    began = time.monotonic()
    slow = list(_slow_connections(site, rounds, report))
    stop, asked = threading.Event(), list[float]()
    asking = threading.Thread(target=_keep_asking, args=(site, stop, asked, report), daemon=True)
    asking.start()
    _oversized(site, program, report)
    while time.monotonic() - began < HELD_SECONDS and any(each.ended_at is None for each in slow):
        for each, piece in zip(slow, _pieces(len(slow)), strict=True):
            each.dribble(piece)
        time.sleep(0.5)
    stop.set()
    asking.join(30)
    held = [each for each in slow if each.ended_at is None]
    report.expect(
        not held, f"{len(held)} of {len(slow)} slow connections were still held after {HELD_SECONDS:.0f} s"
    )
    report.figures["slow connections"] = len(slow)
    ended = [each.ended_at - began for each in slow if each.ended_at]
    report.figures["hung up after, s (last)"] = round(max(ended, default=0.0), 1)
    report.figures["requests served meanwhile"] = len(asked)
    report.figures["answered in, ms (median; before)"] = f"{_ms(asked)}; {_ms(quiet)}"
    report.figures["answered in, ms (slowest)"] = round(max(asked, default=0.0) * 1000)
    report.expect(len(asked) > 20, f"only {len(asked)} requests were served meanwhile")
    report.expect(
        max(asked, default=99) < SERVED_SECONDS, f"a request took {max(asked, default=99):.1f} s meanwhile"
    )
    for each in slow:
        each.socket.close()
    return report


def _ms(seconds: list[float]) -> int:
    return round(statistics.median(seconds) * 1000) if seconds else -1


def _slow_connections(site: Site, rounds: int, report: Report) -> Any:
    for number in range(rounds):
        # A slow body is waited for longer than the suite can wait.
        if number % 3 or rounds <= FEW_ROUNDS:
            first = b"GET /api/v1/setup HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
        else:
            first = (b"POST /api/v1/customer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                     b"Content-Length: 5000\r\n\r\n{")  # fmt: skip
        try:
            yield Slow(site, first)
        except OSError as error:
            report.faults.append(f"connection {number}: {error}")
            return


def _pieces(count: int) -> list[bytes]:
    return [b"a" if number % 3 else b" " for number in range(count)]


def _ask(program: Program, report: Report) -> float:
    began = time.monotonic()
    try:
        answer = program.call("POST", "/customer/query", {"limit": 5})
        report.expect(answer.is_good, f"meanwhile: {answer}")
    except Unknown as unknown:
        report.faults.append(f"meanwhile: {unknown.how}")
    return time.monotonic() - began


def _keep_asking(site: Site, stop: threading.Event, asked: list[float], report: Report) -> None:
    while not stop.is_set():
        # A connection of its own each time: whoever comes new is served too.
        program = site.program()
        asked.append(_ask(program, report))
        program.close()
        time.sleep(0.1)


def _oversized(site: Site, program: Program, report: Report) -> None:
    head = {"Authorization": f"Bearer {program.token}", "Content-Type": "application/json"}
    with socket.create_connection(("127.0.0.1", site.product.port), timeout=10) as declared:
        declared.sendall(
            b"POST /api/v1/customer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: 1073741824\r\n\r\n{"
        )
        declared.settimeout(10)
        try:
            answer = declared.recv(4096)
        except OSError as error:
            answer = str(error).encode()
    report.expect(b" 413 " in answer, f"a declared gigabyte: {answer[:200]!r}")

    def endless() -> Any:
        for _ in range(200):
            yield b" " * 1024 * 1024

    try:
        sent = httpx.post(f"{site.product.url}/api/v1/customer", content=endless(), headers=head, timeout=20)
        report.expect(sent.status_code == 413, f"a body without end: {sent.status_code}")
        report.figures["a body without end"] = sent.status_code
    except httpx.HTTPError as error:
        # Hung up on while still sending: the answer may get lost, the body is refused all the same.
        report.figures["a body without end"] = type(error).__name__
