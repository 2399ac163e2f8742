"""Public pools at a million customers: the night's job, simulating a rule, and the claim race.

The night: one rule of one pool over all customers, of which one in SHARE is due and another one to be warned of, from
its start to its end. The floor: one UPDATE of owner and pool of as many rows by the same role. Target: 60 s at 1,000,000.
Everything at once (`all of them due`) is the worst night there can be, and is measured at the same number.
The race: PARALLEL people reach for RECORDS records, all for each; every record must have exactly one winner.
"""

import http.client
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import replace
from typing import Any

import orjson
import psycopg

from bench import made_up
from bench.measuring import Report, conditions, p50
from bench.place import filled, restricted, served
from bench.writing import write
from guanxi.config.database import owner_login
from guanxi.config.env import get_env
from guanxi.domains.sales.pool import settings, tasks
from guanxi.domains.sales.pool.recycling import begin_run
from guanxi.domains.sales.pool.sight import pool_of
from guanxi.domains.sales.pool.simulating import simulate
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Role, Via, session
from guanxi.engine.tenancy.models import load_system_ctx

DEFAULT_ROWS = 1000000
SHARE = 20
"""One customer in so many is due."""
PARALLEL, RECORDS = 64, 1000
RULE = {"kind": "no_follow_up", "days": 30, "warn_days": 3}


