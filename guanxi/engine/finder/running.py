"""A run: the object's records to the finder's process, its clusters to the queue.

*How it works*: `start` writes the run and enqueues its job. The job streams the records into a file (one
transaction), lets the finder work on it in a process of its own (none), and writes the clusters (one).
Clusters of earlier runs go; one with the same records as before keeps what was said of it.

*Rules*: everything is compared, whoever started the run; what each person is shown of it is decided when
they look (queue.py).
"""

import json
import logging
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from guanxi.engine.access import rights
from guanxi.engine.finder.comparing import columns_of, default_rule, mark_of, values_of
from guanxi.engine.finder.models import DuplicateCluster, DuplicateDecision, DuplicateRun
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import stream
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.records.store.telling import tell
from guanxi.engine.tenancy.context import Ctx, Role, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.errors import Conflict, Forbidden, Problem, invalid
from guanxi.kit.matching.finding import THRESHOLD
from guanxi.kit.matching.rules import RULES
from guanxi.kit.text import Text

log = logging.getLogger("guanxi.finder")

QUEUE = "transfer"
RUN = "finder.run"
MERGE = "finder.merge"
CHILD = "guanxi.kit.matching.child"
MAX_RECORDS = 1_000_000
MAX_SECONDS = 3600
_BLOCK = 500

BAD_RULE = Text("比较规则只能是：{rules}。", "The rule must be one of: {rules}.")
BAD_THRESHOLD = Text("分数应在 0.5 到 0.999 之间。", "The score must be between 0.5 and 0.999.")
NOTHING = Text("这个对象没有可以比较的字段。", "This object has no field to compare.")
RUNNING = Text("正在查找，请等它结束。", "A search is running; wait for it to end.")
FAILED = Text("查找没有完成，请再试一次。", "The search did not finish. Try again.")
TOO_MANY = Text("最多比较 {max} 条记录。", "At most {max} records can be compared.")


def may_run(ctx: Ctx) -> bool:
    """Administrators and managers look for duplicates."""
    return ctx.actor.manages("quality") or (ctx.actor.can_write and ctx.actor.holds(Role.MANAGER))


