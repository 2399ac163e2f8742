"""Importing a CSV of customers: read, duplicate check, records, history and search, as a worker does it.

Ours: the whole way from the uploaded file to the last commit, in this process. The floor: the same rows
COPYed into a plain table and inserted into the customers' table (with its indexes) by one statement, as
the restricted role; no history, no search, no duplicate check.
"""

import csv
import random
import resource
import shutil
import time
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench import made_up
from bench.measuring import Report, conditions
from bench.place import filled, restricted
from guanxi.config.env import get_env
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.transfer.actions.repairs import list_reasons
from guanxi.engine.transfer.actions.runs import work
from guanxi.engine.transfer.actions.uploads import change_import, create_import
from guanxi.engine.transfer.models import ImportJob
from guanxi.kit.ids import new_id
from guanxi.kit.pinyin import sort_key

DEFAULT_ROWS = 100000
HEADERS = ["客户名称", "电话", "手机", "邮箱", "行业", "来源", "地址", "员工人数", "年营业额", "备注"]
INDUSTRIES = "制造业 信息技术 零售 教育 医疗健康 金融".split()
SOURCES = "展会 转介绍 官网 电话".split()


def run(rows: int) -> Report:
    """Import, measure, import again by key, clear up."""
    home = Path(get_env().folder)
    shutil.rmtree(home, ignore_errors=True)
    report = Report("import", conditions(customers=rows, columns=len(HEADERS)))
    try:
        with filled(dict):
            _measure(report, home, rows)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return report


def _measure(report: Report, home: Path, rows: int) -> None:
    ctx = _firm()
    path = home / "customers.csv"
    _write(path, rows)
    floor = _floor(rows, path)
    created, seconds = _import(ctx, path, {"create_options": True})
    if created["counts"]["created"] < rows * 0.99:
        raise SystemExit(f"not imported: {created}")
    report.add("create: rows/s", rows / seconds, rows / floor, "rows/s")
    report.add("create: seconds", seconds, floor, "s")
    again, seconds = _import(ctx, path, {"mode": "upsert", "key": ["name"], "create_options": True})
    report.add("upsert, nothing new: rows/s", rows / seconds, None, "rows/s")
    report.add(
        "most memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 600, "MB"
    )
    report.add(
        "most memory of a child", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 600, "MB"
    )
    report.conditions |= {"created": created["counts"], "again": again["counts"]}


def _firm() -> Ctx:
    with session(None):
        user = create_account(
            email="boss@firm.example", name="王芳", password="青山 secret 2026", verified=True
        )
        workspace = identity.create_workspace("中山公司", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
    return Ctx(workspace=info, actor=actor, via=Via.WEB)


def _write(path: Path, rows: int) -> None:
    rng = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for i in range(rows):
            number = f"{i:07d}"
            firm = made_up.firm(rng, i)
            writer.writerow([
                f"{firm}{number}", f"0760-8{number}", made_up.mobile(i).removeprefix("+86"), f"c{number}@firm.example",
                rng.choice(INDUSTRIES), rng.choice(SOURCES), f"广东省中山市石岐区中山路{i % 900}号", i % 900 + 1,
                f"¥{(i % 10000 + 1) * 1000:,}.00", f"第{number}个客户，{firm}",
            ])  # fmt: skip


def _import(ctx: Ctx, path: Path, options: dict[str, Any]) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    with path.open("rb") as stream, session(ctx.workspace.id):
        blocks = iter(lambda: stream.read(1 << 20), b"")
        job = create_import(ctx, "customer", filename=path.name, type_="text/csv", chunks=blocks)
        change_import(ctx, job.id, {"options": options})
        ImportJob.objects.filter(id=job.id).update(status="queued")
    work(ctx.workspace.id, job.id)
    taken = time.perf_counter() - start
    with session(ctx.workspace.id):
        job = ImportJob.objects.get(id=job.id)
        reasons = list_reasons(ctx, job)
    return {"status": job.status, "counts": job.counts, "error": job.error, "refused": reasons}, taken


_FLOOR = """
INSERT INTO customer (id, workspace_id, version, title, title_sort, custom, is_sample, created_at, updated_at, name, kind,
  lifecycle, phone, mobile, email, industry, source, employees, annual_revenue, description, tags)
SELECT id, %s, 1, name, title_sort, '{}', false, now(), now(), name, 'business', 'potential', phone, mobile, email,
  industry, source, employees::numeric, revenue::numeric, note, NULL FROM raw
"""


def _floor(rows: int, path: Path) -> float:
    """COPY and INSERT … SELECT of the same rows into another workspace, rolled back."""
    names = (
        "id",
        "name",
        "phone",
        "mobile",
        "email",
        "industry",
        "source",
        "address",
        "employees",
        "revenue",
        "note",
    )
    with restricted() as db:
        other = uuid.uuid4()
        db.execute("SELECT set_config('guanxi.workspace', %s, false)", [str(other)])
        db.execute("INSERT INTO workspace (id, name, slug, time_zone, currency, locale, member_scope, schema_version, is_sample,"
                   " created_at) VALUES (%s, 'floor', 'floor', 'Asia/Shanghai', 'CNY', 'zh-CN', 'own', 1, false, now())", [other])  # fmt: skip
        making, start = 0.0, time.perf_counter()
        db.execute(
            f"CREATE TEMP TABLE raw ({names[0]} uuid, {', '.join(f'{n} text' for n in names[1:])}, title_sort text)"
        )
        with db.cursor() as cursor, cursor.copy("COPY raw FROM STDIN") as copy:
            for block in _blocks(path):
                began = time.perf_counter()
                ready = [_raw(line) for line in block]
                making += time.perf_counter() - began
                for row in ready:
                    copy.write_row(row)
        db.execute(_FLOOR, [other])
        taken = time.perf_counter() - start - making
        db.rollback()
    return taken


def _blocks(path: Path) -> Iterator[list[list[str]]]:
    """The file's rows, a few thousand at a time: the memory measured is to be the import's."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        while block := list(islice(reader, 5000)):
            yield block


def _raw(line: list[str]) -> list[Any]:
    return [new_id(), *line[:8], line[8].strip("¥").replace(",", ""), line[9], sort_key(line[0])]
