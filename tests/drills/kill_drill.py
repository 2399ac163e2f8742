"""kill -9 of every part in turn, while two firms write: nothing acknowledged is lost, nothing is there twice.

Struck in turn: a serving process, the web part with all of them, the worker, one connection's process of the
database (whereupon PostgreSQL starts over), the whole database. A round ends when both firms have had
another write acknowledged. Afterwards everything is read back and the audit's seal is verified.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable

import psutil

from tests.drills.ledger import Report
from tests.drills.load import Load
from tests.drills.site import Site, Unknown
from tests.product import server_pid

DEFAULT_ROUNDS = 200
FEW_ROUNDS = 5
HEALTHY_SECONDS = 30.0
BACK_SECONDS = 10.0


def run(site: Site, rounds: int) -> Report:
    """So many kills."""
    report = Report("kill", rounds)
    healthy: dict[str, list[float]] = {}
    # A killed worker's job is another's after half a minute: too long for the suite (test_import_kill.py).
    with Load(site, imports=rounds > FEW_ROUNDS) as load:
        load.wait_for_progress(HEALTHY_SECONDS)
        for number in range(rounds):
            target, strike = TARGETS[number % len(TARGETS)]
            time.sleep(random.random() * 0.4)
            report.expect(_struck(strike, site), f"round {number}: there was no {target} to kill")
            # What was on its way when it struck is no sign of health.
            time.sleep(0.5)
            try:
                healthy.setdefault(target, []).append(load.wait_for_progress(HEALTHY_SECONDS))
            except Unknown as unknown:
                report.faults.append(f"round {number}, {target}: {unknown.how}")
    report.faults += load.faults
    report.books = load.settle()
    for target, seconds in healthy.items():
        report.figures[f"healthy again after {target}, s (longest of {len(seconds)})"] = round(
            max(seconds), 2
        )
    report.figures["instead of an answer"] = ", ".join(
        f"{n}× {how}" for how, n in Counter(load.told).most_common(12)
    )
    seal = site.run("audit", "verify")
    report.expect(seal.returncode == 0, f"audit verify: {seal.stdout}{seal.stderr}")
    return report


def _struck(strike: Callable[[Site], bool], site: Site) -> bool:
    """Strike as soon as there is something to strike: what has just died is started again within seconds."""
    deadline = time.monotonic() + BACK_SECONDS
    while not strike(site):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _serving(site: Site) -> bool:
    web = site.product.child("web")
    children = web.children() if web else []
    return bool(children) and _kill(random.choice(children))


def _part(name: str) -> Callable[[Site], bool]:
    def strike(site: Site) -> bool:
        found = site.product.child(name)
        return found is not None and _kill(found)

    return strike


def _connection(site: Site) -> bool:
    try:
        server = psutil.Process(server_pid(site.product.home))
        busy = [each for each in server.children() if "guanxi_app" in " ".join(each.cmdline())]
    except (psutil.Error, OSError):
        return False
    return bool(busy) and _kill(random.choice(busy))


def _database(site: Site) -> bool:
    try:
        os.kill(server_pid(site.product.home), signal.SIGKILL)
    except (OSError, IndexError):
        return False
    return True


def _kill(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.Error:
        return False
    return True


TARGETS: list[tuple[str, Callable[[Site], bool]]] = [
    ("serving process", _serving),
    ("worker", _part("worker")),
    ("connection", _connection),
    ("web", _part("web")),
    ("database", _database),
]
