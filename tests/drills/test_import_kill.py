"""The worker is killed in the middle of an import: no half rows, no double ones, and it goes on by itself."""

import json
import re
import signal
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.product import Product, guanxi, prepare, running

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("import kill")]

ROWS = 12_000
KILLS = 2


class Program:
    """An integration with a token."""

    def __init__(self, product: Product, token: str) -> None:
        self.product, self.token = product, token

    def call(self, method: str, path: str, body: bytes | None = None, type_: str = "application/json") -> Any:
        request = urllib.request.Request(f"{self.product.url}/api/v1{path}", body, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", type_)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def upload(self, object_key: str, content: bytes) -> Any:
        mark = uuid.uuid4().hex
        parts = (
            f'--{mark}\r\nContent-Disposition: form-data; name="object"\r\n\r\n{object_key}\r\n'
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="deals.csv"\r\n\r\n'
        ).encode()
        body = parts + content + f"\r\n--{mark}--\r\n".encode()
        return self.call("POST", "/imports", body, f"multipart/form-data; boundary={mark}")


def test_a_killed_import_goes_on_after_the_last_committed_chunk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    prepare(home)
    made = guanxi(home, "init", "--workspace", "Firm", "--email", "boss@firm.example", "--name", "Boss",
                  "--password", "green hills 2026 secret")  # fmt: skip
    assert made.returncode == 0, made.stderr
    printed = guanxi(home, "token", "create", "--user", "boss@firm.example", "--name", "drill").stdout
    token = re.search(r"gx_\S+", printed)
    assert token is not None, printed
    with running(home, "--no-demo") as product:
        program = Program(product, token[0])
        lines = "number,name,amount,customer\n" + "".join(
            f"N{i:06d},Deal {i},{i % 100},{'Customer ' + str(i % 50)}\n" for i in range(ROWS)
        )
        job = program.upload("opportunity", lines.encode())
        changes = {"options": {"mode": "upsert", "key": ["number"], "create_links": True}}
        program.call("PATCH", f"/imports/{job['id']}", json.dumps(changes).encode())
        program.call("POST", f"/imports/{job['id']}/run", b"{}")
        seen = 0
        for _ in range(KILLS):
            seen = _kill_after(product, program, job["id"], seen)
        done = _wait(program, job["id"], lambda found: found["status"] in ("done", "failed"))
        assert done["status"] == "done", done
        assert done["counts"]["created"] == ROWS
        assert done["counts"]["refused"] == done["counts"]["updated"] == done["counts"]["unchanged"] == 0
        body = {"group": [], "measures": [
            {"op": "count"}, {"op": "distinct", "field": "number", "as": "numbers"}, {"op": "sum", "field": "amount"}]}  # fmt: skip
        values = program.call("POST", "/opportunity/query", json.dumps(body).encode())["data"][0]["values"]
        assert values == {"count": ROWS, "numbers": ROWS, "sum_amount": sum(i % 100 for i in range(ROWS))}
        customers = program.call("POST", "/customer/query", b'{"group": [], "measures": [{"op": "count"}]}')
        assert customers["data"][0]["values"]["count"] == 50


def _kill_after(product: Product, program: Program, job_id: str, seen: int) -> int:
    """Kill the worker once the import has got further than `seen`; where it was then."""
    found = _wait(program, job_id, lambda job: job["progress"]["done"] > seen or job["status"] == "done")
    worker = product.child("worker")
    if worker is not None:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    return int(found["progress"]["done"])


def _wait(program: Program, job_id: str, until: Any, seconds: float = 240) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        found = program.call("GET", f"/imports/{job_id}")
        if until(found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