def run(rows: int) -> Report:
    """Fill once; the nights without a server, the race against one."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report(
            "pool", conditions(customers=rows, due=f"1 in {SHARE}", people=PARALLEL, race=RECORDS)
        )
        workspace = uuid.UUID(kept["workspace"])
        _reset(workspace)
        _simulate(report, workspace, kept["pool"])
        _night(report, workspace, "night, some due", f"abs(hashtext(id::text)) % {SHARE} = 0")
        _night(report, workspace, "night, nothing due", "FALSE")
        _night(report, workspace, "night, all of them due", "TRUE")
        with served() as (host, port):
            _race(report, kept, host, port)
    return report


def _reset(workspace: uuid.UUID) -> None:
    """Everybody has what they had, followed up just now."""
    with restricted() as plain:
        plain.execute("SELECT set_config('guanxi.workspace', %s, false)", [str(workspace)])
        plain.execute(
            "UPDATE customer SET owner_id = COALESCE(owner_id, previous_owner), pool = NULL, pooled_at = NULL,"
            " pool_due_at = NULL, protected_until = NULL, owned_since = now()"
            " WHERE pool IS NOT NULL OR pool_due_at IS NOT NULL OR owned_since < now() - interval '1 day'"
        )
    with psycopg.connect(**owner_login(get_env()), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE customer")


def _let_be_due(workspace: uuid.UUID, which: str) -> float:
    """Age customers; gives the seconds of one plain UPDATE of as many (the floor), which is rolled back."""
    with restricted() as plain:
        plain.execute("SELECT set_config('guanxi.workspace', %s, false)", [str(workspace)])
        plain.execute(
            "UPDATE customer SET owned_since = now() - interval '28 days'"
            f" WHERE abs(hashtext(id::text)) % {SHARE} = 1"
        )
        plain.execute(f"UPDATE customer SET owned_since = now() - interval '40 days' WHERE {which}")
        plain.commit()
        plain.execute("SELECT set_config('guanxi.workspace', %s, false)", [str(workspace)])
        start = time.perf_counter()
        plain.execute(f"UPDATE customer SET owner_id = NULL, pool = 'x', pooled_at = now() WHERE {which}")
        taken = time.perf_counter() - start
        plain.rollback()
        return taken


def _simulate(report: Report, workspace: uuid.UUID, pool: str) -> None:
    _let_be_due(workspace, f"abs(hashtext(id::text)) % {SHARE} = 0")

    def ask() -> None:
        with session(workspace):
            ctx = load_system_ctx(workspace)
            simulate(ctx, pool_of(ctx, pool), RULE)

    report.add("simulating the rule", p50(ask, times=5, warm=1), None)
    _reset(workspace)


def _night(report: Report, workspace: uuid.UUID, name: str, which: str) -> None:
    floor = _let_be_due(workspace, which)
    with session(workspace):
        row = begin_run(load_system_ctx(workspace))
    start = time.perf_counter()
    done = tasks.run(workspace, row.id)
    taken = time.perf_counter() - start
    report.add(f"{name} ({done['recycled']:,}, warned {done['warned']:,})", taken, floor, "s")
    _reset(workspace)


def _race(report: Report, kept: dict[str, Any], host: str, port: int) -> None:
    """Everybody reaches for every record, each in an order of their own; one of them gets it."""
    workspace, pool = kept["workspace"], kept["pool"]
    with restricted() as plain:
        plain.execute("SELECT set_config('guanxi.workspace', %s, false)", [workspace])
        found = plain.execute(
            "UPDATE customer SET owner_id = NULL, pool = %s, pooled_at = now() WHERE id IN"
            " (SELECT id FROM customer ORDER BY id LIMIT %s) RETURNING id", [pool, RECORDS]
        ).fetchall()  # fmt: skip
    ids = [str(row[0]) for row in found]
    barrier, answers = threading.Barrier(PARALLEL), []

    def reach(number: int, token: str) -> None:
        web = http.client.HTTPConnection(host, port)
        order = random.Random(number).sample(ids, len(ids))
        barrier.wait()
        for i in order:
            web.request("POST", f"/api/v1/pools/{pool}/claim", body=orjson.dumps({"ids": [i]}),
                        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})  # fmt: skip
            answer = web.getresponse()
            answer.read()
            answers.append((i, answer.status))

    threads = [threading.Thread(target=reach, args=pair) for pair in enumerate(kept["tokens"])]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - start
    won = Counter(i for i, status in answers if status == 200)
    if set(won.values()) != {1} or len(won) != len(ids) or {status for _, status in answers} != {200, 409}:
        raise SystemExit(f"not one winner each: {Counter(won.values())}, {Counter(s for _, s in answers)}")
    report.add(f"race: {len(answers):,} claims, one winner each", taken, None, "s")


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        boss = create_account(
            email="bench@example.com", name="Bench", password=uuid.uuid4().hex, verified=True
        )
        workspace = identity.create_workspace("Bench", admin=boss)
    with session(workspace.id):
        people = []
        for n in range(PARALLEL):
            person = create_account(
                email=f"p{n}@example.com", name=f"同事{n}", password=uuid.uuid4().hex, verified=True
            )
            identity.add_member(workspace.id, person, role=Role.MEMBER)
            people.append(person.id)
        ctx = _context(workspace.id, boss.id)
        tokens = [identity.create_token(ctx, user_id=person, name="bench")[1] for person in people]
        _, pool = settings.create_pool(ctx, {
            "object": "customer", "name": {"zh-CN": "公海"}, "members": [{"kind": "everyone"}],
            "rules": [{**RULE, "enabled": True}],
        })  # fmt: skip
        own = load_system_ctx(workspace.id)
        industries = sorted(get_object(own, "customer").fields["industry"].option_values)
    rng = random.Random(20)

    def customer(n: int) -> dict[str, Any]:
        return {"name": made_up.firm(rng, n), "phone": made_up.mobile(n), "owner": people[n % PARALLEL],
                "industry": rng.choice(industries)}  # fmt: skip

    write(replace(own, via=Via.IMPORT), "customer", rows, customer)
    return {"workspace": str(workspace.id), "pool": pool.key, "tokens": tokens}


def _context(workspace: uuid.UUID, person: uuid.UUID) -> Ctx:
    info, actor = identity.load_actor(workspace, person)
    return Ctx(workspace=info, actor=actor, via=Via.WEB)