def start(ctx: Ctx, object_key: str, given: dict[str, Any]) -> dict[str, Any]:
    """Queue a run over `object_key`; `given` may hold `rule` and `threshold`. Gives the run."""
    obj = rights.get_object(ctx, object_key)
    if not may_run(ctx):
        raise Forbidden
    rule = given.get("rule") or default_rule(obj)
    if not isinstance(rule, str) or rule not in RULES:
        raise invalid("rule", "not_an_option", BAD_RULE, rules=", ".join(sorted(RULES)))
    threshold = given.get("threshold", THRESHOLD)
    if (
        isinstance(threshold, bool)
        or not isinstance(threshold, (int, float))
        or not 0.5 <= threshold <= 0.999
    ):
        raise invalid("threshold", "out_of_range", BAD_THRESHOLD)
    columns = columns_of(ctx, obj, rule)
    if not columns:
        raise invalid("rule", "nothing_to_compare", NOTHING)
    try:
        with transaction.atomic():
            run = DuplicateRun.objects.create(
                workspace_id=ctx.workspace.id, object_key=obj.key, rule=rule, threshold=threshold, columns=columns,
                created_by=ctx.actor.user_id, created_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(RUNNING, code="already_running") from None
    app.configure_task(RUN, queue=QUEUE, lock=f"{RUN}:{ctx.workspace.id}").defer(
        workspace_id=str(ctx.workspace.id), run_id=str(run.id)
    )
    return described(run)


def latest(ctx: Ctx, object_key: str) -> DuplicateRun | None:
    """The newest run over an object."""
    return (
        DuplicateRun.objects.filter(workspace_id=ctx.workspace.id, object_key=object_key)
        .order_by("-created_at", "-id")
        .first()
    )


def described(run: DuplicateRun) -> dict[str, Any]:
    """A run as the API shows it: counts, no content."""
    return {
        "id": str(run.id), "object": run.object_key, "rule": run.rule, "threshold": run.threshold, "state": run.state,
        "progress": round(run.progress, 3), "records": run.records, "clusters": run.clusters, "pairs": run.pairs,
        "capped": run.capped, "error": run.error, "merging": run.merging, "created_by": str(run.created_by) if run.created_by else None,
        "created_at": run.created_at, "finished_at": run.finished_at,
    }  # fmt: skip


def work(workspace_id: uuid.UUID, run_id: uuid.UUID) -> None:
    """Do a run that is queued, or that another worker has left."""
    with session(workspace_id):
        run = DuplicateRun.objects.filter(id=run_id, state__in=("queued", "running")).first()
        if run is None:
            return
        DuplicateRun.objects.filter(id=run_id).update(state="running", progress=0)
    try:
        with tempfile.TemporaryDirectory(prefix="guanxi-finder-") as folder:
            _work(workspace_id, run, Path(folder))
    except Problem as problem:
        _fail(workspace_id, run_id, problem.text.as_dict())
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("looking for duplicates: %s", error)
        _fail(workspace_id, run_id, FAILED.as_dict())


def _work(workspace_id: uuid.UUID, run: DuplicateRun, folder: Path) -> None:
    work_file, result_file = folder / "work.jsonl", folder / "result.jsonl"
    with session(workspace_id):
        ctx = load_system_ctx(workspace_id)
        count = _write(ctx, run, work_file)
    _set(workspace_id, run.id, records=count, progress=0.1)
    _run_child(workspace_id, run.id, work_file, result_file)
    with session(workspace_id):
        _keep(ctx, run, result_file)


def _write(ctx: Ctx, run: DuplicateRun, target: Path) -> int:
    """The records' values as the finder reads them, after what was said of them."""
    obj, env = rights.get_object(ctx, run.object_key), environment(ctx)
    decisions = list(
        DuplicateDecision.objects.filter(workspace_id=ctx.workspace.id, object_key=obj.key).values_list(
            "a_id", "b_id", "a_mark", "b_mark"
        )
    )
    wanted = {str(i) for row in decisions for i in row[:2]}
    place: dict[str, tuple[int, str]] = {}
    fields = tuple(dict.fromkeys(key for keys in run.columns.values() for key in keys))
    count = 0
    body = target.with_suffix(".rows")
    with body.open("w", encoding="utf-8") as out:
        query = RecordQuery(object=obj.key, fields=fields, sort=(Sort("created_at"),))
        for page in stream(ctx, query):
            for record in page:
                values = values_of(record, obj, run.columns, env)
                if record["id"] in wanted:
                    place[record["id"]] = (count, mark_of(values))
                out.write(json.dumps([record["id"], values], ensure_ascii=False) + "\n")
                count += 1
            if count > MAX_RECORDS:
                raise Problem(TOO_MANY, code="too_many_records", max=f"{MAX_RECORDS:,}")
    apart = [
        [place[str(a)][0], place[str(b)][0]]
        for a, b, a_mark, b_mark in decisions
        if place.get(str(a), (0, ""))[1] == a_mark and place.get(str(b), (0, ""))[1] == b_mark
    ]
    with target.open("w", encoding="utf-8") as out, body.open(encoding="utf-8") as rows:
        out.write(json.dumps({"rule": run.rule, "threshold": run.threshold, "apart": apart}) + "\n")
        out.writelines(rows)
    body.unlink()
    return count


def _run_child(workspace_id: uuid.UUID, run_id: uuid.UUID, work_file: Path, result_file: Path) -> None:
    command = [sys.executable, "-m", CHILD, str(work_file), str(result_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        for line in child.stdout:
            _set(workspace_id, run_id, progress=0.1 + 0.8 * float(line))
        if child.wait(timeout=MAX_SECONDS) != 0:
            raise subprocess.SubprocessError(f"the finder ended with {child.returncode}")


def _keep(ctx: Ctx, run: DuplicateRun, result: Path) -> None:
    """Clusters into the queue, in the place of those of earlier runs."""
    before = DuplicateCluster.objects.filter(workspace_id=ctx.workspace.id, object_key=run.object_key)
    said = {
        tuple(sorted(ids)): state for ids, state in before.filter(state="later").values_list("ids", "state")
    }
    before.delete()
    count, last = 0, {}
    for block in _blocks(result):
        rows = []
        for item in block:
            if "ids" not in item:
                last = item
                continue
            state = said.get(tuple(sorted(item["ids"])), "open")
            rows.append(DuplicateCluster(workspace_id=ctx.workspace.id, run=run, object_key=run.object_key, score=item["score"],
                                         ids=item["ids"], pairs=item["pairs"], state=state))  # fmt: skip
        DuplicateCluster.objects.bulk_create(rows)
        count += len(rows)
    DuplicateRun.objects.filter(id=run.id).update(
        state="done", progress=1, clusters=count, pairs=last.get("pairs", 0), capped=last.get("capped", {}),
        finished_at=timezone.now(), error=None,
    )  # fmt: skip
    announce(ctx.workspace.id, run.object_key)


def _blocks(result: Path) -> Iterator[list[dict[str, Any]]]:
    block: list[dict[str, Any]] = []
    with result.open(encoding="utf-8") as file:
        for line in file:
            block.append(json.loads(line))
            if len(block) == _BLOCK:
                yield block
                block = []
    yield block


def _set(workspace_id: uuid.UUID, run_id: uuid.UUID, **values: Any) -> None:
    with session(workspace_id):
        DuplicateRun.objects.filter(id=run_id).update(**values)


def _fail(workspace_id: uuid.UUID, run_id: uuid.UUID, error: dict[str, str]) -> None:
    _set(workspace_id, run_id, state="failed", error=error, finished_at=timezone.now())


def announce(workspace_id: uuid.UUID, object_key: str) -> None:
    """Tell open pages that something has changed."""
    tell({"workspace": str(workspace_id), "event": "duplicates", "data": {"object": object_key}})
