"""Where drills take place: the whole product in processes of its own, with two firms and a program in each.

*How it works*: `make_home` makes a home with two workspaces; `opened` starts the product on it with two web
processes. A `Program` speaks to the API with a token; `insist` sends a write until its outcome is known,
as a careful integration does: the same Idempotency-Key again after a broken connection or a 5xx.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.drills.homes import FIRMS
from tests.product import Product, environment, guanxi, prepare, running

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    # The code beside these drills, wherever another one is installed.
    "PYTHONPATH": str(ROOT),
    "GUANXI_WEB_PROCESSES": "2",
    "GUANXI_TOKEN_RATE": "100000000",
    "GUANXI_WORKSPACE_RATE": "100000000",
    "GUANXI_STRANGER_RATE": "100000000",
}
IN_PROGRESS = "idempotency_in_progress"


class Unknown(Exception):
    """The outcome of a request is not known: the connection broke, or the product says it has a fault."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(how)


@dataclass
class Answer:
    """What came back."""

    status: int
    data: Any

    @property
    def is_good(self) -> bool:
        return self.status < 400

    @property
    def code(self) -> str:
        """The code of a problem; empty for none."""
        return str(self.data.get("code", "")) if isinstance(self.data, dict) and not self.is_good else ""


class Program:
    """An integration of one firm."""

    def __init__(self, url: str, token: str, seconds: float = 15.0) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        self.url, self.token = url, token
        self.client = httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=seconds)

    def twin(self) -> "Program":
        """Another one with the same token and connections of its own."""
        return Program(self.url, self.token)

    def close(self) -> None:
        self.client.close()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request; raises Unknown when it cannot be told what became of it."""
        try:
            answer = self.client.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unknown(type(error).__name__) from None
        try:
            data = json.loads(answer.content) if answer.content else None
        except ValueError:
            data = None
        return Answer(answer.status_code, data)

    def insist(
        self,
        method: str,
        path: str,
        body: Any,
        key: str,
        seconds: float = 120.0,
        told: list[str] | None = None,
    ) -> Answer:
        """Send a write until its outcome is known; `told` takes what came instead of an answer."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                answer = self.call(method, path, body, **{"Idempotency-Key": key})
                if answer.status < 500 and answer.status != 429 and answer.code != IN_PROGRESS:
                    return answer
                how = f"{answer.status} {answer.code}"
            except Unknown as unknown:
                how = unknown.how
            if told is not None:
                told.append(how)
            if time.monotonic() > deadline:
                raise Unknown(f"no outcome in {seconds:.0f} s: {how}")
            time.sleep(0.1)

    def good(self, method: str, path: str, body: Any = None) -> Any:
        """The data of an answer that must be good."""
        answer = self.call(method, path, body)
        assert answer.is_good, (method, path, answer)
        return answer.data

    def every(self, object_key: str, fields: list[str], filter_: Any = None) -> list[dict[str, Any]]:
        """All records of an object."""
        found: list[dict[str, Any]] = []
        body: dict[str, Any] = {"fields": fields, "limit": 200, "filter": filter_, "count": False}
        while True:
            page = self.good("POST", f"/{object_key}/query", body)
            found += page["data"]
            if not page["page"]["next"]:
                return found
            body["cursor"] = page["page"]["next"]

    def upload(self, object_key: str, name: str, lines: str) -> Answer:
        """Upload a file to import."""
        try:
            answer = self.client.post(
                "/imports", data={"object": object_key}, files={"file": (name, lines.encode())}
            )
        except httpx.HTTPError as error:
            raise Unknown(type(error).__name__) from None
        return Answer(answer.status_code, answer.json() if answer.content else None)


@dataclass
class Site:
    """The product at work, and the tokens of the two firms."""

    product: Product
    tokens: dict[str, str] = field(default_factory=dict)

    def program(self, firm: str = FIRMS[0]) -> Program:
        """A program of a firm."""
        return Program(self.product.url, self.tokens[firm])

    def run(self, *arguments: str, seconds: float = 300.0) -> Any:
        """A command on the same home."""
        return guanxi(self.product.home, *arguments, seconds=seconds, **SETTINGS)


def make_home(home: Path) -> dict[str, str]:
    """Make a home with the two firms; gives a token of each one's administrator."""
    prepare(home)
    made = subprocess.run(
        [sys.executable, "-m", "tests.drills.homes", str(home)],
        env=environment(home, **SETTINGS), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    tokens: dict[str, str] = json.loads(made.stdout)
    return tokens


def copy_home(home: Path, to: Path) -> None:
    """A copy of a home that nobody has open, its owners and rights kept."""
    subprocess.run(["cp", "-a", str(home), str(to)], check=True)


@contextmanager
def opened(home: Path, tokens: dict[str, str], **settings: str) -> Iterator[Site]:
    """The product on a home made before."""
    with running(home, "--no-demo", **(SETTINGS | settings)) as product:
        yield Site(product, tokens)
