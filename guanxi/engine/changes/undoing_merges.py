"""Taking back many merges that were one piece of work: all of them, the newest first.

*How it works*: the change set of the whole has a part for every merge (store/change_sets.py). What stands in
the way of some is found for all at once: a surviving record that was deleted or merged on since, or that
the actor may not change any more. Each merge is taken back by itself (store/unmerging.py), so that one that
cannot be does not hold up the others; what was changed since stays as it is and is told.

*Rules*: parts that were taken back before are passed over.
"""

import uuid
from collections import defaultdict

from django.db import transaction
from django.db.models import QuerySet

from guanxi.engine.changes.listing import InTheWay
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.batches import MAX_TOLD, Undone
from guanxi.engine.records.store.depending import Left, barred, moved_on
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.unmerging import unmerge
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Problem
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

MERGES = "merges"
PART = 20
_WHY = {"merged_since": "merged", "deleted_since": "deleted"}


def in_the_way(ctx: Ctx, row: ChangeSet) -> InTheWay:
    """Merges that cannot be taken back now, of all that have not been."""
    survivors: dict[str, list[uuid.UUID]] = defaultdict(list)
    parts = _parts(ctx, row).values_list("object_key", "record_id")
    for object_key, record_id in parts:
        if record_id is not None:
            survivors[object_key].append(record_id)
    count = 0
    left: list[Left] = []
    for object_key, ids in survivors.items():
        obj = get_schema(ctx).find(object_key)
        if obj is None:
            count += len(ids)
            continue
        where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (ids,)),
                        Sql("r.deleted_at IS NULL")])  # fmt: skip
        live = {found[0] for found in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)}
        gone = [i for i in ids if i not in live]
        shut = barred(ctx, obj, list(live))
        count += len(gone) + len(shut)
        told = moved_on(ctx, obj, gone[:MAX_TOLD], row.id) + list(shut.values())
        left += told[: MAX_TOLD - len(left)]
    return InTheWay(len(parts), count, left)


def undo_some(
    ctx: Ctx, row: ChangeSet, before: uuid.UUID | None, total: Undone, *, most: int = PART
) -> uuid.UUID | None:
    """Take back the next merges older than `before`; gives the last one's id, None when there are no more."""
    parts = _parts(ctx, row).order_by("-id")
    if before is not None:
        parts = parts.filter(id__lt=before)
    taken = list(parts[:most])
    for part in taken:
        try:
            with transaction.atomic():
                done = unmerge(ctx, part.id)
            total.undone += 1
            total.left += done.left[: MAX_TOLD - len(total.left)]
        except Problem as problem:
            total.leave([_left(part, problem)], 1)
    return taken[-1].id if len(taken) == most else None


def _parts(ctx: Ctx, row: ChangeSet) -> "QuerySet[ChangeSet]":
    return ChangeSet.objects.filter(workspace_id=ctx.workspace.id, parent_id=row.id, undo_state="")


def _left(part: ChangeSet, problem: Problem) -> Left:
    said = Text(problem.message("zh-CN"), problem.message("en")).as_dict()
    return Left(
        part.object_key,
        part.record_id or part.id,
        _WHY.get(problem.code, "refused"),
        detail={"message": said},
    )
