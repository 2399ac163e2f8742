"""Duplicates: the bulk finder over generated customers of known truth, and the check while one types.

Ours: the finder's process as a workspace's run starts it, explained clusters included. Its floor: the same rows
grouped by their normalised names, which finds what is written alike and nothing else. The check: the function
behind `/customer/duplicates` at as many customers as there are rows.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench import made_up
from bench.measuring import Report, conditions, p50
from bench.place import filled
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.records.duplicates import find_duplicates
from guanxi.engine.records.store import bulk_create
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.kit.matching.measuring import measure
from guanxi.kit.normalise import normalise_name

DEFAULT_ROWS = 100000
TWICE = 0.05
CHUNK = 5000


def run(rows: int) -> Report:
    """Find, compare with the floor, check."""
    report = Report("duplicates", conditions(customers=rows, duplicates=TWICE))
    made = customers(rows)
    _find(report, made)
    _check(report, rows)
    return report


def customers(count: int) -> list[tuple[dict[str, str], str]]:
    """(customer, true id); five in a hundred stand there twice, written otherwise."""
    rng = random.Random(7)
    rows: list[tuple[dict[str, str], str]] = []
    singles = int(count * (1 - TWICE))
    for number in range(singles):
        mail = f"c{number:07d}@firm{number}.example" if rng.random() < 0.7 else ""
        rows.append(({"name": made_up.firm(rng, number), "phone": made_up.mobile(number), "email": mail,
                      "address": f"广东省中山市石岐区中山路{number % 900}号"}, str(number)))  # fmt: skip
    while len(rows) < count:
        number = rng.randrange(singles)
        again = dict(rows[number][0])
        name = again["name"]
        change = rng.randrange(4)
        if change == 0:
            again |= {"name": name.replace("有限公司", "股份有限公司"), "email": ""}
        elif change == 1:
            again["phone"] = f"0760-8{number:07d}"
        elif change == 2:
            again |= {"name": name[2:], "address": ""}
        else:
            at = rng.randrange(2, 5)
            again["name"] = name[:at] + "明" + name[at + 1 :]
        rows.append((again, rows[number][1]))
    rng.shuffle(rows)
    return rows


def _find(report: Report, made: list[tuple[dict[str, str], str]]) -> None:
    truth = [true for _, true in made]
    with tempfile.TemporaryDirectory() as folder:
        work, result = Path(folder) / "work", Path(folder) / "result"
        with work.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"rule": "company", "threshold": 0.8, "apart": []}) + "\n")
            for number, (row, _) in enumerate(made):
                file.write(
                    json.dumps([str(number), {role: [text] for role, text in row.items() if text}]) + "\n"
                )
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "guanxi.kit.matching.child", str(work), str(result)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - start
        *found, last = [json.loads(line) for line in result.read_text("utf-8").splitlines()]
    clusters = [[int(i) for i in cluster["ids"]] for cluster in found]
    figures = measure(clusters, truth)
    start = time.perf_counter()
    groups: dict[str | None, list[int]] = defaultdict(list)
    for number, (row, _) in enumerate(made):
        groups[normalise_name(row["name"])].append(number)
    floor_seconds = time.perf_counter() - start
    floor = measure([rows for rows in groups.values() if len(rows) > 1], truth)
    report.add("bulk: seconds", seconds, floor_seconds, "s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    report.add("bulk: processor seconds (one core)", used.ru_utime + used.ru_stime, None, "s")
    report.add("bulk: pairs compared/s", last["compared"] / seconds, None, "pairs/s")
    report.add("bulk: precision", figures.precision, floor.precision, "share")
    report.add("bulk: recall", figures.recall, floor.recall, "share")
    report.add("bulk: most memory", used.ru_maxrss / 1024, None, "MB")
    report.conditions |= {"clusters": len(clusters), "capped": last["capped"]}


def _check(report: Report, rows: int) -> None:
    with filled(lambda: _fill(rows)) as kept:
        workspace_id, user_id = kept["workspace"], kept["user"]
        with session(workspace_id):
            info, actor = identity.load_actor(workspace_id, user_id)
            ctx = Ctx(workspace=info, actor=actor, via=Via.WEB)
            rng = random.Random(3)

            def ask() -> None:
                number = rng.randrange(rows)
                find_duplicates(
                    ctx, "customer", {"name": f"中山第{number}号公司", "phone": made_up.mobile(number)}
                )

            report.add("check on save: p50", p50(ask), None, "ms")


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="boss@firm.example", name="王芳", password="青山 secret 2026", verified=True
        )
        workspace = identity.create_workspace("中山公司", admin=user)
    for start in range(0, rows, CHUNK):
        with session(workspace.id):
            info, actor = identity.load_actor(workspace.id, user.id)
            bulk_create(Ctx(workspace=info, actor=actor, via=Via.WEB), "customer", [
                {"name": f"中山第{n}号有限公司", "phone": made_up.mobile(n)} for n in range(start, min(start + CHUNK, rows))
            ])  # fmt: skip
    return {"workspace": str(workspace.id), "user": str(user.id)}
