"""Races: several programs want the same thing at the same moment, and exactly one gets it.

Each round is one race of four contenders, the kinds in turn: the same unique code; a change of the same
version; serial numbers; the same Idempotency-Key; rows claimed by a filter; a bulk taken back; a merge taken
back; the same record deleted. Afterwards every unique code is there once, and serial numbers have no gap.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

from tests.drills.ledger import Ledger, Report
from tests.drills.site import Answer, Program, Site

DEFAULT_ROUNDS = 1000
FEW_ROUNDS = 40
CONTENDERS = 4
SERIAL = "race_number"


@dataclass
class Ground:
    """Where the races are held."""

    program: Program
    contenders: list[Program]
    pool: ThreadPoolExecutor
    serials: str
    codes: Ledger = field(default_factory=Ledger)
    keys: Ledger = field(default_factory=Ledger)
    numbers: list[str] = field(default_factory=list)

    def race(self, method: str, path: str, body: Callable[[int], Any], **headers: str) -> list[Answer]:
        """All contenders at once; their answers."""
        start = Barrier(len(self.contenders))

        def run(number: int) -> Answer:
            start.wait(30)
            return self.contenders[number].call(method, path, body(number), **headers)

        return list(self.pool.map(run, range(len(self.contenders))))

    def create(self, object_key: str, **values: Any) -> Any:
        return self.program.good("POST", f"/{object_key}", values)


def run(site: Site, rounds: int) -> Report:
    """So many races."""
    report = Report("races", rounds)
    program = site.program()
    with ThreadPoolExecutor(CONTENDERS) as pool:
        contenders = [program.twin() for _ in range(CONTENDERS)]
        ground = Ground(program, contenders, pool, _serial_field(program))
        held: Counter[str] = Counter()
        began = time.monotonic()
        for number, race in zip(range(rounds), itertools.cycle(RACES), strict=False):
            wrong = race(ground, number)
            held[race.__name__.strip("_")] += 1
            if wrong:
                report.faults.append(f"{race.__name__.strip('_')} {number}: {wrong}"[:400])
        report.figures["races"] = ", ".join(f"{n}× {kind}" for kind, n in held.items())
        report.figures["races/s"] = round(rounds / (time.monotonic() - began), 1)
        for each in contenders:
            each.close()
    products = program.every("product", ["code", "name", SERIAL])
    report.books["unique codes"] = ground.codes.settle([p["code"] for p in products if p["code"]])
    report.books["idempotency keys"] = ground.keys.settle(
        [p["name"] for p in products if p["name"].startswith("key ")]
    )
    counted = sorted(int(p[SERIAL]) for p in products if p[SERIAL])
    report.expect(
        counted == list(range(1, len(counted) + 1)), f"serial numbers with gaps or twice: {counted[:50]}"
    )
    report.figures["serial numbers without a gap"] = len(counted)
    return report


def _serial_field(program: Program) -> str:
    made = program.good("POST", "/meta/objects/product/fields", {
        "key": SERIAL, "type": "serial", "label": "Race number", "config": {"pattern": "{000000}"}})  # fmt: skip
    return str(made["key"])


def _one(answers: list[Answer], status: int, *others: str) -> str:
    """What is wrong unless one has this status and all others one of these codes."""
    told = Counter(
        "won" if answer.status == status else f"{answer.status} {answer.code}" for answer in answers
    )
    lost = {f"{each}" for each in others}
    return "" if told["won"] == 1 and set(told) <= {"won", *lost} else str(dict(told))


def _unique_code(ground: Ground, number: int) -> str:
    code = f"code {number}"
    ground.codes.sent(code)
    answers = ground.race("POST", "/product", lambda n: {"name": f"contender {n}", "code": code})
    if any(answer.is_good for answer in answers):
        ground.codes.acknowledged(code)
    return _one(answers, 201, "422 validation_failed")


def _version(ground: Ground, number: int) -> str:
    made = ground.create("product", name=f"version {number}")
    path = f"/product/{made['id']}"
    answers = ground.race(
        "PATCH", path, lambda n: {"name": f"version {number} of {n}"}, **{"If-Match": '"1"'}
    )
    after = ground.program.good("GET", path)
    winners = [n for n, answer in enumerate(answers) if answer.is_good]
    if winners and (after["version"], after["name"]) != (2, f"version {number} of {winners[0]}"):
        return f"{after['version']} {after['name']}, won by {winners}"
    return _one(answers, 200, "409 stale_version")


def _serial(ground: Ground, number: int) -> str:
    # One of four is refused after a number could have been taken.
    answers = ground.race(
        "POST", "/product", lambda n: {"name": f"serial {number}", "price": "no price" if n == 3 else n}
    )
    given = [answer.data[SERIAL] for answer in answers if answer.is_good]
    ground.numbers += given
    return "" if len(set(given)) == CONTENDERS - 1 else str([(a.status, a.data) for a in answers])


def _same_key(ground: Ground, number: int) -> str:
    name = f"key {number}"
    ground.keys.sent(name)
    answers = ground.race("POST", "/product", lambda n: {"name": name}, **{"Idempotency-Key": name})
    ids = {answer.data["id"] for answer in answers if answer.is_good}
    if ids:
        ground.keys.acknowledged(name)
    told = {f"{answer.status} {answer.code}" for answer in answers if not answer.is_good}
    return "" if len(ids) == 1 and told <= {"409 idempotency_in_progress"} else f"{ids} {told}"


def _claim(ground: Ground, number: int) -> str:
    rows = [{"name": f"free {number} {n}"} for n in range(5)]
    ground.program.good("POST", "/product/bulk", {"op": "create", "records": rows})
    free = {"field": "name", "op": "starts_with", "value": f"free {number} "}
    answers = ground.race(
        "POST", "/product/bulk",
        lambda n: {"op": "update", "filter": free, "set": {"name": f"taken {number} by {n}"}},
    )  # fmt: skip
    taken = [answer.data.get("affected") for answer in answers if answer.is_good]
    return "" if sorted(taken) == [0] * (CONTENDERS - 1) + [5] else str([(a.status, a.data) for a in answers])


def _undo(ground: Ground, number: int) -> str:
    rows = [{"name": f"undo {number} {n}"} for n in range(3)]
    ground.program.good("POST", "/product/bulk", {"op": "create", "records": rows})
    of = {"field": "name", "op": "starts_with", "value": f"undo {number} "}
    done = ground.program.good(
        "POST", "/product/bulk", {"op": "update", "filter": of, "set": {"name": f"undone {number}"}}
    )
    answers = ground.race("POST", f"/changes/{done['batch']}/undo", lambda n: {})
    left = ground.program.good(
        "POST", "/product/query", {"filter": {"field": "name", "op": "is", "value": f"undone {number}"}}
    )["data"]
    return (
        f"{len(left)} not taken back"
        if left
        else _one(answers, 200, "409 undone_already", "422 undone_already")
    )


def _unmerge(ground: Ground, number: int) -> str:
    ids = [ground.create("customer", name=f"merge {number} {n}")["id"] for n in range(3)]
    merged = ground.program.good("POST", "/customer/merge", {"ids": ids, "survivor": ids[0]})
    answers = ground.race("POST", f"/customer/{ids[0]}/unmerge", lambda n: {"batch": merged["batch"]})
    there = [ground.program.call("GET", f"/customer/{each}").status for each in ids]
    if there != [200, 200, 200]:
        return str(there)
    codes = ("undone_already", "no_such_merge")
    return _one(answers, 200, *(f"{status} {code}" for status in (404, 409, 422) for code in codes))


def _delete(ground: Ground, number: int) -> str:
    made = ground.create("customer", name=f"delete {number}")
    answers = ground.race("DELETE", f"/customer/{made['id']}", lambda n: None, **{"If-Match": '"1"'})
    return _one(answers, 204, "404 not_found", "409 stale_version")


RACES = [_unique_code, _version, _serial, _same_key, _claim, _undo, _unmerge, _delete]
