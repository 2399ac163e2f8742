"""Every door of the product, and how somebody goes through it who looks for what they may not see.

*How it works*: a door is an address of the API; `door(address)` declares how it is tried. A visitor (`Visit`)
asks, and every answer is searched (body, headers, files) for canaries and ids that this person may not come
across and did not bring along. Addresses that tell nothing of records are listed with the reason.
What is not said here of a new address is missing in `undeclared()`, and the suite fails.

*Rules*: a door that writes is tried inside `visit.trying()`, which takes it back. Rights are told by the
oracle alone.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import transaction

from guanxi.engine.records.routes.records import checks
from guanxi.web.rate_limit import limiter
from tests.battery.test_routes import addresses
from tests.battery.wall_oracle import UUID, Planted, Who, canaries_in
from tests.battery.wall_world import Wall
from tests.firms import Door

GATE = "{object_key}"


class Leak(AssertionError):
    """Something came through a door that must not."""


@dataclass
class Visit:
    """A person at a door, and the object they ask about (for doors of objects)."""

    wall: Wall
    name: str
    key: str = ""
    through: Door | None = None

    @property
    def who(self) -> Who:
        """The person."""
        return self.wall.people[self.name]

    @property
    def aims(self) -> list[Planted]:
        """A record they see and one they do not, where there are such; crossing ones first."""
        found = sorted(
            (r for r in self.wall.oracle.records if r.object == self.key),
            key=lambda r: (not r.name.startswith("cross"), r.name != "stranger"),
        )
        seen = [r for r in found if self.sees(r)]
        return seen[:1] + [r for r in found if not self.sees(r)][:1]

    @property
    def seen(self) -> list[Planted]:
        """The record among `aims` that they see."""
        return [r for r in self.aims if self.sees(r)]

    def sees(self, record: Planted) -> bool:
        """Whether the person sees a record."""
        return self.wall.oracle.sees(self.who, record)

    def ask(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask, and raise Leak for what the answer must not hold."""
        limiter.forget()
        checks.forget()
        door = self.through or self.wall.doors[self.name]
        answer = door.call(verb, path, body, **headers)
        told = text_of(answer)
        self.check(told, f"{verb} {path} {str(body)[:400]}", asked=f"{path} {body}")
        if answer.status_code >= 500:
            raise Leak(f"{self.name}: {verb} {path} broke: {told[:400]}")
        return answer

    def check(self, told: str, what: str, asked: str = "") -> None:
        """Raise Leak for canaries and ids in a text that the person may not come across."""
        oracle, brought = self.wall.oracle, canaries_in(asked)
        for text in canaries_in(told) - brought - self.allowed:
            if text in oracle.of:
                record, name = oracle.of[text]
                raise Leak(
                    f"{self.name} reads {record.object}.{name} of {record.name}’s record through {what}"
                )
        for found in set(UUID.findall(told)) - set(UUID.findall(asked)):
            if found in self.forbidden_ids:
                record = next(r for r in oracle.records if r.id == found)
                raise Leak(f"{self.name} learns the id of {record.name}’s {record.object} through {what}")

    @property
    def allowed(self) -> frozenset[str]:
        """What the person may come across."""
        found: frozenset[str] = self.wall.once(
            ("allowed", self.name), lambda: self.wall.oracle.allowed(self.who)
        )
        return found

    @property
    def forbidden_ids(self) -> frozenset[str]:
        """Ids that the person may not come across."""
        found: frozenset[str] = self.wall.once(
            ("ids", self.name), lambda: self.wall.oracle.forbidden_ids(self.who)
        )
        return found

    def aimed(
        self, verb: str, rest: str, body: Any = None, prefix: str = "", also: tuple[int, ...] = ()
    ) -> Any:
        """Ask about each of `aims`: what is not seen answers 404 (or refuses the verb, or `also`), and nothing else."""
        answers = []
        for record in self.aims:
            made = body(record) if callable(body) else body
            answer = self.ask(verb, f"{prefix}/{self.key}{rest.replace('{id}', record.id)}", made)
            if not self.sees(record) and answer.status_code not in (403, 404, 405, *also):
                raise Leak(f"{self.name}: {verb} {rest} of a hidden {self.key} answered {answer.status_code}")
            answers.append(answer)
        return answers

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What is done inside is taken back."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def fields(self, *rights: str) -> list[dict[str, Any]]:
        """The fields of the object to which the person has one of these rights, as an administrator's form has them."""
        meta = self.wall.world.meta[self.key]["fields"]
        return [f for f in meta if self.who.right(self.key, f["key"]) in rights]


def text_of(answer: Any) -> str:
    """Everything an answer says: headers, body, and what is packed into it."""
    if getattr(answer, "streaming", False):
        content = b"".join(answer.streaming_content)
    else:
        content = answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return head + "\n" + unpacked(content)


def unpacked(content: bytes) -> str:
    """The text of a body; a workbook's parts one after the other, the cells of a Parquet file."""
    if content[:4] == b"PAR1":
        return str(pl.read_parquet(io.BytesIO(content)).rows())
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", errors="replace")


Trying = Callable[[Visit], None]
DOORS: dict[str, Trying] = {}
SILENT: dict[str, str] = {}
"""Addresses that tell nothing of records, and why."""


def door(*named: str) -> Callable[[Trying], Trying]:
    """Declare how addresses (`GET /search`) are tried."""

    def declare(trying: Trying) -> Trying:
        for address in named:
            assert address not in DOORS, address
            DOORS[address] = trying
        return trying

    return declare


def silent(why: str, *named: str) -> None:
    """Declare addresses that tell nothing of records."""
    SILENT.update(dict.fromkeys(named, why))


def known_addresses() -> set[str]:
    """Every address there is."""
    return {f"{verb} {path}" for verb, path in addresses()}


def undeclared() -> set[str]:
    """Addresses nobody has said anything of. A plain GET needs nothing said: it is asked as it is."""
    plain = {a for a in known_addresses() if a.startswith("GET ") and "{" not in a}
    return known_addresses() - plain - set(DOORS) - set(SILENT)


def plain_doors() -> list[str]:
    """GETs without parameters that nobody said anything of."""
    return sorted(
        a
        for a in known_addresses()
        if a.startswith("GET ") and "{" not in a and a not in DOORS and a not in SILENT
    )


def of_objects() -> list[Trying]:
    """The ways of trying that go object by object."""
    return list(dict.fromkeys(trying for address, trying in DOORS.items() if GATE in address))


def of_everything() -> list[Trying]:
    """The ways of trying that are of no single object."""
    inside = of_objects()
    return list(dict.fromkeys(trying for trying in DOORS.values() if trying not in inside))
