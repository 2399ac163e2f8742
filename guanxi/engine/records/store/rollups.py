"""Keeping rollups right in the transaction that changes the records they are made of.

*How it works*: before a pass of the write door locks its own rows, `lock` locks the records whose figures
it may change, the ones above first and each object's in the order of ids: two writers that reach the same
record wait here, never in a ring. After the rows are written `follow` computes the figures in a statement
of its own. Its snapshot is taken once the lock is held, so it sees whatever those who held the lock
before have committed; nobody's line is lost. Records whose figures changed pass it on to those above.

*Rules*: figures are no change of a person: no version, no journal entry. Open screens are told.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.read import matching_ids
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.rollups.aggregates import Group, groups_over, link_value, update
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.telling import announce
from guanxi.engine.schema.definitions import ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.schema.settling import MAX_ROLLUPS
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, all_of, join

Held = set[tuple[str, uuid.UUID]]
Ids = set[uuid.UUID]


class Keeper:
    """The rollups over one object, for one pass of writes to it."""

    def __init__(self, ctx: Ctx, obj: ObjectDef) -> None:
        self._ctx = ctx
        self._schema = get_schema(ctx)
        self._obj = obj
        self._groups = groups_over(self._schema, obj)
        self._held: Held = set()

    @property
    def keeps(self) -> bool:
        """True when there are rollups over the object."""
        return bool(self._groups)

    def lock(self, changes: Sequence[Change], *, whatever: bool = False) -> None:
        """Lock what stands above the changes, as far as can be told before their rows are locked.

        `whatever`: what will be written is not known yet.
        """
        if not self._groups:
            return
        above: dict[str, Ids] = defaultdict(set)
        stored = [c.id for c in changes if c.op != "create"]
        now = _links(self._ctx, self._groups, stored) if stored else {}
        for i, group in enumerate(self._groups):
            for change in changes:
                given = change.values.get(group.link.key)
                if isinstance(given, uuid.UUID):
                    above[group.obj.key].add(given)
                if whatever or change.op != "update" or _touches(change, group):
                    above[group.obj.key].update(now.get(change.id, {}).get(i, ()))
        levels = _levels(self._ctx, self._schema, self._obj, above)
        if self._obj.key in levels:
            levels[self._obj.key] |= {change.id for change in changes}
        self._lock(levels)

    def follow(self, changes: Sequence[Change]) -> None:
        """Compute anew what the written changes are part of."""
        affected: list[tuple[Group, Ids]] = []
        for group in self._groups:
            ids: Ids = set()
            for change in changes:
                ids.update(_affected(change, group))
            affected.append((group, ids))
        self.refresh(affected)

    def follow_rows(self, ids: Collection[uuid.UUID], keys: Collection[str] | None = None) -> None:
        """The same for rows that were written without a pass: `keys` are their fields that changed (None: all)."""
        groups = [group for group in self._groups if keys is None or group.reads & set(keys)]
        if groups and ids:
            found = _links(self._ctx, groups, ids)
            self.refresh([(g, {i for row in found.values() for i in row[n]}) for n, g in enumerate(groups)])

    def follow_parents(self, parents: Mapping[int, Ids]) -> None:
        """The same for rows that are gone; `parents` is what `parents_of` gave while they were there."""
        self.refresh([(group, parents.get(i, set())) for i, group in enumerate(self._groups)])

    def parents_of(self, ids: Collection[uuid.UUID]) -> dict[int, Ids]:
        """What live rows are part of, by the place of the group."""
        found: dict[int, Ids] = defaultdict(set)
        for row in _links(self._ctx, self._groups, ids).values() if self._groups else ():
            for i, linked in row.items():
                found[i] |= linked
        return found

    def refresh(self, affected: Iterable[tuple[Group, Ids]], depth: int = 0) -> int:
        """Compute the groups' figures of these records; gives how many records had others."""
        differed = 0
        for group, ids in affected:
            if not ids:
                continue
            self._lock({group.obj.key: {i for i in ids if (group.obj.key, i) not in self._held}})
            statement = update(self._ctx, group, sorted(ids))
            changed = [row[0] for row in select_rows(statement)] if statement is not None else []
            differed += len(changed)
            if not changed:
                continue
            announce(self._ctx, group.obj.key)
            higher = [g for g in groups_over(self._schema, group.obj) if g.reads & group.keys]
            if higher and depth < MAX_ROLLUPS:
                found = _links(self._ctx, higher, changed)
                self.refresh(
                    [(g, {i for row in found.values() for i in row[n]}) for n, g in enumerate(higher)],
                    depth + 1,
                )
        return differed

    def _lock(self, levels: Mapping[str, Ids]) -> None:
        for key, ids in levels.items():
            obj = self._schema.find(key)
            if obj is None or not ids:
                continue
            conditions = [rows_of(self._ctx, obj, "p"), Sql("p.id = ANY(%s::uuid[])", (sorted(ids),))]
            select_rows(
                Sql(f"SELECT p.id FROM {table_of(obj)} p WHERE ")
                + all_of(conditions)
                + " ORDER BY p.id FOR NO KEY UPDATE"
            )
            self._held.update((key, i) for i in ids)


