"""People and programs at work while a drill goes on: two firms, several writers each, and their books.

*How it works*: each writer is a thread with a number of its own. In turn it creates a customer, changes one
it made, creates a bundle of twenty, and now and then has a small file imported. Every write carries its
mark; a write whose outcome is unknown is sent again with the same key (`insist`), a change is looked up.
`stop` ends them when their last write has an outcome, `settle` reads everything back.
"""

import itertools
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from tests.drills.ledger import Counts, Ledger
from tests.drills.site import FIRMS, Program, Site, Unknown

WRITERS = 2
BUNDLE = 20
IMPORT_ROWS = 40
IMPORT_EVERY = 12
SETTLE_SECONDS = 240.0


@dataclass
class Book:
    """What one firm's writers wrote down."""

    customers: Ledger = field(default_factory=Ledger)
    changes: Ledger = field(default_factory=Ledger)
    imported: Ledger = field(default_factory=Ledger)
    imports: list[str] = field(default_factory=list)
    values: dict[str, int] = field(default_factory=dict)


class Load:
    """Writers at work."""

    def __init__(self, site: Site, *, imports: bool = True, pause: float = 0.0) -> None:
        self.site, self._imports, self._pause = site, imports, pause
        # Several loads may have been at work on the same home.
        self.name = uuid.uuid4().hex[:8]
        self.books = {firm: Book() for firm in FIRMS}
        self.told: list[str] = []
        self.faults: list[str] = []
        self.answers: list[tuple[float, float]] = []
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(firm, number), name=f"{firm}{number}", daemon=True)
            for firm in FIRMS
            for number in range(WRITERS)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End when every last write has an outcome."""
        self._stop.set()
        for thread in self._threads:
            thread.join(150)
            if thread.is_alive():
                self.faults.append(f"writer {thread.name} got no outcome")

    def done(self) -> dict[str, int]:
        """How many writes of each firm were acknowledged so far."""
        return {firm: len(book.customers) for firm, book in self.books.items()}

    def wait_for_progress(self, seconds: float) -> float:
        """Until each firm has had another write acknowledged; gives how long that took, or raises Unknown."""
        before, began = self.done(), time.monotonic()
        while any(count <= before[firm] for firm, count in self.done().items()):
            if time.monotonic() - began > seconds:
                raise Unknown(f"no write was acknowledged for {seconds:.0f} s")
            time.sleep(0.02)
        return time.monotonic() - began

    def _work(self, firm: str, number: int) -> None:
        program, book = self.site.program(firm), self.books[firm]
        made: list[str] = []
        try:
            for turn in itertools.count():
                if self._stop.is_set():
                    return
                began = time.monotonic()
                self._turn(program, book, f"{self.name}-{firm}-{number}-{turn}", turn, made)
                self.answers.append((began, time.monotonic() - began))
                if self._pause:
                    time.sleep(self._pause)
        except Exception as error:
            self.faults.append(f"writer {firm}{number}: {type(error).__name__}: {error}"[:300])
        finally:
            program.close()

    def _turn(self, program: Program, book: Book, mark: str, turn: int, made: list[str]) -> None:
        if self._imports and turn % IMPORT_EVERY == IMPORT_EVERY - 1:
            self._import(program, book, mark)
        elif turn % 3 == 0 or not made:
            if created := self._create(program, book, mark):
                made.append(created)
        elif turn % 3 == 1:
            self._change(program, book, made[turn % len(made)])
        else:
            self._bundle(program, book, mark)

    def _create(self, program: Program, book: Book, mark: str) -> str:
        book.customers.sent(mark)
        answer = program.insist("POST", "/customer", {"name": mark, "employees": 0}, mark, told=self.told)
        if not answer.is_good:
            book.customers.refused(mark)
            self.faults.append(f"{mark}: {answer}"[:300])
            return ""
        book.customers.acknowledged(mark)
        book.values[answer.data["id"]] = 0
        return str(answer.data["id"])

    def _bundle(self, program: Program, book: Book, mark: str) -> None:
        marks = [f"{mark}-{n}" for n in range(BUNDLE)]
        for each in marks:
            book.customers.sent(each)
        body = {"op": "create", "records": [{"name": each, "employees": 0} for each in marks]}
        answer = program.insist("POST", "/customer/bulk", body, mark, told=self.told)
        for each in marks:
            if answer.is_good:
                book.customers.acknowledged(each)
            else:
                book.customers.refused(each)
        if not answer.is_good:
            self.faults.append(f"{mark}: {answer}"[:300])

    def _change(self, program: Program, book: Book, record: str) -> None:
        """Count a record up by one: on what was read, so that no change can be done twice."""
        wanted = book.values[record] + 1
        mark = f"{record}-{wanted}"
        book.changes.sent(mark)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                now = program.call("GET", f"/customer/{record}")
                if now.status == 200 and now.data["employees"] == wanted:
                    break
                if now.status == 200:
                    version = str(now.data["version"])
                    done = program.call(
                        "PATCH", f"/customer/{record}", {"employees": wanted}, **{"If-Match": f'"{version}"'}
                    )
                    if done.is_good:
                        break
                    self.told.append(f"{done.status} {done.code}")
                else:
                    self.told.append(f"{now.status} {now.code}")
                    if now.status == 404:
                        break
            except Unknown as unknown:
                self.told.append(unknown.how)
            time.sleep(0.1)
        else:
            raise Unknown(f"no outcome for a change of {record}")
        book.values[record] = wanted
        book.changes.acknowledged(mark)

    def _import(self, program: Program, book: Book, mark: str) -> None:
        """A small file: uploaded until that is known to have worked, then begun until that is known."""
        marks = [f"{mark}-i{n}" for n in range(IMPORT_ROWS)]
        lines = "name,employees\n" + "".join(f"{each},0\n" for each in marks)
        job = ""
        while not job:
            try:
                answer = program.upload("customer", f"{mark}.csv", lines)
                job = answer.data["id"] if answer.is_good else ""
                if not job:
                    self.told.append(f"{answer.status} {answer.code}")
            except Unknown as unknown:
                self.told.append(unknown.how)
            if not job:
                time.sleep(0.2)
                if self._stop.is_set():
                    return
        for each in marks:
            book.imported.sent(each)
        answer = program.insist("POST", f"/imports/{job}/run", {}, f"{mark}-run", told=self.told)
        if not answer.is_good:
            self.faults.append(f"{mark}: {answer}"[:300])
            return
        for each in marks:
            book.imported.acknowledged(each)
        book.imports.append(job)

    def settle(self) -> dict[str, Counts]:
        """Read everything back, once what runs in the background is done."""
        books = {"customers": Counts(), "changes": Counts(), "imported rows": Counts()}
        for firm, book in self.books.items():
            program = self.site.program(firm)
            self._wait_for_imports(program, book)
            ours = {"field": "name", "op": "starts_with", "value": self.name}
            found = program.every("customer", ["name", "employees"], ours)
            names = [each["name"] for each in found]
            values = Counter(f"{each['id']}-{each['employees']}" for each in found if each["employees"])
            for kind, ledger, there in (
                ("customers", book.customers, [name for name in names if "-i" not in name]),
                ("imported rows", book.imported, [name for name in names if "-i" in name]),
            ):
                _add(books[kind], ledger.settle(there))
            latest = {f"{record}-{value}" for record, value in book.values.items() if value}
            _add(books["changes"], Counts(
                acknowledged=len(book.changes), found=sum(values.values()),
                lost=len(latest - set(values)), foreign=len(set(values) - latest),
            ))  # fmt: skip
            program.close()
        return books

    def _wait_for_imports(self, program: Program, book: Book) -> None:
        deadline = time.monotonic() + SETTLE_SECONDS
        for job in book.imports:
            state: Any = None
            while time.monotonic() < deadline:
                state = program.good("GET", f"/imports/{job}")
                if state["status"] in ("done", "failed"):
                    break
                time.sleep(0.2)
            if not state or state["status"] != "done":
                self.faults.append(
                    f"import {job}: {state and state['status']} {state and state.get('error')}"
                )


def _add(total: Counts, more: Counts) -> None:
    for name in vars(total):
        setattr(total, name, getattr(total, name) + getattr(more, name))
