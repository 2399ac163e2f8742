"""Erasing a person: everything in one transaction, then the certificate and the list outside.

*How it works*: the request is claimed, the records are locked, holds are asked, then every registered eraser
runs (tenancy/erasing.py). What law requires to be kept is emptied of the person and locked away first. The
certificate counts what was done place by place, and its hash goes into the sealed audit. When the
transaction has committed, the line outside the database is written, and receivers are told.

*Rules*: it may be started twice, and does it once. What fails leaves everything as it was and says why.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.erasing import files_of, strip_kept
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.subjects import outside, rules
from guanxi.engine.subjects.finding import Chosen
from guanxi.engine.subjects.models import Certificate, KeepRule, KeptRecord, SubjectEvent, SubjectRequest
from guanxi.engine.subjects.planning import Plan, held_in, marks_of, plan
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.tenancy.erasing import Erasure, eraser_registry, erasure_receivers
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, invalid
from guanxi.kit.mentions import pattern_of
from guanxi.kit.text import Text

HELD = Text(
    "有 {count} 条记录处于法律保留中，例如「{title}」，不能删除。请先解除保留，或以此为由拒绝。",
    "{count} records are on legal hold, such as “{title}”: nothing was erased. Release the hold, or refuse for that reason.",
)
NOTHING = Text("没有选择任何记录。", "No records have been chosen.")


def refuse_if_held(ctx: Ctx, made: Plan) -> None:
    """Raises Conflict naming what is held."""
    held = held_in(ctx, made)
    if held:
        raise Conflict(HELD, code="on_hold", count=len(held), title=held[0]["title"])


def erase(
    ctx: Ctx, request: SubjectRequest, records: Chosen, how: Mapping[str, str], marks: Sequence[str]
) -> Certificate:
    """Erase a person in the caller's transaction; gives the certificate. Raises Conflict, Invalid."""
    own = replace(ctx, via=Via.SYSTEM, batch_id=None)
    if not any(records.values()):
        raise invalid("records", "required", NOTHING)
    _lock(own, records)
    made = plan(own, records, how)
    _lock(own, made.gone)
    refuse_if_held(own, made)
    known = list(dict.fromkeys([*marks]))
    counts, kept = _carry_out(own, made, known, request.id)
    number = f"{ctx.today:%Y}-{request.number:05d}"
    body = {
        "number": number,
        "workspace": ctx.workspace.name,
        "request": request.number,
        "kind": request.kind,
        "law": request.law,
        "received_at": request.received_at.isoformat(),
        "made_at": ctx.now.isoformat(),
        "made_by": ctx.actor.name,
        "identity": {"how": (request.identity or {}).get("how"), "at": (request.identity or {}).get("at")},
        "counts": counts,
        "kept": [{"object": each["object"], "until": each["until"], "ground": each["ground"]} for each in kept],
    }  # fmt: skip
    row = Certificate.objects.create(
        workspace_id=ctx.workspace.id, request_id=request.id, number=number, made_at=ctx.now,
        made_by=ctx.actor.user_id, body=body, hash=rules.seal(body),
        erased={key: [str(i) for i in ids] for key, ids in made.gone.items()}, kept=kept,
        marks=[outside.keyed(mark) for mark in known],
    )  # fmt: skip
    record(
        ctx, "subject.erased", count=sum(map(len, made.gone.values())), certificate=row.number, hash=row.hash
    )
    transaction.on_commit(lambda: _write_down(own))
    return row


def _write_down(ctx: Ctx) -> None:
    """After the commit the workspace is not set any more: without a session of its own nothing would be found."""
    with session(ctx.workspace.id):
        outside.write_down(ctx)


def erase_again(ctx: Ctx) -> int:
    """Do again what the list outside the database holds (after a restore); gives how many persons."""
    done = 0
    for line in outside.read(ctx.workspace.id):
        own = replace(ctx, via=Via.SYSTEM, batch_id=None)
        erased = _there(own, {key: [uuid.UUID(i) for i in ids] for key, ids in line["erased"].items()})
        kept = _there(own, _kept_of(line["kept"]))
        known = [mark for mark in marks_of(own, erased) if outside.keyed(mark) in set(line["marks"])]
        if erased or kept:
            made = Plan(own=erased, keep=kept)
            _lock(own, erased)
            _carry_out(own, made, known, uuid.UUID(line["request"]), again=line["kept"])
            record(
                own, "subject.erased_again", count=sum(map(len, erased.values())), certificate=line["number"]
            )
            done += 1
        _, is_new = Certificate.objects.get_or_create(
            workspace_id=ctx.workspace.id, number=line["number"],
            defaults={
                "request_id": uuid.UUID(line["request"]), "made_at": datetime.fromisoformat(line["made_at"]),
                "made_by": uuid.UUID(line["made_by"]) if line["made_by"] else None, "body": line["body"],
                "hash": line["hash"], "erased": line["erased"], "kept": line["kept"], "marks": line["marks"],
            },
        )  # fmt: skip
        if is_new:
            record(own, "subject.erased", certificate=line["number"], hash=line["hash"])
        SubjectRequest.objects.filter(workspace_id=ctx.workspace.id, id=line["request"]).update(
            **wiped("done", ctx)
        )
    return done


