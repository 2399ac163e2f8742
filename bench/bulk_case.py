"""Changing a whole filtered set in the background, with its journal, and taking it back.

Ours: from the request to the finished job over loopback HTTP, against the running product; a change of a
typed field of every record, then undoing it. The floor: one UPDATE of the same rows by the same role.
Besides: the duplicate check while typing, and what it adds to a save, at this number of customers.
"""

import http.client
import itertools
import random
import time
import uuid
from typing import Any

import orjson

from bench import made_up
from bench.measuring import Report, conditions, p50
from bench.place import filled, restricted, served
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.kit.ids import new_ids

DEFAULT_ROWS = 50000
CHUNK = 5000
EVERYTHING = {"field": "name", "op": "is_not_empty"}


def run(rows: int) -> Report:
    """Fill once, serve, measure."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report("bulk", conditions(customers=rows))
        with served() as (host, port), restricted() as floor:
            web = http.client.HTTPConnection(host, port)
            call = _Caller(web, kept["token"])
            _edit_and_undo(report, call, floor, kept["workspace"], rows)
            _checks(report, call)
    return report


class _Caller:
    def __init__(self, web: http.client.HTTPConnection, token: str) -> None:
        self.web = web
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        given = None if body is None else orjson.dumps(body)
        self.web.request(method, f"/api/v1{path}", body=given, headers=self.headers)
        answer = self.web.getresponse()
        read = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {read[:300].decode()}")
        return orjson.loads(read) if read else None


def _edit_and_undo(report: Report, call: _Caller, floor: Any, workspace: str, rows: int) -> None:
    tier = "high" if call("POST", "/customer/query", {"limit": 1})["data"][0]["tier"] != "high" else "low"
    floor.execute("SELECT set_config('guanxi.workspace', %s, false)", [workspace])
    start = time.perf_counter()
    floor.execute(
        "UPDATE customer SET tier = 'standard' WHERE workspace_id = %s AND deleted_at IS NULL", [workspace]
    )
    single = time.perf_counter() - start
    floor.rollback()
    start = time.perf_counter()
    job = call(
        "POST", "/jobs", {"object": "customer", "op": "update", "filter": EVERYTHING, "set": {"tier": tier}}
    )
    while (state := call("GET", f"/jobs/{job['id']}"))["status"] in ("queued", "running"):
        time.sleep(0.05)
    if state["changed"] != rows:
        raise SystemExit(f"the job changed {state['changed']} of {rows}: {state}")
    report.add(f"bulk edit of {rows:,}", time.perf_counter() - start, single, "s")
    start = time.perf_counter()
    undone = call("POST", f"/changes/{job['id']}/undo", {"partial": True})
    while undone["undo_state"] == "running":
        time.sleep(0.05)
        undone = call("GET", f"/changes/{job['id']}")
    if undone["undone"] != rows:
        raise SystemExit(f"undone were {undone['undone']} of {rows}")
    report.add(f"undoing it ({rows:,})", time.perf_counter() - start, single, "s")


def _checks(report: Report, call: _Caller) -> None:
    number = itertools.count(700_000)
    draft = {"name": "恒拓智能装备有限公司", "phone": made_up.mobile(77), "tax_number": "91440300708461136T"}
    report.add("duplicate check while typing", p50(lambda: call("POST", "/customer/duplicates", draft)), None)
    plain = p50(lambda: call("POST", "/product", {"name": f"产品{next(number)}"}))

    def save() -> None:
        n = next(number)
        call("POST", "/customer", {"name": f"新客户{n}", "phone": made_up.mobile(n), "industry": "education"})

    report.add("saving a customer (floor: an object without keys)", p50(save), plain)


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="bench@example.com", name="Bench", password=uuid.uuid4().hex, verified=True
        )
        workspace = identity.create_workspace("Bench", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.IMPORT)
        _, token = identity.create_token(ctx, user_id=user.id, name="bench")
    rng = random.Random(20)
    for start in range(0, rows, CHUNK):
        ids = new_ids(min(CHUNK, rows - start))
        changes = [
            Change("create", i, {"name": made_up.firm(rng, start + n), "phone": made_up.mobile(start + n),
                                 "owner": actor.user_id}, index=n)
            for n, i in enumerate(ids)
        ]  # fmt: skip
        with session(workspace.id):
            store.bulk_write(ctx, "customer", changes)
    return {"workspace": str(workspace.id), "token": token}
