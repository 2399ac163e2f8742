"""Watch rules: what follows when a field of a record changes ("phone changed: review it").

*How it works*: a hook on every object looks, after each pass of the write door, which rules the changes bear
on; one statement over the rows just written tells for which records their conditions hold. What is done then
is a `WatchEffect`, registered by whoever can do it: a notification, a task.

*Rules*: in the transaction of the change, set-based: a bulk edit of thousands costs as many statements as that of
one. What the program does by itself (its own tasks, repairs of the night) and sample data set nothing off, so
rules cannot chase each other. Conditions are judged with the program's eyes, since the rule is the firm's.

*See*: schema/form_rules.py (`WatchDef`); docs/adr/0051-data-quality.md.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from guanxi.engine.identity.models import Membership
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.ruling.deciding import decide_stored
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.form_rules import WatchDef
from guanxi.engine.tenancy.context import Ctx, Via, system_ctx
from guanxi.kit.registry import Registry
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

PEOPLE = ("owner", "manager")
BLANK: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Watched:
    """A record that a rule has found: `person` is whom it is brought to."""

    id: uuid.UUID
    title: str
    person: uuid.UUID


class WatchEffect:
    """What a watch rule does with the records it finds."""

    key: str
    label: Text

    def run(self, ctx: Ctx, obj: ObjectDef, watch: WatchDef, found: Sequence[Watched]) -> None:
        """Do it for all of them, in the caller's transaction; `ctx` is the context of the change."""
        raise NotImplementedError


watch_effect_registry: Registry[WatchEffect] = Registry("watch effect", lambda effect: effect.key)


class WatchHooks(RecordHooks):
    """Looks at every change."""

    object_key = "*"
    comes_last = True  # a new lead of nobody's is given to somebody first

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Where the object has rules, what people and programs of theirs change."""
        return bool(obj.watches) and ctx.via is not Via.SYSTEM

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Find what the object's rules watch for, and act."""
        if not obj.watches or ctx.via is Via.SYSTEM:
            return
        touched = {watch.id: [c.id for c in changes if _concerns(watch, c)] for watch in obj.watches}
        ids = list(dict.fromkeys(record for found in touched.values() for record in found))
        if not ids:
            return
        own = system_ctx(ctx.workspace)
        held = decide_stored(own, obj, ids, {watch.id: watch.condition for watch in obj.watches})
        rows = _owned(own, obj, ids)
        managers = _managers(ctx, {owner for _, owner in rows.values() if owner}) if _asks(obj) else {}
        for watch in obj.watches:
            found = []
            for record in touched[watch.id]:
                title, owner = rows.get(record, ("", None))
                person = managers.get(owner) if watch.to == "manager" and owner else owner
                if person is not None and watch.id in held.get(record, ()):
                    found.append(Watched(record, title, person))
            effect = watch_effect_registry.find(watch.action)
            if found and effect is not None:
                effect.run(ctx, obj, watch, found)


def _concerns(watch: WatchDef, change: Change) -> bool:
    if change.op == "create":
        return watch.on_create and any(change.values.get(key) not in BLANK for key in watch.fields)
    return change.op == "update" and any(change.changes(key) for key in watch.fields)


def _asks(obj: ObjectDef) -> bool:
    return any(watch.to == "manager" for watch in obj.watches)


def _owned(
    ctx: Ctx, obj: ObjectDef, ids: list[uuid.UUID]
) -> Mapping[uuid.UUID, tuple[str, uuid.UUID | None]]:
    """Title and owner of the records that are no sample data."""
    statement = Sql(f"SELECT r.id, r.title, r.owner_id FROM {table_of(obj)} r WHERE ") + rows_of(
        ctx, obj, "r"
    )
    rows = select_rows(statement + Sql(" AND r.id = ANY(%s::uuid[]) AND NOT r.is_sample", (ids,)))
    return {row[0]: (row[1], row[2]) for row in rows}


def _managers(ctx: Ctx, people: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """By person, their manager or their team's; who has none, or is it, is brought what is theirs."""
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=people)
    above = rows.values_list("user_id", Coalesce("manager_id", "team__manager_id", "user_id"))
    return dict(above)


hooks_registry.register(WatchHooks())
