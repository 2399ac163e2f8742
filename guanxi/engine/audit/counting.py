"""Counts what is read: records by person, object and hour; calls of tokens by operation and minute.

*How it works*: a request adds to counters in this process's memory, which costs no statement; every
GUANXI_AUDIT_FLUSH_SECONDS a thread writes them down, a transaction a workspace. Counters of records are
rows that are added to (`audit_reading`, the figures behind alerts) and become entries of the audit when
their hour is over (reading.py). Calls of tokens that only read become one entry a token, operation and
minute (and so does looking as somebody else): an integration that polls would otherwise write more audit than data. Calls that write have an
entry each (web/authentication.py), in their own transaction.

*Rules*: what was counted in the last seconds is lost when the process is killed; nothing else depends on it.
"""

import atexit
import logging
import threading
import uuid
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from guanxi.engine.audit.writing import insert
from guanxi.engine.tenancy.context import Ctx, Origin, Via, session

log = logging.getLogger("guanxi.audit")

Reading = tuple[uuid.UUID, uuid.UUID, uuid.UUID | None, str, datetime]
Call = tuple[uuid.UUID, uuid.UUID | None, Origin, datetime]

_ADD = (
    "INSERT INTO audit_reading AS r (workspace_id, actor_id, token_id, object_key, hour, requests, records, is_told)"
    " SELECT %s, x.actor, x.token, x.object, x.hour, x.requests, x.records, false"
    " FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::timestamptz[], %s::int[], %s::bigint[])"
    " AS x(actor, token, object, hour, requests, records)"
    " ON CONFLICT ON CONSTRAINT audit_reading_unique DO UPDATE SET requests = r.requests + EXCLUDED.requests,"
    " records = r.records + EXCLUDED.records, is_told = false"
)


class Counter:
    """What this process has counted since it last wrote it down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readings: dict[Reading, list[int]] = defaultdict(lambda: [0, 0])
        self._calls: dict[Call, int] = defaultdict(int)
        self._thread: threading.Thread | None = None

    def add_records(self, ctx: Ctx, object_key: str, count: int) -> None:
        """Count `count` records of an object shown to the actor."""
        if ctx.actor.user_id is None:
            return
        hour = ctx.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        reader = ctx.origin.viewer or ctx.actor.user_id
        key = (ctx.workspace.id, reader, ctx.origin.token_id, object_key, hour)
        with self._lock:
            found = self._readings[key]
            found[0] += 1
            found[1] += count
        self._wake()

    def add_call(self, ctx: Ctx) -> None:
        """Count one reading call of a token, or of somebody who looks as somebody else."""
        minute = ctx.now.astimezone(UTC).replace(second=0, microsecond=0)
        with self._lock:
            self._calls[ctx.workspace.id, ctx.origin.viewer or ctx.actor.user_id, ctx.origin, minute] += 1
        self._wake()

    def forget(self) -> None:
        """Drop what was counted (tests)."""
        with self._lock:
            self._readings.clear()
            self._calls.clear()

    def flush(self) -> None:
        """Write down what was counted."""
        with self._lock:
            readings, calls = dict(self._readings), dict(self._calls)
            self._readings.clear()
            self._calls.clear()
        for workspace_id in {key[0] for key in readings} | {key[0] for key in calls}:
            with session(workspace_id):
                _write(
                    workspace_id,
                    {key: found for key, found in readings.items() if key[0] == workspace_id},
                    {key: found for key, found in calls.items() if key[0] == workspace_id},
                )

    def _wake(self) -> None:
        seconds = int(settings.GUANXI_AUDIT_FLUSH_SECONDS)
        if seconds <= 0 or (self._thread is not None and self._thread.is_alive()):
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, args=(seconds,), daemon=True, name="audit")
                self._thread.start()
                atexit.register(self._flush_safely)

    def _run(self, seconds: int) -> None:
        pause = threading.Event()
        while True:
            pause.wait(seconds)
            self._flush_safely()
            connection.close()

    def _flush_safely(self) -> None:
        try:
            self.flush()
        except DatabaseError:
            log.exception("What was read could not be written down")


def _write(workspace_id: uuid.UUID, readings: dict[Reading, list[int]], calls: dict[Call, int]) -> None:
    from_rows = sorted(readings.items(), key=lambda item: tuple(map(str, item[0])))
    if from_rows:
        with connection.cursor() as db:
            db.execute(
                _ADD,
                [workspace_id, *([key[i] for key, _ in from_rows] for i in range(1, 5)),
                 [found[0] for _, found in from_rows], [found[1] for _, found in from_rows]],
            )  # fmt: skip
    for (_, actor_id, origin, minute), count in calls.items():
        if origin.viewer is None:
            insert(
                workspace_id, "request.read", origin, actor_id=actor_id, via=Via.API, count=count, at=minute
            )
        else:
            insert(workspace_id, "view_as.read", origin, actor_id=actor_id, via=Via.WEB, record_id=origin.viewed,
                   count=count, at=minute, detail=viewing_detail(origin))  # fmt: skip


def viewing_detail(origin: Origin) -> dict[str, Any]:
    """As whom somebody looked."""
    return {"viewing_as": origin.viewing, "viewing_as_id": origin.viewed}


counter = Counter()
