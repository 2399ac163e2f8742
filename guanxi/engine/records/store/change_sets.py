"""What a person did, one row each: a changed record, a bulk edit, an import, a merge.

*How it works*: the write door notes every pass under the context's batch in one statement; passes of one
batch add up. The first pass says what it was; what hooks write besides counts as "other". A hand-over goes
over records of several objects: it has none of its own.

*Rules*: what the program does by itself, and sample data, is nobody's doing, and in nobody's list; what a nightly
job does by `begin_own` can be taken back by who looks after changes. Rows are kept KEPT_DAYS.

*See*: batches.py, which takes a batch back; engine/changes, which lists them.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.store.titles import title_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.ids import new_id

KEPT_DAYS = 30
_MAX_TITLE = 200
NOBODY = uuid.UUID(int=0)
_NOTE = """
INSERT INTO change_set AS c (id, workspace_id, actor_id, via, kind, object_key, record_id, title, record_count,
  other_count, at, undo_state)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s, '')
ON CONFLICT (id) DO UPDATE SET at = EXCLUDED.at,
  record_count = c.record_count + CASE WHEN c.kind = 'import' AND c.object_key = EXCLUDED.object_key
    OR c.kind = EXCLUDED.kind AND c.object_key IN (EXCLUDED.object_key, '') THEN EXCLUDED.record_count ELSE 0 END,
  other_count = c.other_count + CASE WHEN c.kind = 'import' AND c.object_key = EXCLUDED.object_key
    OR c.kind = EXCLUDED.kind AND c.object_key IN (EXCLUDED.object_key, '') THEN 0 ELSE EXCLUDED.record_count END
"""


def as_one(ctx: Ctx) -> Ctx:
    """The context under a batch, so that all that follows from one write of a person belongs together."""
    if ctx.batch_id is not None or ctx.actor.user_id is None or ctx.via is Via.SYSTEM:
        return ctx
    return replace(ctx, batch_id=new_id())


def note(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], action: str) -> None:
    """Add the written changes to what the actor did."""
    if ctx.batch_id is None or ctx.actor.user_id is None or ctx.via is Via.SYSTEM:
        return
    first = changes[0]
    begin(ctx, ctx.batch_id, action, obj, record_id=first.id, title=title_of(obj, first.value(obj.title_field)),
          count=len(changes))  # fmt: skip


def begin(
    ctx: Ctx, change_set_id: uuid.UUID, kind: str, obj: ObjectDef | None, *, record_id: uuid.UUID | None = None,
    title: str = "", count: int = 0,
) -> None:  # fmt: skip
    """Note something that the actor does under a batch, or add to it (`obj` None: over several objects)."""
    with connection.cursor() as db:
        db.execute(
            _NOTE,
            [change_set_id, ctx.workspace.id, ctx.actor.user_id, ctx.via, kind[:16], obj.key if obj else "", record_id,
             title[:_MAX_TITLE], count, ctx.now],
        )  # fmt: skip


def begin_own(ctx: Ctx, change_set_id: uuid.UUID, kind: str, obj: ObjectDef, count: int) -> None:
    """Note something that the program does by itself under a batch, or add to it."""
    begin(replace(ctx, actor=replace(ctx.actor, user_id=NOBODY)), change_set_id, kind, obj, count=count)


def make_part(ctx: Ctx, change_set_id: uuid.UUID, whole_id: uuid.UUID, kind: str, obj: ObjectDef) -> None:
    """Note that something one did was a part of a larger piece of work, which is noted with its first part."""
    begin(ctx, whole_id, kind, obj)
    with connection.cursor() as db:
        db.execute(
            "UPDATE change_set w SET record_count = w.record_count + p.record_count, other_count = w.other_count"
            " + p.other_count FROM change_set p WHERE w.workspace_id = %s AND w.id = %s AND p.workspace_id = %s AND p.id = %s",
            [ctx.workspace.id, whole_id, ctx.workspace.id, change_set_id],
        )
    ChangeSet.objects.filter(workspace_id=ctx.workspace.id, id=change_set_id).update(parent_id=whole_id)


def forget_old(ctx: Ctx) -> None:
    """Remove what can no longer be taken back (an hourly chore)."""
    limit = ctx.now - timedelta(days=KEPT_DAYS + 1)
    ChangeSet.objects.filter(workspace_id=ctx.workspace.id, at__lt=limit).delete()


chore_registry.register(Chore("records.forget_change_sets", forget_old))