def wiped(status: str, ctx: Ctx) -> dict[str, Any]:
    """What a request holds once its person is erased."""
    return {
        "status": status, "is_erased": True, "name": "", "reach": "", "details": "", "records": [], "marks": [],
        "how": {}, "error": None, "closed_at": ctx.now,
    }  # fmt: skip


def _carry_out(
    ctx: Ctx,
    made: Plan,
    marks: Sequence[str],
    request_id: uuid.UUID,
    *,
    again: Sequence[Mapping[str, Any]] = (),
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    pattern = pattern_of(marks)
    kept = _lock_away(ctx, made, pattern, request_id, again)
    gone = made.gone
    ids = [i for group in gone.values() for i in group]
    erasure = Erasure(
        {key: frozenset(group) for key, group in gone.items()}, pattern, frozenset(files_of(ctx, ids))
    )
    counts = {eraser.key: eraser.run(ctx, erasure) for eraser in eraser_registry}
    told = dict(erasure.records)
    for receiver in erasure_receivers:
        transaction.on_commit(lambda receiver=receiver: receiver.tell(ctx, told))  # type: ignore[misc]
    return {key: count for key, count in counts.items() if count} | (
        {"kept": len(kept)} if kept else {}
    ), kept


def _lock_away(
    ctx: Ctx, made: Plan, pattern: str, request_id: uuid.UUID, again: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Take the person out of what is kept, and lock it away; gives what was kept until when, why."""
    kept_rules = {row.object_key: row for row in KeepRule.objects.filter(workspace_id=ctx.workspace.id)}
    before = {each["id"]: each for each in again}
    found: list[dict[str, Any]] = []
    for key, ids in made.keep.items():
        obj = get_schema(ctx).find(key)
        if obj is None:
            continue
        rule = kept_rules.get(key)
        strip_kept(ctx, obj, ids, pattern)
        live = [Change("delete", i, {}, index=n) for n, i in enumerate(ids)]
        for start in range(0, len(live), CHUNK):
            bulk_write(ctx, key, live[start : start + CHUNK], trusted=True)
        for record_id in ids:
            earlier = before.get(str(record_id))
            until = (
                datetime.fromisoformat(earlier["until"])
                if earlier
                else rules.kept_until(ctx.now, rule.years if rule else 3)
            )
            ground = earlier["ground"] if earlier else (rule.ground if rule else "")
            found.append({"object": key, "id": str(record_id), "until": until.isoformat(), "ground": ground})
            KeptRecord.objects.update_or_create(
                workspace_id=ctx.workspace.id, record_id=record_id,
                defaults={"object_key": key, "request_id": request_id, "until": until, "ground": ground},
            )  # fmt: skip
    return found


def _lock(ctx: Ctx, records: Chosen) -> None:
    """Lock the rows, live and deleted, in the order of objects and ids."""
    for key in sorted(records):
        obj = get_schema(ctx).find(key)
        for deleted in (False, True):
            if obj is not None:
                changes = [Change("update", i, {}) for i in records[key]]
                lock_rows(ctx, obj, changes, deleted=deleted, trusted=True)


def _there(ctx: Ctx, records: Chosen) -> Chosen:
    """Those of the records that have a row."""
    found: Chosen = {}
    for key, ids in records.items():
        obj = get_schema(ctx).find(key)
        if obj is None:
            continue
        for deleted in (False, True):
            changes = [Change("update", i, {}) for i in ids]
            lock_rows(ctx, obj, changes, deleted=deleted, trusted=True)
            found.setdefault(key, []).extend(change.id for change in changes if not change.errors)
    return {key: ids for key, ids in found.items() if ids}


def _kept_of(kept: Sequence[Mapping[str, Any]]) -> Chosen:
    found: Chosen = {}
    for each in kept:
        found.setdefault(each["object"], []).append(uuid.UUID(each["id"]))
    return found


def note(ctx: Ctx, request: SubjectRequest, kind: str, **detail: Any) -> None:
    """Add a step to a request's history."""
    SubjectEvent.objects.create(
        workspace_id=ctx.workspace.id, request_id=request.id, at=ctx.now, actor_id=ctx.actor.user_id, kind=kind,
        detail=detail,
    )  # fmt: skip