def lock_matching(
    ctx: Ctx,
    query: RecordQuery,
    *,
    limit: int,
    after: uuid.UUID | None = None,
    until: datetime | None = None,
) -> list[uuid.UUID]:
    """`matching_ids`, what stands above the records locked before they are."""
    keeper = Keeper(ctx, get_object(ctx, query.object))
    if keeper.keeps:
        found = matching_ids(ctx, query, limit=limit, after=after, until=until, lock=False)
        keeper.lock([Change("update", i, {}) for i in found], whatever=True)
    return matching_ids(ctx, query, limit=limit, after=after, until=until)


def refresh_all(ctx: Ctx, group: Group, ids: Sequence[uuid.UUID]) -> int:
    """Compute one group's figures of these records anew, and what stands above them; gives how many differed."""
    return Keeper(ctx, group.other).refresh([(group, set(ids))])


def _touches(change: Change, group: Group) -> bool:
    """True when an update gives or amends a field that the group reads."""
    return not group.reads.isdisjoint((*change.values, *change.added, *change.removed))


def _affected(change: Change, group: Group) -> Ids:
    link = group.link.key
    if change.op == "update" and not _touches(change, group):
        return set()
    former = change.before.get(link) if change.before else None
    return {i for i in (former, change.value(link)) if i is not None}


def _levels(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef, above: dict[str, Ids]) -> dict[str, Ids]:
    """All records to lock by object, those highest up first."""
    levels: list[dict[str, Ids]] = [above]
    keys = {group.obj.key: set(group.keys) for group in groups_over(schema, obj)}
    for _ in range(MAX_ROLLUPS - 1):
        higher: dict[str, Ids] = defaultdict(set)
        passed_on: dict[str, set[str]] = {}
        for key, ids in levels[-1].items():
            below = schema.objects[key]
            groups = [g for g in groups_over(schema, below) if g.reads & keys.get(key, set())]
            found = _links(ctx, groups, ids) if groups and ids else {}
            for i, group in enumerate(groups):
                higher[group.obj.key].update(linked for row in found.values() for linked in row[i])
                passed_on.setdefault(group.obj.key, set()).update(group.keys)
        if not any(higher.values()):
            break
        levels.append(higher)
        keys = passed_on
    order: dict[str, Ids] = {}
    for level in reversed(levels):
        for key in sorted(level):
            order.setdefault(key, set()).update(level[key])
    return order


def _links(ctx: Ctx, groups: Sequence[Group], ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[int, Ids]]:
    """By row of the groups' other object and place of the group, what the row's link leads to."""
    if not groups or not ids:
        return {}
    other = groups[0].other
    columns = join([Sql("r.id"), *(link_value(g.link, "r", other.key) for g in groups)])
    where = all_of([rows_of(ctx, other, "r"), Sql("r.id = ANY(%s::uuid[])", (sorted(ids),))])
    rows = select_rows(Sql("SELECT ") + columns + f" FROM {table_of(other)} r WHERE " + where)
    return {row[0]: {i: {row[1 + i]} if row[1 + i] else set() for i in range(len(groups))} for row in rows}
