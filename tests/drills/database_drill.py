"""The database stops under load, stays away for a while and comes back: the product goes on by itself.

Each round stops the server (in turn: at once, and in an orderly way), keeps it from being started for some
seconds, and lets go. Meanwhile requests are answered 503 with a sentence and a time to come again; within
30 seconds of its return both firms write again, in the same processes as before.
"""

import fcntl
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.drills.ledger import Report
from tests.drills.load import Load
from tests.drills.site import Site, Unknown
from tests.product import server_pid

DEFAULT_ROUNDS = 20
FEW_ROUNDS = 1
AWAY_SECONDS = 5.0
HEALTHY_SECONDS = 30.0
ANSWER_SECONDS = 12.0


def run(site: Site, rounds: int) -> Report:
    """So many restarts."""
    report = Report("database", rounds)
    processes = _web_processes(site)
    longest = slowest = 0.0
    with Load(site, imports=False) as load:
        load.wait_for_progress(HEALTHY_SECONDS)
        for number in range(rounds):
            with _kept_away(site):
                os.kill(server_pid(site.product.home), (signal.SIGQUIT, signal.SIGINT)[number % 2])
                slowest = max(slowest, _while_away(site, report))
            try:
                longest = max(longest, load.wait_for_progress(HEALTHY_SECONDS))
            except Unknown as unknown:
                report.faults.append(f"round {number}: {unknown.how}")
    report.faults += load.faults
    report.books = load.settle()
    report.expect(_web_processes(site) == processes, "the web part was started again")
    told = Counter(load.told)
    report.expect(not [how for how in told if how.startswith("500")], f"an answer without a sentence: {told}")
    report.figures["healthy again after, s (longest)"] = round(longest, 2)
    report.figures["answer while it is away, s (slowest)"] = round(slowest, 2)
    report.figures["instead of an answer"] = ", ".join(f"{n}× {how}" for how, n in told.most_common(12))
    return report


@contextmanager
def _kept_away(site: Site) -> Iterator[None]:
    """Nobody starts the server meanwhile: whoever does holds this lock."""
    with open(site.product.home / "pg.start.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _while_away(site: Site, report: Report) -> float:
    program, slowest, until = site.program(), 0.0, time.monotonic() + AWAY_SECONDS
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            for path in ("/api/v1/me", "/_allauth/browser/v1/auth/session"):
                answer = program.client.get(site.product.url + path)
                said = f"{path} while the database was away: {answer.status_code} {answer.text[:200]}"
                report.expect(answer.status_code == 503 and "retry_after" in answer.json(), said)
        except httpx.HTTPError as unknown:
            report.faults.append(f"while the database was away: {type(unknown).__name__}")
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.2)
    report.expect(slowest < ANSWER_SECONDS, f"an answer took {slowest:.1f} s while the database was away")
    program.close()
    return slowest


def _web_processes(site: Site) -> set[int]:
    part = site.product.child("web")
    return {part.pid, *(child.pid for child in part.children())} if part is not None else set()
